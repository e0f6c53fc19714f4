"""What the caseload says: ``{{ concern.reason|reason }}``. ``caseload.words`` says how."""

from django import template

from caseload.words import log, reasons, record, trail

register = template.Library()

register.filter("reason", reasons.reason)
register.filter("back", reasons.back)

register.filter("group_in_words", record.group)
register.filter("status_in_words", record.status)
register.filter("today_in_words", record.today)
register.filter("today_in_figures", record.today_in_figures)
register.filter("not_today", record.not_today)
register.filter("pause_in_words", record.pause)
register.filter("held_in_words", record.held)
register.filter("how_in_words", record.how)
register.filter("in_force", record.in_force)

register.filter("session_title", log.session)
register.filter("done_in_words", log.done)
register.filter("as_asked_in_words", log.as_asked)
register.filter("went", log.went)
register.filter("went_icon", log.icon)
register.filter("lately_in_words", log.lately)
register.filter("session_pain", log.pain)
register.filter("recorded_by", log.recorded_by)
register.filter("sent", log.sent)

register.filter("when", trail.when)
register.filter("who", trail.who)
register.filter("did", trail.did)
register.filter("where", trail.where)

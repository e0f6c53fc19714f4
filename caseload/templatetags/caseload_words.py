"""What the caseload says: ``{{ concern.reason|reason }}``. ``caseload.words`` says how.

What a page has dozens of is written here: a template takes several times as long.
"""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.templatetags.icons import icon
from caseload.session_log import Entry
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
register.filter("session_icon", log.shape)
register.filter("told", log.told)
register.filter("lately_in_words", log.lately)
register.filter("session_pain", log.pain)

register.filter("when", trail.when)
register.filter("who", trail.who)
register.filter("did", trail.did)
register.filter("where", trail.where)


@register.filter
def log_lines(entry: Entry) -> SafeString:
    """The items of a list: what was as asked on one line, then each exercise with more to say.

    "" where there is none: then the title says it all.
    """
    if not entry.otherwise:
        return SafeString("")
    more = format_html_join(
        "",
        '<li class="log__line--{}">{}<span>{}: <strong>{}</strong></span></li>',
        (
            (line.went.result, icon(log.icon(line)), line.name, log.went(line))
            for line in entry.otherwise
        ),
    )
    if not entry.as_asked:
        return more
    as_asked = log.as_asked(entry.as_asked)
    return format_html("<li>{}<span>{}</span></li>{}", icon("check"), as_asked, more)

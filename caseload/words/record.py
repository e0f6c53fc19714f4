"""Where a record stands, and how its days and its plan go: in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from caseload.caseload_page import Group, Row
from caseload.record_page import Version
from caseload.statuses import State, Status
from caseload.words.held import held_result
from patients import words as patient_words
from patients.models import Day, DealtWith, HeldEntry, NotToday, Pause
from patients.words import short_date

GROUPS = {
    Group.NEEDS_ME: gettext_lazy("Asks for you"),
    Group.TO_SET_UP: gettext_lazy("Still to set up"),
    Group.RUNNING: gettext_lazy("Nothing asks for you"),
    Group.PAUSED: gettext_lazy("Paused"),
    Group.CLOSED: gettext_lazy("Access closed"),
    Group.ENDED: gettext_lazy("Ended"),
    Group.DIED: gettext_lazy("Have died"),
}

STATES = {
    # Translators: %(on)s is a date, %(who)s a colleague’s name.
    State.DIED: gettext_lazy("Has died. Noted %(on)s by %(who)s"),
    State.SIGN_NOT_CHECKED: gettext_lazy("A warning sign of %(on)s was not checked"),
    # Translators: %(on)s is a date, %(who)s a colleague’s name.
    State.ACCESS_CLOSED: gettext_lazy("Access closed %(on)s by %(who)s"),
    State.NOT_INVITED: gettext_lazy("Not invited yet"),
    State.NO_INVITATION_OPEN: gettext_lazy("No invitation is open"),
    State.INVITATION_CLOSED: gettext_lazy("Invitation closed: wrong year of birth three times"),
    State.INVITED: gettext_lazy("Invited %(on)s"),
    State.NO_PROGRAMME: gettext_lazy("No programme yet"),
    State.ENDED: gettext_lazy("Ended %(on)s"),
    State.STOPPED: gettext_lazy("Stopped: warning sign"),
    State.PAUSED_UNTIL: gettext_lazy("Paused until %(on)s"),
    State.PAUSED: gettext_lazy("Paused until resumed"),
    State.STARTS: gettext_lazy("Starts %(on)s"),
    State.REVIEW_TODAY: gettext_lazy("Review today"),
    State.REVIEW_DUE: gettext_lazy("Review due %(on)s"),
    State.ADDRESS_ASKED: gettext_lazy("Asks for another address"),
    State.ADDRESS_CONFIRMED: gettext_lazy("New address confirmed, not used yet"),
}


def group(group: Group) -> str:
    return str(GROUPS[group])


def status(status: Status) -> str:
    """ "Review in 9 days", "Paused until Mon 4 May"."""
    if status.state == State.REVIEW_IN:
        words = ngettext("Review in %(n)d day", "Review in %(n)d days", status.days)
        return words % {"n": status.days}
    on = short_date(status.on) if status.on else ""
    return str(STATES[status.state]) % {"on": on, "who": status.by}


# --- today ---


def today(row: Row) -> str:
    """ "1 of 2–3 sessions", "rest day", "access closed"."""
    day = row.today_day
    if not row.known.is_closed or day is None or day.state != Day.State.NOT_STARTED:
        return patient_words.day(day)
    n = day.sessions_done
    words = ngettext("%(n)d session · access closed", "%(n)d sessions · access closed", n)
    return words % {"n": n} if n else _("access closed")


def today_in_figures(row: Row) -> str:
    """ "1 of 2–3" on a day that asks for sessions, else in words."""
    day = row.today_day
    if day is None or day.state != Day.State.ASKED:
        return today(row)
    # Translators: sessions done of sessions asked for, such as “1 of 2–3”.
    return _("%(done)d of %(asked)s") % {"done": day.sessions_done, "asked": day.asked}


# --- the plan, what was left out or sent meanwhile, what was done about reasons ---


def not_today(note: NotToday) -> str:
    """ "Said not today: pain (Tue 24 Nov)"."""
    # Translators: %(why)s is a reason, such as “pain” or “unwell”.
    words = _("Said not today: %(why)s (%(on)s)")
    return words % {"why": note.get_reason_display(), "on": short_date(note.day.on)}


def pause(pause: Pause) -> str:
    """ "Mon 4 May to Fri 8 May", "from Mon 4 May until resumed"."""
    since = short_date(pause.from_on)
    if pause.until_on is None:
        return _("from %(since)s until resumed") % {"since": since}
    return _("%(since)s to %(until)s") % {"since": since, "until": short_date(pause.until_on)}


def held(entry: HeldEntry) -> str:
    """ "ticked off a session; pain 6 of 10; too hard; Bridge: stopped because it hurt, 3, pain 7
    of 10".
    """
    parts = [entry.get_what_display()]
    if entry.pain_after is not None:
        parts.append(_("pain %(score)d of 10") % {"score": entry.pain_after})
    if entry.effort:
        parts.append(entry.get_effort_display())
    return "; ".join([*parts, *(held_result(result) for result in entry.results)])


def how(dealt: DealtWith) -> str:
    """ "in touch", "looked at", "ask again on Fri 8 May": what was done about a reason."""
    if dealt.until_on is None:
        return dealt.get_how_display()
    return _("ask again on %(on)s") % {"on": short_date(dealt.until_on)}


# --- versions of the programme ---


def in_force(version: Version) -> str:
    """ "in force since Wed 29 Apr", "Wed 29 Apr to Mon 4 May"."""
    if version.since is None:
        return _("never in force")
    dates = {"since": short_date(version.since)}
    if version.until is None:
        if version.since > version.today:
            return _("in force from %(since)s") % dates
        return _("in force since %(since)s") % dates
    if version.since == version.until:
        return _("on %(since)s only") % dates
    return _("%(since)s to %(until)s") % {**dates, "until": short_date(version.until)}

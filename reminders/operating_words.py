"""What whoever looks after the machine reads about sending."""

from datetime import timedelta
from math import floor

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reminders.alarms import Alarm, Trouble
from reminders.delivery_stats import Cause
from reminders.words import of_outcome


def percent(share: float | None) -> str:
    """ "99.8 %", never rounded up: 100 % means all of them."""
    return "–" if share is None else f"{number_format(floor(share * 1000) / 10, 1)} %"


def length(of: timedelta | None) -> str:
    """ "0.4 s", "12 s" or "3 min"."""
    if of is None:
        return "–"
    seconds = of.total_seconds()
    if seconds < 10:
        return f"{number_format(seconds, 1)} s"
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds // 60:.0f} min"


def of_cause(cause: Cause) -> str:
    return of_outcome(cause.state, cause.reason)


def of_alarm(alarm: Alarm) -> str:
    """What is wrong, in a sentence."""
    given = {"number": alarm.number, "minutes": alarm.minutes}
    match alarm.trouble:
        case Trouble.NEVER_RAN:
            return _("The minute’s tick has never run. Start beat and a worker.")
        case Trouble.STALLED:
            return (
                ngettext(
                    "The last tick was %(minutes)d minute ago. Look after beat and the workers.",
                    "The last tick was %(minutes)d minutes ago. Look after beat and the workers.",
                    alarm.minutes,
                )
                % given
            )
        case Trouble.SENDER_REFUSED:
            return _of_refused_sender(alarm)
        case Trouble.REMINDERS_BEHIND:
            return (
                ngettext(
                    "Reminders are behind: %(number)d wait, the first for %(minutes)d minute.",
                    "Reminders are behind: %(number)d wait, the first for %(minutes)d minutes.",
                    alarm.minutes,
                )
                % given
            )
        case Trouble.LETTERS_BEHIND:
            return (
                ngettext(
                    "Sign-in mail is behind: %(number)d wait, the first for %(minutes)d minute.",
                    "Sign-in mail is behind: %(number)d wait, the first for %(minutes)d minutes.",
                    alarm.minutes,
                )
                % given
            )
        case Trouble.REMINDERS_LOST:
            return _("Reminders came too late to send within the last hour: %(number)d.") % given
        case Trouble.LETTERS_LOST:
            return _("Letters ran out unsent within the last hour: %(number)d.") % given


def _of_refused_sender(alarm: Alarm) -> str:
    words = ngettext(
        "The mail server refuses our sender: %(code)s, for %(number)d message within the last hour.",
        "The mail server refuses our sender: %(code)s, for %(number)d messages within the last hour.",
        alarm.number,
    )
    check = _(
        "Look at DEFAULT_FROM_EMAIL, at user and password in EMAIL_URL, and at SPF, DKIM and"
        " DMARC of the sender’s domain. The addresses of patients are not the cause."
    )
    return f"{words % {'code': alarm.code, 'number': alarm.number}} {check}"

"""What is not as it should be, in sentences for whoever looks after the machine. Pure."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from reminders.figures import Standing, Waiting

REMINDERS_MAY_WAIT = timedelta(minutes=10)
LETTERS_MAY_WAIT = timedelta(minutes=2)


def troubles(standing: Standing) -> list[str]:
    """Empty if all is well."""
    return list(_troubles(standing))


def _troubles(standing: Standing) -> Iterator[str]:
    if standing.tick is None:
        yield _("The minute’s tick has never run. Start beat and a worker.")
    elif standing.is_stalled:
        yield _("The last tick was %(minutes)d minutes ago. Look after beat and the workers.") % {
            "minutes": minutes(standing.tick)
        }
    if _is_behind(standing.reminders, REMINDERS_MAY_WAIT):
        yield _("Reminders are behind: %(number)d wait, the first for %(minutes)d minutes.") % (
            _behind(standing.reminders)
        )
    if _is_behind(standing.letters, LETTERS_MAY_WAIT):
        yield _("Sign-in mail is behind: %(number)d wait, the first for %(minutes)d minutes.") % (
            _behind(standing.letters)
        )
    if standing.reminders.lost_lately:
        yield _("Reminders came too late to send within the last hour: %(number)d.") % {
            "number": standing.reminders.lost_lately
        }
    if standing.letters.lost_lately:
        yield _("Letters ran out unsent within the last hour: %(number)d.") % {
            "number": standing.letters.lost_lately
        }


def _is_behind(waiting: Waiting, limit: timedelta) -> bool:
    return waiting.oldest is not None and waiting.oldest > limit


def _behind(waiting: Waiting) -> dict[str, int]:
    return {"number": waiting.number, "minutes": minutes(waiting.oldest or timedelta(0))}


def minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)

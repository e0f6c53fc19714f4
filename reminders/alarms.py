"""What is not as it should be, for whoever looks after the machine. Pure; words are elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from reminders.delivery_stats import Standing, Waiting

REMINDERS_MAY_WAIT = timedelta(minutes=10)
LETTERS_MAY_WAIT = timedelta(minutes=2)
MINUTE = timedelta(minutes=1)


class Trouble(StrEnum):
    NEVER_RAN = "never_ran"
    STALLED = "stalled"
    SENDER_REFUSED = "sender_refused"
    REMINDERS_BEHIND = "reminders_behind"
    LETTERS_BEHIND = "letters_behind"
    REMINDERS_LOST = "reminders_lost"
    LETTERS_LOST = "letters_lost"


@dataclass(frozen=True)
class Alarm:
    """``number``: of messages it is about; ``minutes``: since when; ``code``: a server's reply."""

    trouble: Trouble
    number: int = 0
    minutes: int = 0
    code: str = ""


def alarms(standing: Standing) -> list[Alarm]:
    """Empty if all is well."""
    return list(_alarms(standing))


def _alarms(standing: Standing) -> Iterator[Alarm]:
    if standing.tick is None:
        yield Alarm(Trouble.NEVER_RAN)
    elif standing.is_stalled:
        yield Alarm(Trouble.STALLED, minutes=standing.tick // MINUTE)
    if refused := standing.reminders.of_sender + standing.letters.of_sender:
        code = standing.reminders.code or standing.letters.code
        yield Alarm(Trouble.SENDER_REFUSED, refused, code=code)
    yield from _behind(Trouble.REMINDERS_BEHIND, standing.reminders, REMINDERS_MAY_WAIT)
    yield from _behind(Trouble.LETTERS_BEHIND, standing.letters, LETTERS_MAY_WAIT)
    if standing.reminders.lost_lately:
        yield Alarm(Trouble.REMINDERS_LOST, standing.reminders.lost_lately)
    if standing.letters.lost_lately:
        yield Alarm(Trouble.LETTERS_LOST, standing.letters.lost_lately)


def _behind(trouble: Trouble, waiting: Waiting, limit: timedelta) -> Iterator[Alarm]:
    if waiting.oldest is not None and waiting.oldest > limit:
        yield Alarm(trouble, waiting.number, waiting.oldest // MINUTE)

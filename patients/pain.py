"""Whether a session's pain asks for rest rather than praise. Pure: no database, no clock.

The limits are those published to clinicians, after the pain-monitoring model: up to 5 of 10
is usually tolerated, 6 and more is not, and a clear rise within a day is not waited out.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from patients.thresholds import PAIN_HIGH, PAIN_RISE_IN_A_DAY


class Scores(NamedTuple):
    """What was said of one session, 0–10 or None, and the patient's own date of it."""

    on: date
    before: int | None
    after: int | None

    @property
    def score(self) -> int | None:
        return self.before if self.after is None else self.after


def is_much(score: int | None, *, first: int | None) -> bool:
    """Whether a score, 0–10, is high, or well above the ``first`` one of its day."""
    if score is None:
        return False
    return score >= PAIN_HIGH or (first is not None and score - first >= PAIN_RISE_IN_A_DAY)


def much_pain(sessions: Iterable[Scores]) -> Iterator[bool]:
    """For each session, in the order in which they were done, whether its pain was much."""
    first: dict[date, int] = {}
    for session in sessions:
        for score in (session.before, session.after):
            if score is not None:
                first.setdefault(session.on, score)
        yield is_much(session.score, first=first.get(session.on))

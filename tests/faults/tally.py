"""What the rows say against what the mail server took, and whether the promise was kept."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from typing import Self

from outbox.models import State

AT_REST = (State.SENT, State.UNCERTAIN, State.FAILED, State.SKIPPED, State.EXPIRED)
MAY_HAVE_ARRIVED = (State.SENT, State.UNCERTAIN)


@dataclass(frozen=True)
class Tally:
    """Numbers of reminders; those that are uncertain, or in flight, by the letter.

    ``duplicate``: taken more than once. ``lost``: came due without a row, still open at
    the end, or sent by our account and never taken. ``wrong``: taken although the row
    says it was not sent, or sent when it should no longer be. ``in_flight``: how many
    were in somebody's hands when it died: so many may be uncertain.
    """

    planned: int = 0
    sent: int = 0
    received: int = 0
    duplicate: int = 0
    uncertain: int = 0
    in_flight: int = 0
    lost: int = 0
    wrong: int = 0
    refused: int = 0
    expired: int = 0
    skipped: int = 0

    def __add__(self, other: Self) -> "Tally":
        return Tally(*map(sum, zip(astuple(self), astuple(other), strict=True)))

    @property
    def faults(self) -> list[str]:
        """What broke the promise, in words; nothing if it was kept."""
        found = [
            f"{getattr(self, name)} {name}"
            for name in ("duplicate", "lost", "wrong")
            if getattr(self, name)
        ]
        if self.uncertain > self.in_flight:
            found.append(f"{self.uncertain} uncertain of {self.in_flight} in flight")
        return found


COLUMNS = [field.name for field in fields(Tally)]


def count(
    rows: dict[str, str],
    taken: Iterable[str],
    *,
    due: int,
    letters: Mapping[str, str] | None = None,
    in_flight: int = 0,
    wrong: int = 0,
) -> Tally:
    """``rows`` are Message-IDs with their states, ``taken`` those the mail server took.

    ``due``: how many slots must have left a row. ``letters``: of a row that left in the letter of
    another, that one's Message-ID.
    """
    letters = {mid: mid for mid in rows} | dict(letters or {})
    named = defaultdict(list)
    for mid, letter in letters.items():
        named[letter].append(mid)
    copies = Counter(mid for letter in taken for mid in named.get(letter, [letter]))
    states = Counter(rows.values())
    without_a_row = max(0, due - len(rows))
    still_open = sum(state not in AT_REST for state in rows.values())
    vanished = sum(state == State.SENT and mid not in copies for mid, state in rows.items())
    denied = sum(rows.get(mid) not in MAY_HAVE_ARRIVED for mid in copies)
    return Tally(
        planned=len(rows),
        sent=states[State.SENT],
        received=len(copies),
        duplicate=copies.total() - len(copies),
        uncertain=len({letters[m] for m, state in rows.items() if state == State.UNCERTAIN}),
        in_flight=in_flight,
        lost=without_a_row + still_open + vanished,
        wrong=wrong + denied,
        refused=states[State.FAILED],
        expired=states[State.EXPIRED],
        skipped=states[State.SKIPPED],
    )

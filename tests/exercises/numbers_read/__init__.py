"""What the page or paper that an entry cites says of its dose, as it was read there.

Each module of this package holds a dict ``READ``: an entry's slug, and the numbers. They are
written down from the source alone, so that a guide that leaves them is noticed.
"""

from dataclasses import dataclass

type Span = tuple[int, int]


@dataclass(frozen=True)
class Read:
    """Smallest and largest number of each part; None where the source says nothing of it.

    ``words`` are the source's own, at most fifteen of them, with the numbers in it.
    """

    hold_seconds: Span | None
    repetitions: Span | None
    sets: Span | None
    per_day: Span | None
    words: str
    minutes: Span | None = None

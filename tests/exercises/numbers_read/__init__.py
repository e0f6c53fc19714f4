"""What each source says of a dose, as it was read there, beside the library's numbers."""

from dataclasses import dataclass

type Range = tuple[int, int]


@dataclass(frozen=True)
class Read:
    """The numbers of one source, and the words that hold them; None: it says nothing of it."""

    hold_seconds: Range | None
    repetitions: Range | None
    sets: Range | None
    per_day: Range | None
    words: str

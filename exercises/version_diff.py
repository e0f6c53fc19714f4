"""What has changed between two versions of an exercise. No database and no words in here.

``exercises.words.versions`` says it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from exercises.models import ExerciseVersion

# How alike two lines must be, 0 to 1, to be called one line that was changed.
ALIKE = 0.4

TEXTS = (
    *("name", "summary", "feel", "progress"),
    *("why_for_patient", "beside_for_patient", "on_paper", "beside", "source"),
)
LINES = ("steps", "cues", "cautions", "why")
TAGS = ("synonyms", "equipment", "muscles", "regions", "conditions", "precautions")
CHOICES = ("side_kind", "position", "flexes", "dose_basis")
# In the order of the page.
FIELDS = (
    *TEXTS[:2],
    *LINES[:-1],
    *TEXTS[2:],
    LINES[-1],
    *("dose", "guide"),
    *CHOICES,
    *TAGS,
    *("figure", "photos"),
)


class State(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Piece:
    """Some words: the same in both, or only in the new one (added) or the old one (removed)."""

    state: State
    text: str


@dataclass(frozen=True)
class Line:
    """One line of a list or a text; ``number`` is its place now, or what it was, or None."""

    state: State
    pieces: tuple[Piece, ...]
    number: int | None = None


@dataclass(frozen=True)
class Difference:
    """One field that differs: a column, "dose", "guide" or "photos"; and its values."""

    field: str
    before: Any
    after: Any


def differences(old: ExerciseVersion, new: ExerciseVersion) -> list[Difference]:
    """Every field in which the versions differ, in the order of the page.

    Both come with their photos (``shown``), as the page's query has them.
    """
    values = ((field, _value(old, field), _value(new, field)) for field in FIELDS)
    return [Difference(*each) for each in values if each[1] != each[2]]


def _value(version: ExerciseVersion, field: str) -> Any:
    match field:
        case "guide":
            return version.guide if version.has_guide else None
        case "photos":
            return [(shown.words, shown.photo_id) for shown in version.shown.all()]
        case "steps":
            return version.written
    return getattr(version, field)


def text_lines(old: str, new: str) -> tuple[Line, ...]:
    """One line that shows the words that went and came; none if nothing did."""
    if old == new:
        return ()
    if not old or not new:
        return (whole_line(State.REMOVED if old else State.ADDED, old or new),)
    return (Line(State.CHANGED, word_pieces(old, new)),)


def list_lines(old: Sequence[str], new: Sequence[str]) -> tuple[Line, ...]:
    """The lines that came, went and changed, each with its number."""
    return tuple(_changed_lines(list(old), list(new)))


def tag_lines(old: Sequence[str], new: Sequence[str]) -> tuple[Line, ...]:
    """Tags have no order: those that came, and those that went."""
    went = [whole_line(State.REMOVED, tag) for tag in old if tag not in new]
    came = [whole_line(State.ADDED, tag) for tag in new if tag not in old]
    return (*went, *came)


def _changed_lines(old: list[str], new: list[str]) -> Iterator[Line]:
    for what, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if what == "equal":
            continue
        gone = list(enumerate(old[old_from:old_to], start=old_from + 1))
        come = list(enumerate(new[new_from:new_to], start=new_from + 1))
        for before, after in zip_longest(gone, come):
            yield from _pair(before, after)


def _pair(before: tuple[int, str] | None, after: tuple[int, str] | None) -> Iterator[Line]:
    """Two lines in one place: one that was changed if they are alike, else one out, one in."""
    if before and after and _alike(before[1], after[1]):
        yield Line(State.CHANGED, word_pieces(before[1], after[1]), after[0])
        return
    if before:
        yield whole_line(State.REMOVED, before[1], before[0])
    if after:
        yield whole_line(State.ADDED, after[1], after[0])


def _alike(old: str, new: str) -> bool:
    return SequenceMatcher(None, _words(old), _words(new), autojunk=False).ratio() >= ALIKE


def whole_line(state: State, text: str, number: int | None = None) -> Line:
    return Line(state, (Piece(state, text),), number)


def word_pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The new text word by word, with what went in front of what came in its place."""
    before, after = _words(old), _words(new)
    pieces = []
    for what, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        went, came = "".join(before[old_from:old_to]), "".join(after[new_from:new_to])
        if what == "equal":
            pieces.append(Piece(State.SAME, came))
            continue
        if went:
            pieces.append(Piece(State.REMOVED, went))
        if came:
            pieces.append(Piece(State.ADDED, came))
    return tuple(pieces)


def _words(text: str) -> list[str]:
    """Words with the space before them, so that whole runs of words change together."""
    return re.findall(r"\s*\S+", text)

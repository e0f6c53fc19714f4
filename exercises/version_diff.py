"""What has changed between two versions of an exercise, in words. No database in here."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from exercises.models import ExerciseVersion, precaution

# How alike two lines must be, 0 to 1, to be called one line that was changed.
ALIKE = 0.4

TEXTS = (
    *("name", "summary", "feel", "progress"),
    *("why_for_patient", "beside_for_patient", "on_paper", "beside", "source"),
)
LINES = ("steps", "cues", "cautions", "why")
TAGS = ("synonyms", "equipment", "muscles", "regions", "conditions", "precautions")
CHOICES = ("side_kind", "position", "flexes", "dose_basis")


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

    @property
    def in_words(self) -> str:
        """ "Line 2, changed": for who cannot see colours and lines."""
        said = {
            State.ADDED: _("added"),
            State.REMOVED: _("taken out"),
            State.CHANGED: _("changed"),
        }[self.state]
        if self.number is None:
            return str(capfirst(said))
        return _("Line %(number)d, %(said)s") % {"number": self.number, "said": said}


@dataclass(frozen=True)
class Difference:
    """One field that differs, by its name on the page."""

    label: str
    lines: tuple[Line, ...]


def differences(old: ExerciseVersion, new: ExerciseVersion) -> list[Difference]:
    """Every field in which the versions differ, in the order of the page.

    Both come with their photos (``shown``), as the page's query has them.
    """
    found = [
        *(_difference(name, old, new, text_lines) for name in TEXTS[:2]),
        *(_difference(name, old, new, list_lines) for name in LINES[:-1]),
        *(_difference(name, old, new, text_lines) for name in TEXTS[2:]),
        _difference(LINES[-1], old, new, list_lines),
        Difference(_("Starting dose"), text_lines(_dose(old), _dose(new))),
        Difference(_("Guide range"), text_lines(_guide(old), _guide(new))),
        *(_difference(name, old, new, text_lines) for name in CHOICES),
        *(_difference(name, old, new, tag_lines) for name in TAGS),
        Difference(_("Figure"), _figure_lines(old, new)),
        Difference(_("Photos"), _photo_lines(old, new)),
    ]
    return [difference for difference in found if difference.lines]


def _difference(name: str, old: ExerciseVersion, new: ExerciseVersion, lines: Any) -> Difference:
    column: Any = ExerciseVersion._meta.get_field(name)
    return Difference(
        capfirst(str(column.verbose_name)), lines(_value(old, name), _value(new, name))
    )


def _value(version: ExerciseVersion, name: str) -> Any:
    if name == "precautions":
        return precaution.in_words(version.precautions)
    if name in CHOICES:
        return str(getattr(version, f"get_{name}_display")() or "")
    return getattr(version, name)


def text_lines(old: str, new: str) -> tuple[Line, ...]:
    """One line that shows the words that went and came; none if nothing did."""
    if old == new:
        return ()
    if not old or not new:
        return (_whole(State.REMOVED if old else State.ADDED, old or new),)
    return (Line(State.CHANGED, word_pieces(old, new)),)


def list_lines(old: Sequence[str], new: Sequence[str]) -> tuple[Line, ...]:
    """The lines that came, went and changed, each with its number."""
    return tuple(_changed_lines(list(old), list(new)))


def tag_lines(old: Sequence[str], new: Sequence[str]) -> tuple[Line, ...]:
    """Tags have no order: those that came, and those that went."""
    went = [_whole(State.REMOVED, tag) for tag in old if tag not in new]
    came = [_whole(State.ADDED, tag) for tag in new if tag not in old]
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
        yield _whole(State.REMOVED, before[1], before[0])
    if after:
        yield _whole(State.ADDED, after[1], after[0])


def _alike(old: str, new: str) -> bool:
    return SequenceMatcher(None, _words(old), _words(new), autojunk=False).ratio() >= ALIKE


def _whole(state: State, text: str, number: int | None = None) -> Line:
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


def _dose(version: ExerciseVersion) -> str:
    dose = version.dose
    return f"{dose.in_words} {capfirst(dose.frequency_in_words)}."


def _guide(version: ExerciseVersion) -> str:
    return version.guide.short if version.has_guide else ""


def _figure_lines(old: ExerciseVersion, new: ExerciseVersion) -> tuple[Line, ...]:
    if old.figure == new.figure:
        return ()
    if not old.figure:
        return (_whole(State.ADDED, _("drawn")),)
    if not new.figure:
        return (_whole(State.REMOVED, _("drawn")),)
    return (Line(State.CHANGED, (Piece(State.SAME, _("drawn differently")),)),)


def _photo_lines(old: ExerciseVersion, new: ExerciseVersion) -> tuple[Line, ...]:
    """Photos are told apart by their words, and by the picture where the words are the same."""
    before, after = list(old.shown.all()), list(new.shown.all())
    by_words = list_lines([shown.words for shown in before], [shown.words for shown in after])
    was = {shown.words: shown.photo_id for shown in before}
    exchanged = (
        Line(
            State.CHANGED,
            (Piece(State.SAME, shown.words), Piece(State.ADDED, " " + _("(another picture)"))),
            number,
        )
        for number, shown in enumerate(after, start=1)
        if was.get(shown.words, shown.photo_id) != shown.photo_id
    )
    return (*by_words, *exchanged)

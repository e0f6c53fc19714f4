"""What has changed between two versions, in words: each field by its name, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from exercises.dose import Dose
from exercises.models import ExerciseVersion, precaution
from exercises.phases import Step
from exercises.version_diff import (
    CHOICES,
    LINES,
    TAGS,
    Difference,
    Line,
    Piece,
    State,
    differences,
    list_lines,
    tag_lines,
    text_lines,
    whole_line,
)
from exercises.words.dose import frequency_sentence, instructions, short
from exercises.words.tags import tags_in_words

LABELS = {
    "dose": gettext_lazy("Starting dose"),
    "guide": gettext_lazy("Guide range"),
    "figure": gettext_lazy("Figure"),
    "photos": gettext_lazy("Photos"),
}

Photos = Sequence[tuple[str, UUID]]  # what each shows, and which picture it is


@dataclass(frozen=True)
class Change:
    """One field, by its name on the page, and what came, went or changed in it."""

    label: str
    lines: tuple[Line, ...]


def changes(old: ExerciseVersion, new: ExerciseVersion) -> list[Change]:
    """Every field that reads differently, in the order of the page."""
    found = (Change(_label(each.field), _lines(each)) for each in differences(old, new))
    return [change for change in found if change.lines]


def _label(field: str) -> str:
    if field in LABELS:
        return str(LABELS[field])
    column: Any = ExerciseVersion._meta.get_field(field)
    return str(capfirst(str(column.verbose_name)))


def _lines(difference: Difference) -> tuple[Line, ...]:
    before, after = difference.before, difference.after
    match difference.field:
        case "figure":
            return _figure(before, after)
        case "photos":
            return _photos(before, after)
        case "dose":
            return text_lines(_dose(before), _dose(after))
        case "guide":
            return text_lines(_guide(before), _guide(after))
        case "precautions":
            return tag_lines(precaution.in_words(before), precaution.in_words(after))
        case field if field in CHOICES:
            return text_lines(_choice(field, before), _choice(field, after))
        case field if field in TAGS:
            return tag_lines(tags_in_words(before, field), tags_in_words(after, field))
        case "steps":
            return list_lines(_steps(before), _steps(after))
        case field if field in LINES:
            return list_lines(before, after)
    return text_lines(before, after)


def _dose(dose: Dose) -> str:
    return f"{instructions(dose)} {frequency_sentence(dose)}"


def _steps(steps: Sequence[Step]) -> list[str]:
    """ "Move: Lift your leg." """
    return [f"{capfirst(str(step.phase.label))}: {step.text}" for step in steps]


def _guide(guide: Dose | None) -> str:
    return short(guide) if guide else ""


def _choice(field: str, value: str) -> str:
    column: Any = ExerciseVersion._meta.get_field(field)
    return str(dict(column.flatchoices).get(value, value))


def _figure(before: dict[str, Any], after: dict[str, Any]) -> tuple[Line, ...]:
    if before and after:
        words = pgettext("figure", "drawn differently")
        return (Line(State.CHANGED, (Piece(State.SAME, words),)),)
    state = State.ADDED if after else State.REMOVED
    return (whole_line(state, pgettext("figure", "drawn")),)


def _photos(before: Photos, after: Photos) -> tuple[Line, ...]:
    """Photos are told apart by their words, and by the picture where the words are the same."""
    by_words = list_lines([words for words, _key in before], [words for words, _key in after])
    was = dict(before)
    exchanged = (
        Line(
            State.CHANGED,
            (Piece(State.SAME, words), Piece(State.ADDED, f" {_('(another picture)')}")),
            number,
        )
        for number, (words, key) in enumerate(after, start=1)
        if was.get(words, key) != key
    )
    return (*by_words, *exchanged)


def what_happened(line: Line) -> str:
    """ "Line 2, changed": for people who cannot see colours and lines."""
    number = {"number": line.number}
    match line.state, line.number:
        case State.ADDED, None:
            return _("Added")
        case State.REMOVED, None:
            return _("Taken out")
        case _other, None:
            return _("Changed")
        case State.ADDED, _number:
            return _("Line %(number)d, added") % number
        case State.REMOVED, _number:
            return _("Line %(number)d, taken out") % number
    return _("Line %(number)d, changed") % number

"""Fields that hold several lines: rows one under another, or words in one box."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, ngettext

from accounts.forms.text import TypedText
from exercises.phases import Phase, fitted
from exercises.sentence_length import WORDS_AT_MOST, long_sentences


@dataclass(frozen=True)
class Row:
    """One line as typed, and what there is to say about it."""

    number: int
    text: str
    id: str
    errors: list[str] = field(default_factory=list)
    focus: str = ""  # what of it to go on with: "text", "up" or "down"
    phase: str = ""  # of a step

    @property
    def advice(self) -> str:
        """Gentle words about a long sentence; nothing is refused for it."""
        longest = max(long_sentences(self.text), default=0)
        if not longest:
            return ""
        return ngettext(
            "A sentence here has %(count)d word. Up to %(most)d are easier to follow: can it be two?",
            "A sentence here has %(count)d words. Up to %(most)d are easier to follow: can it be two?",
            longest,
        ) % {"count": longest, "most": WORDS_AT_MOST}


class RowsWidget(forms.Widget):
    """Several inputs of one name: their order on the page is their order."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False  # no row at all is an answer too

    def format_value(self, value: Any) -> Any:
        return value


class BoundRows(BoundField):
    field: "RowsField"

    @property
    def rows(self) -> list[Row]:
        """Each line with its own errors; at least one, to write in."""
        wrong = self.field.wrong_rows(self.data) if self.errors else {}
        lines = self.value() or [""]
        phases = self._phases(lines)
        at, what = self._focus(len(lines))
        return [
            Row(
                number,
                line,
                id=f"{self.auto_id}_{number}",
                errors=wrong.get(number, []),
                focus=what if number == at else "",
                phase=phase,
            )
            for number, (line, phase) in enumerate(zip(lines, phases, strict=True), start=1)
        ]

    @property
    def phase_field(self) -> BoundField | None:
        """The field with a phase for each line, where lines have phases."""
        return self.form[self.field.phases] if self.field.phases else None

    def _phases(self, lines: list[str]) -> list[str]:
        if self.phase_field is None:
            return [""] * len(lines)
        return fitted(self.phase_field.value() or [Phase.SET_UP.value], lines)

    def _focus(self, last: int) -> tuple[int, str]:
        """Which row to go on with, and what of it, after a button has changed the rows."""
        match getattr(self.form, "asks", "").split():
            case [self.name, "add"]:
                return last, "text"
            case [self.name, "remove", _number]:
                return last, "text"
            case [self.name, "up", number]:
                at = _number_in(number, last) - 1
                return at, "up" if at > 1 else "down"
            case [self.name, "down", number]:
                at = _number_in(number, last) + 1
                return at, "down" if at < last else "up"
        return 0, ""

    @property
    def id_for_label(self) -> str:
        return f"{self.auto_id}_1"

    @property
    def full(self) -> bool:
        return len(self.rows) >= self.field.most


class RowsField(forms.Field):
    """A list of lines, the empty ones left out; ``most`` lines of ``longest`` letters.

    ``phases`` names the field that has a phase for each line.
    """

    widget = RowsWidget
    bound_field_class = BoundRows

    def __init__(self, *, longest: int, most: int, phases: str = "", **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})
        self.phases = phases
        self.line = TypedText(max_length=longest, required=False)
        self.longest, self.most = longest, most

    def clean(self, value: list[str] | None) -> list[str]:
        """The lines, each on one line of its own. Raises ValidationError that names the line."""
        wrong = self.wrong_rows(value)
        if wrong:
            raise ValidationError(
                [
                    gettext("Line %(number)d: %(words)s") % {"number": number, "words": words}
                    for number, errors in wrong.items()
                    for words in errors
                ]
            )
        lines = [line for line in (" ".join(typed.split()) for typed in value or []) if line]
        if len(lines) > self.most:
            raise ValidationError(
                ngettext(
                    "Write %(most)d line at most: make one out of two.",
                    "Write %(most)d lines at most: make one out of two.",
                    self.most,
                )
                % {"most": self.most}
            )
        return lines

    def wrong_rows(self, lines: list[str] | None) -> dict[int, list[str]]:
        """What is wrong with each line, by its number from 1."""
        wrong: dict[int, list[str]] = {}
        for number, typed in enumerate(lines or [], start=1):
            try:
                self.line.clean(typed)
            except ValidationError as error:
                wrong[number] = error.messages
        return wrong


class PhasesField(forms.ChoiceField):
    """A phase for each line of another field, in its order."""

    widget = RowsWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "choices": Phase.choices, **kwargs})

    def to_python(self, value: list[str] | None) -> list[str]:
        return list(value or [])

    def validate(self, value: list[str]) -> None:
        if not set(value) <= set(Phase.values):
            raise ValidationError(gettext("Choose a phase for each step."))


class WordsField(forms.CharField):
    """A list of words in one box, with commas or new lines between them."""

    def __init__(self, *, longest: int, most: int, between: str = ",", **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})
        self.longest, self.most, self.between = longest, most, between

    def prepare_value(self, value: Any) -> Any:
        joint = ", " if self.between == "," else "\n"
        return joint.join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        typed = super().clean(value).split(self.between)
        words = list(dict.fromkeys(word.strip() for word in typed if word.strip()))
        if len(words) > self.most:
            said = ngettext("Write %(most)d at most.", "Write %(most)d at most.", self.most)
            raise ValidationError(said % {"most": self.most})
        if too_long := [word for word in words if len(word) > self.longest]:
            raise ValidationError(
                ngettext(
                    "“%(start)s…” is too long: %(longest)d letter at most.",
                    "“%(start)s…” is too long: %(longest)d letters at most.",
                    self.longest,
                )
                % {"start": too_long[0][:30], "longest": self.longest}
            )
        return words

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def _number_in(typed: str, last: int) -> int:
    """A number from 1 to ``last``, else 0."""
    return {str(number): number for number in range(1, last + 1)}.get(typed, 0)


def rearranged(lines: list[str], how: str, which: str = "", *, empty: str = "") -> list[str]:
    """The lines after "add" of an ``empty`` one, or after "up", "down" or "remove" of line ``which`` (from "1").

    What cannot be done leaves them as they are.
    """
    lines, at = list(lines), _number_in(which, len(lines)) - 1
    if how == "add":
        return [*(lines or [empty]), empty]
    if not 0 <= at < len(lines):
        return lines
    if how == "remove":
        del lines[at]
    elif how == "up" and at > 0:
        lines[at - 1], lines[at] = lines[at], lines[at - 1]
    elif how == "down" and at + 1 < len(lines):
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return lines

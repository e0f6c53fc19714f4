"""Writing a starting dose and the guide range that it lies in."""

from typing import Any

from crispy_forms.layout import HTML, Div, LayoutObject
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from exercises.dose import Dose, Range
from exercises.fields import LIMITS
from exercises.forms.dose import RANGE_COLUMNS, WORDS, DoseForm, number_field, range_row
from exercises.guide import GUIDE_COLUMNS, PREFIX, GuideFields
from exercises.words.starting_dose import refusals

NUMBERS = [*RANGE_COLUMNS, *GUIDE_COLUMNS]


class GuideForm(DoseForm):
    """A dose that is a decision: narrow, soon done, and inside the guide where there is one.

    Abstract, as ``DoseForm``; put ``self.guide_layout()`` where the guide belongs.
    """

    class Meta:
        fields = [*DoseForm.Meta.fields, *GUIDE_COLUMNS]

    instance: GuideFields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part, (_what, _unit, *labels) in WORDS.items():
            for end, label in zip(("min", "max"), labels, strict=True):
                name = f"{PREFIX}{part}_{end}"
                if part in self.parts:
                    words = format_lazy(_("Guide: {label}"), label=label)
                    self.fields[name] = number_field(words, *LIMITS[part], required=False)
                else:
                    del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for part in self.parts:
            self._clean_range(PREFIX + part)
        if not self.errors.keys() & set(NUMBERS):
            self._clean_starting_dose()
        return cleaned

    def _clean_starting_dose(self) -> None:
        """What is no decision is refused next to its field; the pair leaves the instance whole."""
        dose = Dose(**self._ranges(""), sides=self.typed_sides)
        guide = Dose(**{**self._ranges(""), **self._ranges(PREFIX)})
        for name, words in refusals(dose, guide).items():
            self.add_error(name, words)
            self.cleaned_data.pop(name.replace("_max", "_min"), None)

    @property
    def typed_sides(self) -> int:
        """How many sides the starting dose is for, as typed."""
        return self.instance.sides

    def _ranges(self, prefix: str) -> dict[str, Any]:
        ends = {
            part: [self.cleaned_data[f"{prefix}{part}_{end}"] for end in ("min", "max")]
            for part in self.parts
        }
        return {part: Range(*pair) for part, pair in ends.items() if None not in pair}

    def guide_layout(self) -> LayoutObject:
        """A row for each range of the guide, under what it is for."""
        words = _(
            "What sources say, for colleagues. The builder warns outside it. Empty: no guide."
        )
        return Div(
            HTML(format_html('<h3>{}</h3><p class="muted">{}</p>', _("Guide range"), words)),
            Div(
                *(range_row(part, prefix=PREFIX, title=_title(part)) for part in self.parts),
                css_class="dose-card__fields",
            ),
        )


def _title(part: str) -> Promise:
    return format_lazy(_("Guide: {label}"), label=WORDS[part][0])

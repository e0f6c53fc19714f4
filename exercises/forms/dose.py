"""Choosing how much: the fields of a dose, with their units, in words for the reader."""

from typing import TYPE_CHECKING, Any

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.layout import HTML, Div, Fieldset, LayoutObject
from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from exercises.fields import EVERY_DAYS_MAX, LIMITS, DoseFields, every_weekday
from exercises.words.dose import short_day

# part → (what it is, its unit, the label of each end for a screen reader)
WORDS = {
    "hold_seconds": (
        pgettext_lazy("label of a dose", "Hold"),
        _("seconds"),
        _("Hold, at least"),
        _("Hold, at most"),
    ),
    "repetitions": (
        pgettext_lazy("label of a dose", "Repeat"),
        pgettext_lazy("unit of a dose", "times"),
        _("Repeat, at least"),
        _("Repeat, at most"),
    ),
    "sets": (
        pgettext_lazy("label of a dose", "Sets"),
        pgettext_lazy("unit of a dose", "sets"),
        _("Sets, at least"),
        _("Sets, at most"),
    ),
    "minutes": (_("Keep going"), _("minutes"), _("Minutes, at least"), _("Minutes, at most")),
    "per_day": (
        _("How often"),
        _("times a day"),
        _("Times a day, at least"),
        _("Times a day, at most"),
    ),
}
OPTIONAL = {"sets"}
RANGE_COLUMNS = [f"{part}_{end}" for part in LIMITS for end in ("min", "max")]


def number_field(
    label: "str | _StrPromise", low: int, high: int, *, required: bool
) -> forms.IntegerField:
    outside = gettext("Enter a number from %(low)d to %(high)d.") % {"low": low, "high": high}
    return forms.IntegerField(
        label=label,
        min_value=low,
        max_value=high,
        required=required,
        error_messages={
            "required": _("Enter a number."),
            "invalid": _("Enter a whole number."),
            "min_value": outside,
            "max_value": outside,
        },
    )


def weekday_choices() -> list[tuple[int, str]]:
    return [(day, short_day(day)) for day in every_weekday()]


if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    DoseModelForm = forms.ModelForm[DoseFields]
else:
    DoseModelForm = forms.ModelForm


class DoseForm(DoseModelForm):
    """The dose of anything that has dose columns; a part that its kind does not use is left out.

    Abstract: name the model in a ``Meta`` of your own, adding fields as you like::

        class ItemForm(DoseForm):
            class Meta(DoseForm.Meta):
                model = Item
                fields = [*DoseForm.Meta.fields, "side", "note"]

    and put ``*self.layout()`` where the dose belongs in the crispy layout. The
    instance must know its ``dose_kind``. When one end of a range is refused,
    neither reaches the instance, so ``instance.dose`` can always be shown.
    """

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days"),
        coerce=int,
        choices=weekday_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose days from Monday to Sunday.")},
    )

    class Meta:
        fields = [*RANGE_COLUMNS, "weekdays", "every_days"]

    instance: DoseFields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = DoseFields.DoseKind(self.instance.dose_kind)
        self.parts = [*DoseFields.PARTS[kind], "per_day"]
        for part, (_what, _unit, *labels) in WORDS.items():
            for end, label in zip(("min", "max"), labels, strict=True):
                if part in self.parts:
                    self.fields[f"{part}_{end}"] = number_field(
                        label, *LIMITS[part], required=part not in OPTIONAL
                    )
                else:
                    del self.fields[f"{part}_{end}"]
        self.fields["every_days"] = self._every_days()

    @staticmethod
    def _every_days() -> forms.IntegerField:
        label = _("Or every so many days (optional)")
        field = number_field(label, 1, EVERY_DAYS_MAX, required=False)
        field.help_text = _("2 is every other day from the first day on, whatever is ticked above.")
        return field

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for part in self.parts:
            self._clean_range(part)
        if not self.errors.keys() & {"weekdays", "every_days"}:
            self._clean_days()
        return cleaned

    def _clean_range(self, part: str) -> None:
        """Smallest first, both or neither; a pair that is refused leaves the instance whole."""
        ends = (f"{part}_min", f"{part}_max")
        if not self.errors.keys() & set(ends):
            low, high = (self.cleaned_data[end] for end in ends)
            if (low is None) != (high is None):
                empty = ends[0] if low is None else ends[1]
                self.add_error(empty, _("Fill in both numbers, or neither."))
            elif low is not None and high < low:
                self.add_error(ends[1], _("Enter %(low)d or more.") % {"low": low})
        if self.errors.keys() & set(ends):
            for end in ends:
                self.cleaned_data.pop(end, None)

    def _clean_days(self) -> None:
        days = sorted(set(self.cleaned_data["weekdays"]))
        if not days and not self.cleaned_data["every_days"]:
            self.add_error("weekdays", _("Choose at least one day."))
        else:
            self.cleaned_data["weekdays"] = days or every_weekday()

    def layout(self) -> list[LayoutObject]:
        """Pieces of a crispy layout: a row for each range, then the days."""
        return [
            Div(*(range_row(part) for part in self.parts), css_class="dose-card__fields"),
            InlineCheckboxes("weekdays"),
            "every_days",
        ]


def range_row(part: str, *, prefix: str = "", title: str | Promise = "") -> Fieldset:
    """Both ends of a range on one line; ``prefix`` is of the columns' names."""
    what, unit, *_labels = WORDS[part]
    return Fieldset(
        title or what,
        f"{prefix}{part}_min",
        f"{prefix}{part}_max",
        HTML(format_html('<span class="range-fields__unit">{}</span>', unit)),
        css_class="range-fields",
    )

"""Forms and fields that patients and clinicians share: a warning sign, a year of birth."""

import re
import unicodedata
from collections.abc import Collection
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.text import TypedText
from patients.models import YEARS_OF_BIRTH
from programmes.safety import Sign

TYPED_LENGTH = 60  # more than four figures: words and the rest of a date are read over
YEAR = 4  # figures
# The numbers that may stand in what was typed, by how many figures each has: a year alone, or in
# a date, last or first.
SHAPES = re.compile(r"4|[12]{1,2}4|4[12]{2}")


class KnownChoices(forms.MultipleChoiceField):
    """Leaves out what is not on the list: nothing may come between a person and telling us."""

    def clean(self, value: Any) -> list[str]:
        return [one for one in self.to_python(value) if self.valid_value(one)]


class WhichSignForm(forms.Form):
    """Always valid, also empty. What was ``said`` before is not asked again."""

    which = KnownChoices(
        label=_("Which sign is it? You do not have to say."),
        choices=Sign.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, said: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        still_to_say = [choice for choice in Sign.choices if choice[0] not in said]
        self.fields["which"].widget = forms.CheckboxSelectMultiple(choices=still_to_say)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        return helper


class YearField(TypedText):
    """ "1984", also in full-width figures, with spaces, in words or in a date; a number, or None
    if left empty."""

    default_error_messages = {
        "year": _("Write the year in four figures, like 1984."),
        "early": _("Write a year from %(first)s on."),
        "late": _("That year has not come yet."),
    }

    def __init__(self, **kwargs: Any) -> None:
        figures = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_length=TYPED_LENGTH, widget=figures, **kwargs)

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        return self._read(typed) if typed else None

    def _read(self, typed: str) -> int:
        figures = _year_in(unicodedata.normalize("NFKC", typed))
        if figures is None:
            raise self._refusal("year")
        first, last = YEARS_OF_BIRTH
        if not first <= int(figures) <= last:
            raise self._refusal("early" if int(figures) < first else "late")
        return int(figures)

    def _refusal(self, code: str) -> forms.ValidationError:
        words = self.error_messages[code]
        return forms.ValidationError(words, code=code, params={"first": YEARS_OF_BIRTH[0]})


def _year_in(typed: str) -> str | None:
    """The one number of four figures, where nothing else could be meant; else None."""
    joined = "".join(typed.split())
    if joined.isdecimal():
        return joined if len(joined) == YEAR else None
    numbers: list[str] = re.findall(r"\d+", typed)
    lengths = "".join(str(len(number)) if len(number) <= YEAR else "?" for number in numbers)
    if not SHAPES.fullmatch(lengths):
        return None
    return next(number for number in numbers if len(number) == YEAR)

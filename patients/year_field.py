"""A year of birth, as somebody types it."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.text import TypedText
from patients.models import YEARS_OF_BIRTH

TYPED_LENGTH = 60  # more than four figures: words and the rest of a date are read over
YEAR = 4  # figures
# The numbers that may stand in what was typed, by how many figures each has: a year alone, or in
# a date, last or first.
SHAPES = re.compile(r"4|[12]{1,2}4|4[12]{2}")


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

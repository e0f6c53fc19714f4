"""A year of birth, as somebody types it."""

import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.text import TypedText
from patients.models import YEARS_OF_BIRTH

TYPED_LENGTH = 20  # more than four figures: spaces between them are read over
FIGURES = 4


class YearField(TypedText):
    """ "1984", also in full-width figures or with spaces; a number, or None if left empty."""

    default_error_messages = {
        "year": _("Write the year in four figures, like 1984."),
        "early": _("Write a year from %(first)s on."),
        "late": _("That year has not come yet."),
    }

    def __init__(self, **kwargs):
        figures = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_length=TYPED_LENGTH, widget=figures, **kwargs)

    def clean(self, value):
        typed = super().clean(value)
        return self._read(typed) if typed else None

    def _read(self, typed: str) -> int:
        figures = "".join(unicodedata.normalize("NFKC", typed).split())
        is_year = len(figures) == FIGURES and figures.isdecimal()
        if not is_year:
            raise self._refusal("year")
        first, last = YEARS_OF_BIRTH
        if not first <= int(figures) <= last:
            raise self._refusal("early" if int(figures) < first else "late")
        return int(figures)

    def _refusal(self, code: str) -> forms.ValidationError:
        words = self.error_messages[code]
        return forms.ValidationError(words, code=code, params={"first": YEARS_OF_BIRTH[0]})

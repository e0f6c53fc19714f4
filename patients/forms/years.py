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

    default_error_messages = {"year": _("Write the year in four figures, like 1984.")}

    def __init__(self, **kwargs):
        figures = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_length=TYPED_LENGTH, widget=figures, **kwargs)

    def clean(self, value):
        typed = super().clean(value)
        return self._read(typed) if typed else None

    def _read(self, typed: str) -> int:
        figures = "".join(unicodedata.normalize("NFKC", typed).split())
        is_year = len(figures) == FIGURES and figures.isdecimal()
        first, last = YEARS_OF_BIRTH
        if not is_year or not first <= int(figures) <= last:
            raise forms.ValidationError(self.error_messages["year"], code="year")
        return int(figures)

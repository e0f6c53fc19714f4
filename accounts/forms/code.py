"""Where an e-mailed code is typed: at the door, and where someone shows again who they are."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import codes
from accounts.forms.text import TypedText

CODE_LENGTH = 60  # characters; a code with whatever comes along when it is pasted


class CodeField(TypedText):
    """Gives the code as it is compared. What cannot be one is no guess at it, and is not counted
    as one: the words say what is wrong with it."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {
            "autocomplete": "one-time-code",
            "autocapitalize": "characters",
            "inputmode": "text",
            "spellcheck": "false",
            "class": "code-input",
        }
        errors = {"required": _("Type the code from the e-mail.")}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(max_length=CODE_LENGTH, widget=widget, error_messages=errors, **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        code = codes.read(typed)
        if len(code) == codes.LENGTH:
            return code
        if _count(typed) == codes.LENGTH:
            words = _("Check it: our codes have no 0, 1 or L, and no vowels (A, E, I, O, U).")
        else:
            words = _("A code has 8 letters and numbers, like BCDF-2345. Look again.")
        raise forms.ValidationError(words)


def _count(typed: str) -> int:
    """How many letters and numbers, whichever they are."""
    return sum(one.isalnum() for one in unicodedata.normalize("NFKC", typed))

"""The two ways to show once more who one is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.code import CodeField
from accounts.forms.fields import PASSWORD_LENGTH
from accounts.forms.text import TypedText


class _ConfirmForm(forms.Form):
    is_sent_again = False  # a code that takes the place of one before it

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="confirm")

    def refuse(self, words: str) -> None:
        """Beside the one field; a form that was not sent becomes one that was."""
        if not self.is_bound:
            self.is_bound, self.data = True, {}
            self.full_clean()
            self.errors.clear()
        self.add_error(next(iter(self.fields)), words)


class PasswordForm(_ConfirmForm):
    password = TypedText(
        label=_("Your password"),
        max_length=PASSWORD_LENGTH,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type your password.")},
    )


class CodeForm(_ConfirmForm):
    code = CodeField(label=_("Code from the e-mail"))

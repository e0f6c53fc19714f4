"""allauth's forms in our words: one e-mail field leads to a code or, with a password, straight in."""

from datetime import datetime
from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import sign_in, words
from accounts.forms.code import CodeField
from accounts.forms.fields import PASSWORD_HELP, PASSWORD_LENGTH, EmailField
from accounts.forms.text import TypedText, limit_by_refusal
from accounts.limits import Reached

BY_CODE = "code"


def _password(field: forms.Field, label: Any, *, help_text: Any = "") -> None:
    field.label, field.help_text = label, help_text
    field.error_messages["required"] = _("Type a password.")
    field.widget.attrs.pop("placeholder", None)
    limit_by_refusal(field, PASSWORD_LENGTH)


def _email(*, autocomplete: str = "username") -> EmailField:
    attrs = {"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false"}
    return EmailField(
        widget=forms.EmailInput(attrs=attrs),
        error_messages={
            "required": _("Type your e-mail address."),
            "invalid": _("Type an e-mail address, like name@example.org."),
        },
    )


class SignInForm(forms.Form):
    """With a password: signs in. Without one, or by the button for it: e-mails a code."""

    login = _email()
    password = TypedText(
        label=_("Password"),
        help_text=_("No password? Leave this empty and we will e-mail you a code."),
        required=False,
        max_length=PASSWORD_LENGTH,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_password(self) -> str:
        by_code = self.data.get("way") == BY_CODE
        return "" if by_code else self.cleaned_data["password"]


class CodeRequestForm(forms.Form):
    email = _email()


class CodeForm(forms.Form):
    code = CodeField(label=_("Code"))
    own_phone = forms.BooleanField(
        label=_("This is my own phone or computer"),
        help_text=_(
            "If you are a patient, you then stay signed in here for 90 days after each visit."
            " Leave it empty where others can use it too."
        ),
        required=False,
    )


class PasswordResetForm(forms.Form):
    email = _email()


class _ChoosePassword:
    """One field for a new password: who mistypes it can still sign in by code."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        new = self.fields["password1"]
        _password(new, _("New password"), help_text=PASSWORD_HELP)


class ChoosePasswordForm(_ChoosePassword, allauth.ResetPasswordKeyForm):
    """Opened from an e-mail."""


class SetPasswordForm(_ChoosePassword, allauth.SetPasswordForm):
    """For people who have signed in by code until now."""


class ChangePasswordForm(_ChoosePassword, allauth.ChangePasswordForm):
    reached: Reached | None = None  # too many wrong passwords

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        _password(self.fields["oldpassword"], _("Your present password"))

    def clean_oldpassword(self) -> str:
        typed: str = self.cleaned_data["oldpassword"]
        try:
            if sign_in.is_own_password(self.user, typed, now=self.now):
                return typed
        except Reached as reached:
            self.reached = reached
            raise forms.ValidationError(words.too_many_tries(reached, now=self.now)) from reached
        raise forms.ValidationError(_("This is not your password. Try again."))

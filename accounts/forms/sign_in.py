"""allauth's forms in our words: one e-mail field leads to a code or, with a password, straight in."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import EMAIL_LENGTH, PASSWORD_HELP, PASSWORD_LENGTH
from accounts.forms.text import limit_by_refusal

BY_CODE = "code"
CODE_LENGTH = 20  # characters; more than any code we send


def _address(field: forms.Field, *, autocomplete: str = "username") -> None:
    field.label = _("E-mail address")
    field.error_messages["invalid"] = _("Type an e-mail address, like name@example.org.")
    field.error_messages["required"] = _("Type your e-mail address.")
    field.widget.attrs = {
        "type": "email",
        "autocomplete": autocomplete,
        "autocapitalize": "none",
        "spellcheck": "false",
    }
    limit_by_refusal(field, EMAIL_LENGTH)


def _password(field: forms.Field, label: Any, *, help_text: Any = "") -> None:
    field.label, field.help_text = label, help_text
    field.error_messages["required"] = _("Type a password.")
    field.widget.attrs.pop("placeholder", None)
    limit_by_refusal(field, PASSWORD_LENGTH)


class SignInForm(allauth.LoginForm):
    """With a password: signs in. Without one, or by the button for it: e-mails a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _address(self.fields["login"])
        _password(
            self.fields["password"],
            _("Password"),
            help_text=_("No password? Leave this empty and we will e-mail you a code."),
        )
        self.fields["password"].required = False

    def clean_password(self) -> str:
        by_code = self.data.get("way") == BY_CODE
        return "" if by_code else self.cleaned_data["password"]


class CodeRequestForm(allauth.RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _address(self.fields["email"])


class CodeForm(allauth.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.error_messages["required"] = _("Type the code from the e-mail.")
        code.widget.attrs = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "class": "code-input",
        }
        limit_by_refusal(code, CODE_LENGTH)


class PasswordResetForm(allauth.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _address(self.fields["email"])


class _ChoosePassword:
    """One field for a new password: whoever mistypes it can still sign in by code."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        new = self.fields["password1"]
        _password(new, _("New password"), help_text=PASSWORD_HELP)


class ChoosePasswordForm(_ChoosePassword, allauth.ResetPasswordKeyForm):
    """Opened from an e-mail."""


class SetPasswordForm(_ChoosePassword, allauth.SetPasswordForm):
    """For whoever signs in by code until now."""


class ChangePasswordForm(_ChoosePassword, allauth.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self.fields["oldpassword"], _("Password now"))

"""Fields that several forms share."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts import zones
from accounts.models import User

EMAIL_LENGTH = 254  # characters, as the column
PASSWORD_LENGTH = 128  # characters; more is no safer
NAME_LENGTH = 120  # characters, as the columns


class NameField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Your name"))
        kwargs.setdefault("error_messages", {"required": _("Type a name.")})
        super().__init__(max_length=NAME_LENGTH, **kwargs)


class EmailField(forms.EmailField):
    """An address as we keep it: without spaces around it, in small letters."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("E-mail address"))
        kwargs.setdefault(
            "error_messages",
            {
                "required": _("Type an e-mail address."),
                "invalid": _("Type an e-mail address, like name@example.org."),
            },
        )
        super().__init__(max_length=EMAIL_LENGTH, **kwargs)

    def clean(self, value: Any) -> str:
        return User.objects.normalise(super().clean(value))


class NewPasswordField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Password"),
            help_text=_("10 characters or more."),
            max_length=PASSWORD_LENGTH,
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
            error_messages={"required": _("Choose a password.")},
            **kwargs,
        )


class TimeZoneField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Time zone"))
        super().__init__(
            choices=zones.choices,
            error_messages={
                "required": _("Choose a time zone from the list."),
                "invalid_choice": _("Choose a time zone from the list."),
            },
            **kwargs,
        )


def check_password(form: forms.Form, field: str, user: User) -> None:
    """Put what is too weak about the password beside its field; ``user`` need not be saved."""
    if password := form.cleaned_data.get(field):
        try:
            validate_password(password, user)
        except forms.ValidationError as error:
            form.add_error(field, error)

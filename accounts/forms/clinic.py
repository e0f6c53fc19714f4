"""A clinic's beginning, its settings, its team, and one's own name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import (
    EmailField,
    NameField,
    NewPasswordField,
    TimeZoneField,
    check_password,
)
from accounts.models import Clinic, Membership, User


class FirstRunForm(forms.Form):
    clinic_name = NameField(label=_("Name of the clinic"))
    name = NameField(widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = NewPasswordField()
    time_zone = TimeZoneField(
        help_text=_("Where the clinic is. Each patient has a time zone of their own."),
        widget=forms.Select(attrs={"data-time-zone": ""}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person = User(email=cleaned.get("email", ""), name=cleaned.get("name", ""))
        check_password(self, "password", person)
        return cleaned


class InviteColleagueForm(forms.Form):
    name = NameField(label=_("Their name"))
    address = EmailField(label=_("Their e-mail address"))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Membership.Role,
        initial=Membership.Role.CLINICIAN,
        widget=forms.RadioSelect,
        help_text=_("Both look after patients. A clinic lead also manages the team."),
    )


class JoinTeamForm(forms.Form):
    """For someone who has no account yet."""

    name = NameField(widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = NewPasswordField()

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person = User(email=self.address, name=cleaned.get("name", ""))
        check_password(self, "password", person)
        return cleaned


class ClinicForm(forms.ModelForm):
    time_zone = TimeZoneField()

    class Meta:
        model = Clinic
        fields = ("name", "time_zone", "emergency_number", "advice_number")
        help_texts = {
            "emergency_number": _("Shown to patients wherever we offer help."),
            "advice_number": _("For advice that is not an emergency."),
        }


class OwnNameForm(forms.ModelForm):
    name = NameField(widget=forms.TextInput(attrs={"autocomplete": "name"}))

    class Meta:
        model = User
        fields = ("name",)

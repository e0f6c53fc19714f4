"""A clinic's beginning, its settings, its team, and one's own name."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts import countries, telephone
from accounts.actions import Action
from accounts.contact import BRITISH, Numbers
from accounts.forms.fields import (
    AdviceNumberField,
    CountryField,
    EmailField,
    EmergencyNumberField,
    NameField,
    NewPasswordField,
    OneLineField,
    TelephoneField,
    TimeZoneField,
    ZoneInput,
    check_password,
    read_numbers,
)
from accounts.forms.meanwhile import ComparesWithPage
from accounts.forms.rows import ModelForm
from accounts.models import Clinic, Membership, User

plain_words = RegexValidator(
    r"[<>]", _("Write it in plain words, without < and >."), inverse_match=True
)


class FirstRunForm(forms.Form):
    clinic_name = NameField(label=_("Name of the clinic"))
    name = NameField(widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = NewPasswordField()
    country = CountryField(initial=BRITISH.country)
    # Neither begins with Britain's: 999 can be dialled in countries where nobody answers it.
    emergency_number = EmergencyNumberField()
    advice_number = AdviceNumberField()
    time_zone = TimeZoneField(
        help_text=_("Where the clinic is. Each patient has a time zone of their own."),
        widget=ZoneInput(attrs={"data-time-zone": ""}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person = User(email=cleaned.get("email", ""), name=cleaned.get("name", ""))
        check_password(self, "password", person, clinic_name=cleaned.get("clinic_name", ""))
        read_numbers(self)
        return cleaned

    @property
    def numbers(self) -> Numbers:
        names = ("country", "emergency_number", "advice_number")
        return Numbers(**{name: self.cleaned_data[name] for name in names})


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

    def __init__(self, *args: Any, address: str, clinic_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address, self.clinic_name = address, clinic_name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person = User(email=self.address, name=cleaned.get("name", ""))
        check_password(self, "password", person, clinic_name=self.clinic_name)
        return cleaned


NUMBERS = ("telephone", "emergency_number", "advice_number")


class ClinicForm(ComparesWithPage, ModelForm[Clinic]):
    audited = (Action.CLINIC_CHANGED,)

    name = NameField(
        label=_("Name"), error_messages={"required": _("Type the name of the clinic.")}
    )
    name_in_mail = NameField(
        label=_("Name in e-mail (optional)"),
        required=False,
        help_text=_(
            "Stands as the sender of each e-mail. Some clinics’ names say what somebody is treated"
            " for: write one here that does not. Empty means the name above."
        ),
    )
    country = CountryField(help_text=_("Telephone numbers are read as people there write them."))
    time_zone = TimeZoneField()
    telephone = TelephoneField(
        label=_("Telephone (optional)"),
        required=False,
        help_text=_("Patients read it, and can tap it, wherever we tell them to call you."),
    )
    opening_hours = OneLineField(
        label=_("Opening hours (optional)"),
        required=False,
        max_length=120,
        validators=[plain_words],
        help_text=_("Shown beside the number, in your words, such as: Mon to Fri, 8:30 to 17:00"),
    )
    emergency_number = EmergencyNumberField()
    advice_number = AdviceNumberField()

    class Meta:
        model = Clinic
        fields = (
            "name",
            "name_in_mail",
            "country",
            "time_zone",
            "telephone",
            "opening_hours",
            "emergency_number",
            "advice_number",
        )

    def __init__(self, *args: Any, instance: Clinic, **kwargs: Any) -> None:
        shown = {
            "telephone": str(instance.phone),
            "emergency_number": str(instance.emergency),
            "advice_number": str(instance.advice),
        }
        super().__init__(*args, instance=instance, initial=shown, **kwargs)
        # ``instance`` takes what was typed before ``clean`` can compare.
        self.kept = {name: getattr(instance, name) for name in NUMBERS}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        read_numbers(self)
        self._keep_the_untouched()
        self._refuse_the_old_countrys()
        return cleaned

    def _keep_the_untouched(self) -> None:
        """Another country gives no number to someone else: one not typed again stays itself."""
        if "country" not in self.changed_data:
            return
        for field in NUMBERS:
            kept = str(self.kept[field])
            if field not in self.changed_data and kept.startswith("+"):
                self.errors.pop(field, None)
                self.cleaned_data[field] = kept

    def _refuse_the_old_countrys(self) -> None:
        """Short numbers that stayed while the country changed: what they bring there is another
        matter. An emergency number must be one there too; one for advice is asked for again.
        """
        country = self.cleaned_data.get("country")
        if country is None or "country" not in self.changed_data:
            return
        named = {"country": countries.names()[country]}
        emergency, advice = map(self._untouched, ("emergency_number", "advice_number"))
        if telephone.is_foreign(emergency, country):
            words = _("Write the emergency number of %(country)s.")
            self.add_error("emergency_number", words % named)
        if advice and not advice.startswith("+"):
            words = _("Write the number for health advice in %(country)s, or leave it empty.")
            self.add_error("advice_number", words % named)

    def _untouched(self, field: str) -> str:
        """A number that is right as far as it goes, and was not typed again; else ""."""
        return "" if field in self.changed_data else self.cleaned_data.get(field) or ""


class OwnNameForm(ComparesWithPage, ModelForm[User]):
    audited = (Action.OWN_NAME_CHANGED,)

    name = NameField(widget=forms.TextInput(attrs={"autocomplete": "name"}))

    class Meta:
        model = User
        fields = ("name",)

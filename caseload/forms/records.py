"""A patient's record: who they are, who looks after them, which time they live by."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import mail_addresses
from accounts.actions import Action
from accounts.forms.fields import (
    EmailField,
    NameField,
    TelephoneField,
    TimeZoneField,
    read_number,
)
from accounts.forms.meanwhile import ComparesWithPage
from accounts.models import Clinic, User
from exercises.models import Precaution
from patients.forms import YearField
from patients.models import CALLED_LENGTH, Patient
from patients.services.records import same_address

if TYPE_CHECKING:
    ModelChoiceField = forms.ModelChoiceField[User]
else:
    ModelChoiceField = forms.ModelChoiceField


class ColleagueField(ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return str(obj)


class RecordForm(forms.Form):
    """What every record says. Subclasses know which clinic it belongs to."""

    now: datetime | None = None

    name = NameField(
        label=_("Name"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the patient's name.")},
    )
    called = NameField(
        label=_("What to call them (optional)"),
        required=False,
        max_length=CALLED_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("It stands in greetings and e-mails. Without it they read their whole name."),
    )
    email = EmailField(
        label=_("E-mail address (optional)"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Without one they have no page of their own and get no reminders: you record their"
            " sessions for them."
        ),
        error_messages={"invalid": _("Write the address like name@example.org.")},
    )
    telephone = TelephoneField(
        label=_("Telephone (optional)"),
        required=False,
        help_text=_(
            "Only the clinic sees it, so that somebody can ring, such as after a warning sign."
        ),
    )
    year_of_birth = YearField(
        label=_("Year of birth (optional)"),
        required=False,
        help_text=_("Asked when they open their invitation, so that nobody else can."),
    )
    another_person = forms.BooleanField(
        label=_("This is another person with the same address"), required=False
    )
    clinician = ColleagueField(
        label=_("Responsible clinician"),
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Choose who looks after this patient."),
            "invalid_choice": _("Choose somebody who works in this clinic."),
        },
    )
    time_zone = TimeZoneField(
        help_text=_("Where the patient lives. Their own days and reminders follow it.")
    )
    precautions = forms.MultipleChoiceField(
        label=_("Precautions"),
        choices=Precaution.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )

    def __init__(
        self, *args: Any, clinic: Clinic, record: Patient | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.clinic, self.record = clinic, record
        self.same: list[Patient] = []
        cast(ColleagueField, self.fields["clinician"]).queryset = _team(clinic, record)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        email = cleaned.get("email")
        if email and not self._keeps(email):
            self._look_for_same_address(email, confirmed=bool(cleaned.get("another_person")))
        read_number(self, "telephone", self.clinic.country)
        year = cleaned.get("year_of_birth")
        if year and self.now and year > self.now.year:
            self.add_error("year_of_birth", _("That year has not come yet."))
        return cleaned

    def _keeps(self, email: str) -> bool:
        return self.record is not None and self.record.email == User.objects.normalise(email)

    def _look_for_same_address(self, email: str, *, confirmed: bool) -> None:
        self.same = list(self._others(email).order_by("name"))
        if self.same and not confirmed:
            self.add_error("email", _("A record in this clinic has this address already."))

    def _others(self, email: str) -> QuerySet[Patient]:
        """The clinic's records with this address; subclasses leave their own out."""
        return same_address(self.clinic, email)

    def values(self) -> dict[str, Any]:
        """What the services take."""
        names = ("name", "called", "email", "telephone", "year_of_birth", "clinician")
        return {name: self.cleaned_data[name] for name in (*names, "time_zone", "precautions")}

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        address = ("email", *self._same(), *self._after_email())
        precautions = Field("precautions", template="exercises/_ticks.html")
        rest = ("year_of_birth", "telephone", "clinician", "time_zone")
        helper.layout = Layout("name", "called", precautions, *address, *rest)
        return helper

    def _same(self) -> list[Div]:
        """Once the address is known here: whose it is, and a way to go on."""
        if not self.same:
            return []
        found = HTML("{% include 'caseload/_same_address.html' with others=form.same only %}")
        return [Div(found, "another_person", css_class="panel panel--outlined mb-3")]

    def _after_email(self) -> list[str | Div]:
        return []


class NewPatientForm(RecordForm):
    """Its key is made with the page, so that a double press makes one record."""

    client_id = forms.UUIDField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    invite_now = forms.BooleanField(
        label=_("Send the invitation now"),
        required=False,
        initial=True,
        help_text=_(
            "An e-mail with a link to their page, good for 7 days. You can also send it later,"
            " from the patient's page. Without an address nothing is sent."
        ),
    )

    def __init__(
        self, *args: Any, clinic: Clinic, by: User, now: datetime | None = None, **kwargs: Any
    ) -> None:
        self.now = now
        initial = {"clinician": by.pk, "time_zone": clinic.time_zone, **kwargs.pop("initial", {})}
        super().__init__(*args, clinic=clinic, initial=initial, **kwargs)
        self.fields["client_id"].initial = uuid.uuid4

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "client_id" in self.errors:  # hidden, so its own words would not be seen
            self.add_error(None, _("Open this page again, then send the form from there."))
        return cleaned

    def _others(self, email: str) -> QuerySet[Patient]:
        return super()._others(email).exclude(client_id=self.cleaned_data.get("client_id"))

    def _after_email(self) -> list[str | Div]:
        return ["invite_now", "client_id"]

    def values(self) -> dict[str, Any]:
        key = self.cleaned_data["client_id"]
        return {**super().values(), "client_id": key, "invite_now": self.wants_invitation}

    @property
    def wants_invitation(self) -> bool:
        return bool(self.cleaned_data["email"] and self.cleaned_data["invite_now"])


class EditPatientForm(ComparesWithPage, RecordForm):
    record: Patient
    audited = (Action.PATIENT_EDITED, Action.CALLED_CHANGED, Action.TIME_ZONE_CHANGED)
    not_compared = frozenset({"close_access"})

    close_access = forms.BooleanField(label=_("Yes, close their access"), required=False)

    def __init__(self, *args: Any, record: Patient, **kwargs: Any) -> None:
        self.loses_page = False
        names = ("name", "called", "email", "year_of_birth", "time_zone", "precautions")
        initial = {name: getattr(record, name) for name in names}
        initial["telephone"] = str(record.phone)
        initial["clinician"] = record.clinician_id
        super().__init__(*args, clinic=record.clinic, record=record, initial=initial, **kwargs)
        if record.is_in_by_phone_only:
            self.fields["email"].help_text = _(
                "Nobody loses this page by it. The address is theirs once they have opened an"
                " invitation sent to it."
            )
        elif record.user is not None:
            self.fields["email"].help_text = _(
                "With another address, or none, whoever signs in as %(address)s loses this page at"
                " once, and links in e-mails stop working."
            ) % {"address": mail_addresses.shown(record.user.address)}

    @property
    def moves_address(self) -> bool:
        """Whoever has the new address can take up the record."""
        return not self._keeps(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        email = cleaned.get("email")
        if email is not None and self._puts_someone_out(User.objects.normalise(email)):
            self.loses_page = True
            self["email"].help_text = ""  # the question says it
        return cleaned

    @property
    def asks_first(self) -> bool:
        """Nothing is wrong, but someone would lose the page, and nobody has said yes to that."""
        return self.loses_page and not self.cleaned_data.get("close_access")

    def _puts_someone_out(self, email: str) -> bool:
        user = self.record.user
        if (
            user is None or user.email is None
        ):  # nobody signs in with an address that could be wrong
            return False
        return email not in (self.record.email, user.email)

    def _after_email(self) -> list[str | Div]:
        """Once someone would lose the page: a way to go on. The page says what happens."""
        if not self.loses_page:
            return []
        return [Div("close_access", css_class="panel panel--outlined mb-3")]

    def changed_row(self) -> Patient:
        return self.record

    def _others(self, email: str) -> QuerySet[Patient]:
        return super()._others(email).exclude(pk=self.record.pk)


def at_work(clinic: Clinic) -> QuerySet[User]:
    """Who works there now."""
    team = User.objects.filter(memberships__clinic=clinic, memberships__deactivated_at=None)
    return team.distinct().order_by("name", "email")


def _team(clinic: Clinic, record: Patient | None) -> QuerySet[User]:
    """Who works there now, and the one who looks after the record already."""
    team = at_work(clinic)
    if record is not None:
        theirs = User.objects.filter(memberships__clinic=clinic, pk=record.clinician_id)
        team = team | theirs.distinct()
    return team

"""What a trail is narrowed down by. All of it lives in the address."""

from collections.abc import Collection
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.actions import Action
from accounts.forms.fields import OneLineField
from accounts.kinds import ABOUT_A_RECORD, ACTIONS, Kind
from accounts.models import AuditEvent, Clinic, User
from accounts.seen import Seen, seen
from accounts.trail import Trail
from caseload.forms.dates import LocalDateField
from patients.models import Patient
from patients.schedule import instant

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)
IN_RANGE = [
    MinValueValidator(FIRST, _("Choose a later day.")),
    MaxValueValidator(LAST, _("Choose an earlier day.")),
]
PATIENTS, NOBODY, EVERYTHING = "patients", "nobody", "everything"


class TrailForm(forms.Form):
    """Who, what and when; ``zone`` is the clinic's, by which its days begin and end."""

    can_occur: Collection[Action] = list(Action)

    who = forms.ChoiceField(
        label=_("Who"),
        required=False,
        error_messages={"invalid_choice": _("Choose somebody from the list.")},
    )
    what = forms.ChoiceField(
        label=_("What"),
        required=False,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )
    from_on = LocalDateField(label=_("From"), required=False, validators=IN_RANGE)
    until_on = LocalDateField(label=_("Until"), required=False, validators=IN_RANGE)

    def __init__(self, data: QueryDict, *, clinic: Clinic) -> None:
        super().__init__(data)
        self.clinic, self.zone = clinic, ZoneInfo(clinic.time_zone)
        cast(forms.ChoiceField, self.fields["who"]).choices = self._people()
        cast(forms.ChoiceField, self.fields["what"]).choices = _choices(self.can_occur)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Div(*self.fields, css_class="trail-filters"))

    def _people(self) -> list[tuple[str, "StrOrPromise"]]:
        team = User.objects.filter(memberships__clinic=self.clinic).distinct()
        return [
            ("", _("Anybody")),
            *((str(user.pk), str(user)) for user in team.order_by("name", "email")),
            (PATIENTS, _("Patients themselves")),
            (NOBODY, _("Nobody signed in")),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("The last day must come after the first."))
        return cleaned

    def apply(self, trail: Trail) -> Trail:
        """Each part of a trail, with only what was asked for."""
        narrowed = self._wanted()
        return [part.filter(narrowed) for part in trail]

    def _wanted(self) -> Q:
        asked = self.cleaned_data
        wanted = _who(asked["who"]) & _what(asked["what"])
        if first := asked["from_on"]:
            wanted &= Q(at__gte=instant(first, time.min, self.zone))
        if last := asked["until_on"]:
            wanted &= Q(at__lt=instant(last + timedelta(1), time.min, self.zone))
        return wanted

    @property
    def is_set(self) -> bool:
        return any(self.data.get(name) for name in self.fields)


class RecordTrailForm(TrailForm):
    can_occur = ABOUT_A_RECORD


class ClinicTrailForm(TrailForm):
    patient = OneLineField(
        label=_("Patient’s name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["who", "patient", "what", "from_on", "until_on"]

    def _wanted(self) -> Q:
        wanted = super()._wanted()
        if name := self.cleaned_data["patient"]:
            named = Patient.objects.filter(clinic=self.clinic).alias(seen_name=Seen("name"))
            named = named.filter(seen_name__icontains=seen(name))
            wanted &= Q(patient_id__in=named.values("pk"))
        return wanted


def _who(chosen: str) -> Q:
    if chosen == PATIENTS:
        return Q(actor_role=AuditEvent.ActorRole.PATIENT)
    if chosen == NOBODY:
        return Q(actor=None)
    return Q(actor=chosen) if chosen else Q()


def _what(chosen: str) -> Q:
    """A whole kind or one action. Who works opens many lists: they are shown if asked for."""
    if not chosen:
        return ~Q(action=Action.RECORD_LISTED)
    if chosen == EVERYTHING:
        return Q()
    if chosen in Kind.values:
        return Q(action__in=ACTIONS[Kind(chosen)])
    return Q(action=chosen)


def _choices(can_occur: Collection[Action]) -> list[tuple["StrOrPromise", Any]]:
    """The kinds first: an action is looked for among those of its kind."""
    actions = {kind: [one for one in ACTIONS[kind] if one in can_occur] for kind in Kind}
    kinds = [(kind.value, kind.label) for kind in Kind if actions[kind]]
    each = [(kind.label, [(one.value, one.label) for one in actions[kind]]) for kind in Kind]
    all_of_it = [
        ("", _("All but names in lists")),
        (EVERYTHING, pgettext_lazy("kinds of events", "All")),
    ]
    return [*all_of_it, (_("Of one kind"), kinds), *each]

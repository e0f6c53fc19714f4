"""Giving a programme, changing its dates, pausing, ending, recording a session."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from crispy_forms.layout import Field, Layout
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actions import Action
from accounts.forms.meanwhile import ComparesWithPage
from accounts.forms.text import TypedText
from accounts.models import Clinic
from caseload import precautions
from caseload.forms.dates import DatesForm, LocalDateField, PlanForm, ReviewForm
from patients.models import PAIN_MAX, Assignment, Day, Patient, Session
from patients.schedule import instant
from programmes.models import Programme
from programmes.precautions import AsksFirst

NOON = time(12, 0)


if TYPE_CHECKING:
    ModelChoiceField = forms.ModelChoiceField[Patient | Programme]
else:
    ModelChoiceField = forms.ModelChoiceField


class ChoiceField(ModelChoiceField):
    """Whatever is to be looked at twice says so in the list; ``asking`` has their keys."""

    asking: Mapping[UUID, list[AsksFirst]] = {}

    def label_from_instance(self, obj: Patient | Programme) -> str:
        words = super().label_from_instance(obj)
        return _("%(name)s (look twice)") % {"name": words} if obj.pk in self.asking else words

    @property
    def in_words(self) -> list[tuple[str, list[AsksFirst]]]:
        """Their names, each with the exercises that ask first."""
        if not self.asking or self.queryset is None:
            return []
        return [(str(obj), self.asking[obj.pk]) for obj in self.queryset if obj.pk in self.asking]


class AssignForm(DatesForm):
    """Which programme for this patient."""

    programme = ChoiceField(
        label=_("Programme"),
        queryset=Programme.objects.none(),
        empty_label=_("Choose a programme"),
        error_messages={
            "required": _("Choose a programme."),
            "invalid_choice": _("Choose one of the published programmes in the list."),
        },
    )
    field_order = ["programme", *DatesForm.field_order]

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme, offered = cast(ChoiceField, self.fields["programme"]), assignable(patient.clinic)
        programme.queryset = offered
        programme.asking = precautions.of_programmes(offered, patient)


class UseTemplateForm(PlanForm):
    """Which template becomes the next version; ``seen`` is the version it was compared with."""

    programme = ChoiceField(
        label=_("Template"),
        queryset=Programme.objects.none(),
        empty_label=_("Choose a template"),
        error_messages={
            "required": _("Choose a template."),
            "invalid_choice": _("Choose one of the templates in the list."),
        },
    )

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme, offered = cast(ChoiceField, self.fields["programme"]), assignable(patient.clinic)
        programme.queryset = offered
        programme.asking = precautions.of_programmes(offered, patient)


class AssignFromForm(DatesForm):
    """Which patient for this programme. Dates are checked again on the patient's own calendar."""

    patient = ChoiceField(
        label=_("Patient"),
        queryset=Patient.objects.none(),
        empty_label=_("Choose a patient"),
        error_messages={
            "required": _("Choose a patient."),
            "invalid_choice": _("Choose a patient of this clinic without a running programme."),
        },
    )
    field_order = ["patient", *DatesForm.field_order]

    def __init__(
        self, *args: Any, patients: QuerySet[Patient], programme: Programme, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        patient = cast(ChoiceField, self.fields["patient"])
        patient.queryset = patients
        patient.asking = precautions.of_patients(patients.exclude(precautions=[]), programme)


class PauseForm(PlanForm):
    from_on = LocalDateField(label=_("First day of the pause"))
    until_on = LocalDateField(
        label=_("Last day of the pause (optional)"),
        required=False,
        help_text=_("Leave it empty to pause until you resume it yourself."),
    )
    reason = TypedText(
        label=_("Reason (optional)"),
        required=False,
        max_length=200,
        help_text=_("For the clinic only; the patient does not see it."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, initial={"from_on": today}, **kwargs)

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.refuse_before("from_on", self.today, _("A pause begins today or later."))
        from_on = self.cleaned_data.get("from_on")
        self.refuse_before("until_on", from_on, _("The last day comes after the first."))
        self.refuse_too_far("from_on", "until_on")
        return self.cleaned_data


class EndForm(PlanForm):
    reason = TypedText(
        label=_("Reason"),
        max_length=200,
        help_text=_("For example: goals reached. For the clinic only."),
        error_messages={"required": _("Say in a few words why it ends.")},
    )


class ChangeReviewForm(ComparesWithPage, ReviewForm):
    """Another date for the review of a running programme."""

    audited = (Action.PLAN_REVIEW_CHANGED,)

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        kwargs |= {"starts_on": assignment.starts_on, "review_on": assignment.review_on}
        super().__init__(*args, **kwargs)
        self.assignment = assignment

    def changed_row(self) -> Assignment:
        return self.assignment


class RecordSessionForm(PlanForm):
    """A session done at home or in the clinic, recorded for the patient."""

    day: Day  # once the form is valid

    on = LocalDateField(label=_("Day"))
    pain_after = forms.TypedChoiceField(
        label=_("Pain afterwards, 0–10"),
        choices=[("", _("not said")), *((n, n) for n in range(PAIN_MAX + 1))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose a number from 0 to 10.")},
    )
    effort = forms.ChoiceField(
        label=_("How it felt"),
        choices=[("", _("not said")), *Session.Effort.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    note = TypedText(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The patient can read it."),
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assignment = assignment
        self.fields["on"].initial = self.today
        self.fields["client_id"].initial = uuid.uuid4
        self.helper.layout = Layout(
            "on",
            Field("pain_after", template="components/pain_scale.html"),
            Field("effort", template="components/segmented.html"),
            "note",
            "client_id",
        )

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("Choose today or an earlier day."))
        day = self.assignment.days.filter(on=on).first()
        if day is None:
            raise forms.ValidationError(_("The programme was not running on that day."))
        self.day = day
        return on

    def values(self, *, now: datetime) -> dict[str, Any]:
        """What ``log_session`` takes. An earlier day's session is put at its noon."""
        values = {
            name: self.cleaned_data[name] for name in ("client_id", "pain_after", "effort", "note")
        }
        if self.day.on < self.today:
            values["performed_at"] = instant(self.day.on, NOON, self.assignment.patient.zone)
        return {**values, "now": now}


def assignable(clinic: Clinic) -> QuerySet[Programme]:
    """Published programmes of the clinic, the newest of each line, by name."""
    published = Programme.objects.filter(clinic=clinic).templates().offered().published()
    newest = published.order_by("line_id", "-version").distinct("line_id")
    return Programme.objects.filter(pk__in=newest.values("pk")).order_by("title", "pk")

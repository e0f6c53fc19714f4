"""What patients may set for themselves."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actions import Action
from accounts.forms.fields import TimeZoneField
from accounts.forms.meanwhile import ComparesWithPage
from patients.models import Patient


class TimeZoneForm(ComparesWithPage, forms.Form):
    """Where the patient is now. Their days and reminders follow it."""

    audited = (Action.PATIENT_EDITED, Action.TIME_ZONE_CHANGED)

    time_zone = TimeZoneField(
        help_text=_("Your days and reminders follow it. Change it when you travel.")
    )

    def __init__(self, *args: Any, record: Patient, **kwargs: Any) -> None:
        super().__init__(*args, initial={"time_zone": record.time_zone}, **kwargs)
        self.record = record

    def changed_row(self) -> Patient:
        return self.record

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        return helper


class ChoiceForm(forms.Form):
    """Whose page it is, for someone with several records: one button for each."""

    record = forms.ModelChoiceField(
        queryset=Patient.objects.none(),
        error_messages={
            "required": _("Choose one of these pages."),
            "invalid_choice": _("Choose one of these pages."),
        },
    )

    def __init__(self, *args: Any, records: QuerySet[Patient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["record"]
        field.queryset = records

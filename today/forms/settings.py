"""What patients may set for themselves."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actions import Action
from accounts.forms.fields import NameField, TimeZoneField
from accounts.forms.meanwhile import ComparesWithPage
from patients.models import CALLED_LENGTH, Patient


class AboutYouForm(ComparesWithPage, forms.Form):
    """What to call the patient, and where they are now: their days and reminders follow it."""

    audited = (Action.PATIENT_EDITED, Action.CALLED_CHANGED, Action.TIME_ZONE_CHANGED)

    called = NameField(
        label=_("What to call you (optional)"),
        required=False,
        max_length=CALLED_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        help_text=_(
            "It stands in greetings and e-mails. Without it you read your whole name there."
        ),
    )
    time_zone = TimeZoneField(
        help_text=_("Your days and reminders follow it. Change it when you travel.")
    )

    def __init__(self, *args: Any, record: Patient, **kwargs: Any) -> None:
        initial = {"called": record.called, "time_zone": record.time_zone}
        super().__init__(*args, initial=initial, **kwargs)
        self.record = record

    def clean_called(self) -> str:
        """The button that takes the phone's time zone sends nothing else: then it stays."""
        is_sent = self.add_prefix("called") in self.data
        called: str = self.cleaned_data["called"] if is_sent else self.record.called
        return called

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

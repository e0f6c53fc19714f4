"""Who looks after the patients of a colleague from now on: one for all, or one for each."""

from collections.abc import Sequence
from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from caseload.forms.records import ColleagueField, at_work
from patients.models import Patient

WRONG = {"invalid_choice": _("Choose somebody who works in this clinic.")}


class HandOverForm(forms.Form):
    everyone = ColleagueField(
        label=_("For all of them"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Choose a colleague"),
        help_text=_("You can choose somebody else for a patient below."),
        error_messages=WRONG,
    )

    def __init__(
        self, *args: Any, patients: Sequence[Patient], leaving: Membership, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.patients = patients
        colleagues = at_work(leaving.clinic).exclude(pk=leaving.user_id)
        cast(ColleagueField, self.fields["everyone"]).queryset = colleagues
        people = {str(user.pk): user for user in colleagues}
        choices = [("", _("as for all")), *((key, str(user)) for key, user in people.items())]
        for patient in patients:
            self.fields[_name(patient)] = forms.TypedChoiceField(
                label=patient.name,
                choices=choices,
                coerce=people.__getitem__,
                empty_value=None,
                required=False,
                error_messages=WRONG,
            )
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        left_out = [p for p in self.patients if not cleaned.get(_name(p))]
        if left_out and not cleaned.get("everyone") and not self.errors:
            words = _("Choose a colleague for all of them, or one for each patient.")
            self.add_error("everyone", words)
        return cleaned

    @property
    def chosen(self) -> dict[Patient, User]:
        """Each patient and their new clinician."""
        everyone = self.cleaned_data["everyone"]
        return {p: self.cleaned_data[_name(p)] or everyone for p in self.patients}


def _name(patient: Patient) -> str:
    return f"patient-{patient.pk}"

"""Taking access back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.whole import WholeForm
from patients.models import ClosedBecause

CHOICES = (
    ClosedBecause.LOST_PHONE,
    ClosedBecause.WRONG_PERSON,
    ClosedBecause.DIED,
    ClosedBecause.OTHER,
)


class CloseAccessForm(WholeForm):
    because = forms.ChoiceField(
        label=_("Why"),
        choices=[(one.value, one.label) for one in CHOICES],
        widget=forms.RadioSelect,
        help_text=_("Only the clinic sees it."),
        error_messages={
            "required": _("Choose why."),
            "invalid_choice": _("Choose one of these."),
        },
    )

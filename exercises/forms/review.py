"""For which clinic a version is signed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Clinic
from exercises.forms.bare import bare_helper


class SignForm(forms.Form):
    """Asks who works in several clinics; the others send theirs along unseen.

    The clinic is always sent, so that nobody signs for another one because their work
    has changed since the page was opened. ``waiting`` are offered, ``clinics`` accepted:
    that a colleague was quicker is for the service to say.
    """

    clinic = forms.ModelChoiceField(
        Clinic.objects.none(),
        label=_("For which clinic do you sign?"),
        empty_label=None,
        error_messages={
            "required": _("Choose the clinic for which you sign."),
            "invalid_choice": _("Choose a clinic in which you work."),
        },
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, clinics: list[Clinic], waiting: list[Clinic], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        field: Any = self.fields["clinic"]
        field.queryset = Clinic.objects.filter(pk__in=[clinic.pk for clinic in clinics])
        if len(waiting) > 1:
            field.choices = [(clinic.pk, clinic.name) for clinic in waiting]
        else:
            field.widget = forms.HiddenInput()
            field.initial = next(iter(waiting), None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "clinic" in self.errors and self.fields["clinic"].widget.is_hidden:
            self.add_error(None, _("Look at this page again, then sign."))
        return cleaned

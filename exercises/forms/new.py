"""Beginning an exercise: a new one, one like another, or the clinic's own version."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import NAME_LENGTH
from accounts.forms.text import TypedText
from exercises.forms.writing import bare_helper
from exercises.models import Kind


class ForClinic(forms.Form):
    """Which clinic, for who works in several."""

    def __init__(self, *args, clinics, **kwargs):
        super().__init__(*args, **kwargs)
        self.clinics = clinics
        self.helper = bare_helper()
        if len(clinics) > 1:
            self.fields["clinic"] = forms.ModelChoiceField(clinics, label=_("Clinic"))

    @property
    def clinic(self):
        """The one chosen, or the only one, once the form is valid."""
        return self.cleaned_data.get("clinic") or self.clinics[0]


class OwnVersionForm(ForClinic):
    """Begin the clinic's own version of an exercise."""


class NewNameForm(ForClinic):
    """Another exercise that starts out like one there is."""

    name = TypedText(
        label=_("Name"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Give the exercise a name.")},
        help_text=_("What your patients will call it, such as “Wall sit”."),
    )


class NewExerciseForm(NewNameForm):
    """Name and kind, for a start."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)

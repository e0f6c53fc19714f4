"""Beginning an exercise: a new one, one like another, or the clinic's own version."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms.fields import NAME_LENGTH
from accounts.forms.text import TypedText
from accounts.models import Clinic
from exercises.forms.bare import bare_helper
from exercises.models import Kind


class ForClinic(forms.Form):
    """Which clinic, for who works in several."""

    def __init__(self, *args: Any, clinics: QuerySet[Clinic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clinics = clinics
        self.helper = bare_helper()
        if len(clinics) > 1:
            self.fields["clinic"] = forms.ModelChoiceField(clinics, label=_("Clinic"))

    @property
    def clinic(self) -> Clinic:
        """The one chosen, or the only one, once the form is valid."""
        chosen: Clinic | None = self.cleaned_data.get("clinic")
        return chosen or self.clinics[0]


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

    kind = forms.ChoiceField(label=pgettext_lazy("of exercise", "Kind"), choices=Kind.choices)

"""What a clinician found who checked a warning sign."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.text import TypedText

NOTE_LENGTH = 1000  # characters, as the column


class CheckSignForm(forms.Form):
    """What a clinician asked, found and advised before the programme may go on."""

    note = TypedText(
        label=_("In a few words: what you asked, found and advised"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Kept on the record with your name and the time. The patient does not see it."),
        error_messages={
            "required": _("Write a few words: what you asked, found and advised."),
        },
    )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        return helper

"""What a patient is asked after a session that waits on their phone. A script reads the answers."""

from crispy_forms.helper import FormHelper
from django import forms

from today.forms.sessions import FeelingForm


class AfterwardsForm(forms.Form):
    """The questions of ``FeelingForm`` about the session as a whole."""

    pain_after = FeelingForm.base_fields["pain_after"]
    effort = FeelingForm.base_fields["effort"]
    note = FeelingForm.base_fields["note"]

    def __init__(self) -> None:
        super().__init__(auto_id="afterwards_%s")

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = FeelingForm.questions()
        return helper

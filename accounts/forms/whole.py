"""A form whose page brings the form tag and the button."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms


class WholeForm(forms.Form):
    """All its fields, in their order."""

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout(*self.fields)
        return helper

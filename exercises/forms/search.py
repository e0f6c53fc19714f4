"""What is looked for in the library."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from exercises.models import Kind


class SearchForm(forms.Form):
    """A search box; the kind chosen beside it travels along."""

    q = forms.CharField(
        label=_("Find an exercise"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        choices=[("", ""), *Kind.choices], required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

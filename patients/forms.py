"""Which warning sign it is, if the patient likes to say."""

from collections.abc import Collection
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.safety import Sign


class KnownChoices(forms.MultipleChoiceField):
    """Leaves out what is not on the list: nothing may come between a person and telling us."""

    def clean(self, value: Any) -> list[str]:
        return [one for one in self.to_python(value) if self.valid_value(one)]


class WhichSignForm(forms.Form):
    """Always valid, also empty. What was ``said`` before is not asked again."""

    which = KnownChoices(
        label=_("Which sign is it? You do not have to say."),
        choices=Sign.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, said: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        still_to_say = [choice for choice in Sign.choices if choice[0] not in said]
        self.fields["which"].widget = forms.CheckboxSelectMultiple(choices=still_to_say)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        return helper

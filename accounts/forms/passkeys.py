"""What someone calls a passkey of theirs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.text import TypedText
from accounts.passkeys import NAME_LENGTH


class PasskeyNameForm(forms.Form):
    called = TypedText(
        label=_("Name of this phone or computer"),
        help_text=_("So that you know it again in your settings."),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Give it a name, such as: my phone.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class RemovePasskeyForm(forms.Form):
    is_lost = forms.BooleanField(
        label=_("I no longer have this phone or computer"),
        help_text=_("Then we sign you out everywhere else, too."),
        required=False,
    )

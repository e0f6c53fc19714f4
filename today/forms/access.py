"""The proof that an invitation has reached the right person; the wish for another address."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.forms.fields import EmailField
from accounts.forms.whole import WholeForm
from patients.forms import YearField


class YearForm(WholeForm):
    """Asked of the person who accepts an invitation, if the clinic wrote the year."""

    year = YearField(
        label=_("Your year of birth"),
        help_text=_("Four figures, like 1984. It shows us that this is your page."),
        error_messages={"required": _("Write your year of birth.")},
    )

    def refuse(self, tries_left: int) -> None:
        """Say that it is not the one, next to the field."""
        words = ngettext(
            "That is not the year your clinic has. You can try %(n)d more time.",
            "That is not the year your clinic has. You can try %(n)d more times.",
            tries_left,
        )
        self.add_error("year", words % {"n": tries_left})


class NewAddressForm(WholeForm):
    address = EmailField(
        label=_("New e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write the new address."),
            "invalid": _("Write the address like name@example.org."),
        },
    )

"""How a clinic is reached, and whom its patients call besides."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.countries import validate_country
from accounts.telephone import FULL, FULL_OR_SHORT, Number


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What a clinic starts with: no country's emergency number may be guessed for another."""

    country: str = "GB"
    emergency_number: str = "999"
    advice_number: str = "111"


BRITISH = Numbers()


class Contact(models.Model):
    """Numbers are kept as ``accounts.telephone`` reads them, in the clinic's country."""

    country = models.CharField(
        _("country"), max_length=2, default=BRITISH.country, validators=[validate_country]
    )
    telephone = models.CharField(_("telephone"), max_length=16, blank=True)
    opening_hours = models.CharField(_("opening hours"), max_length=120, blank=True)
    # Shown wherever help is offered; they differ by country, so a clinic sets its own.
    emergency_number = models.CharField(
        _("emergency number"), max_length=30, default=BRITISH.emergency_number
    )
    advice_number = models.CharField(
        _("health advice number"), max_length=30, default=BRITISH.advice_number, blank=True
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(country__regex="^[A-Z]{2}$"), name="%(class)s_country_is_two_letters"
            ),
            models.CheckConstraint(
                condition=Q(telephone="") | Q(telephone__regex=FULL),
                name="%(class)s_telephone_is_full",
            ),
            models.CheckConstraint(
                condition=Q(emergency_number__regex=FULL_OR_SHORT),
                name="%(class)s_emergency_number_can_be_dialled",
            ),
            models.CheckConstraint(
                condition=Q(advice_number="") | Q(advice_number__regex=FULL_OR_SHORT),
                name="%(class)s_advice_number_can_be_dialled",
            ),
        ]

    @property
    def phone(self) -> Number:
        return Number(self.telephone, self.country)

    @property
    def emergency(self) -> Number:
        return Number(self.emergency_number, self.country)

    @property
    def advice(self) -> Number:
        """False where the clinic names none: then a doctor is asked."""
        return Number(self.advice_number, self.country)

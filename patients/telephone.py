"""A patient's own telephone number: for staff, so that somebody can ring."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.telephone import FULL, Number

if TYPE_CHECKING:
    from accounts.models import Clinic


class WithTelephone(models.Model):
    """Kept as ``accounts.telephone`` reads it; "" where none was given."""

    telephone = models.CharField(_("telephone"), max_length=16, blank=True)

    if TYPE_CHECKING:
        clinic: Clinic

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(telephone="") | Q(telephone__regex=FULL),
                name="%(class)s_telephone_is_full",
            )
        ]

    @property
    def phone(self) -> Number:
        """As people read it in the clinic's country."""
        return Number(self.telephone, self.clinic.country)

"""A patient's own wish to be written to, and to sign in, at another address."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.tokens import hash_of
from patients.models.records import Patient


class AddressChangeQuerySet(models.QuerySet["AddressChange"]):
    def visible_to(self, user: User):
        """For the person who asked, and for the staff of the clinic that is asked."""
        return self.filter(patient__in=Patient.objects.visible_to(user))

    def by_token(self, token: str):
        return self.filter(token_hash=hash_of(token))

    def open(self):
        """Neither answered, nor declined, nor taken back."""
        return self.filter(closed_at=None)

    def to_confirm(self):
        """Those that wait for a clinic."""
        return self.open().filter(confirmed_at=None)

    def confirmed(self):
        """Those that a clinic has agreed to, and the new address has not answered."""
        return self.open().filter(confirmed_at__isnull=False)

    def with_link(self):
        """Add ``link_ends_at``: of the link to the new address, which stands in one row of the
        account; None while a clinic has still to agree.
        """
        rows = AddressChange.objects.open().filter(user=models.OuterRef("user"))
        sent = rows.filter(expires_at__isnull=False).values("expires_at")
        return self.annotate(link_ends_at=models.Subquery(sent[:1]))


class AddressChange(models.Model):
    """One record's share in the change of an account's address. See docs/adr/0034.

    An account with several records has an open row for each: every clinic confirms its own.
    The last that does so sends the link, whose hash stands in its row.
    """

    class End(models.TextChoices):
        CHANGED = "changed", _("the new address answered")
        DECLINED = "declined", _("a clinic declined it")
        TAKEN_BACK = "taken_back", _("the patient took it back")
        PAGE_CLOSED = "closed", _("a clinic closed a page of the account")
        OVERTAKEN = "overtaken", _("the account or its address is another by now")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, models.CASCADE, related_name="address_changes")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    address = models.EmailField(_("new e-mail address"))
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, choices=End, blank=True)
    token_hash = models.CharField(max_length=64, null=True, unique=True)
    expires_at = models.DateTimeField(null=True)
    # The e-mail with the link; it does not leave once the change is closed.
    letter = models.ForeignKey("accounts.Letter", models.SET_NULL, null=True, related_name="+")

    objects = AddressChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(closed_at=None),
                name="address_change_one_open_per_record",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="address_change_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, end="") | Q(closed_at__isnull=False) & ~Q(end=""),
                name="address_change_closed_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(token_hash=None, expires_at=None)
                | Q(confirmed_at__isnull=False, token_hash__isnull=False, expires_at__isnull=False),
                name="address_change_link_is_confirmed",
            ),
        ]

    @cached_property
    def others_that_move(self) -> int:
        """How many other records the account opens, in any clinic: they move with this one."""
        return self.user.patient_records.exclude(pk=self.patient_id).count()

    def is_open_at(self, now: datetime) -> bool:
        """The link still changes the address."""
        return self.closed_at is None and self.expires_at is not None and now < self.expires_at

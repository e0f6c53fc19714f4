"""Addresses that mail servers have refused."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import mail_addresses
from accounts.models.people import User
from outbox.outcomes import NotAccepted


class AddressTroubleQuerySet(models.QuerySet["AddressTrouble"]):
    def of(self, address: str) -> Self:
        return self.filter(address=User.objects.normalise(address))

    def closed(self) -> Self:
        """Those that get nothing which nobody has just asked for."""
        return self.filter(state__in=[AddressTrouble.State.REFUSED, AddressTrouble.State.PAUSED])

    def try_again(self, address: str) -> None:
        """Let one more message through to an address that refused: what is known of it stays.

        It is everybody's knowledge: only a mail server's yes clears it, and its next no
        closes the address at once.
        """
        doubtful = {
            "state": AddressTrouble.State.DOUBTFUL,
            "refusals": AddressTrouble.PAUSED_AFTER - 1,
        }
        self.of(address).closed().update(**doubtful)

    def note_accepted(self, addresses: list[str]) -> None:
        """Mail to these was accepted: that clears everything known against them."""
        self.filter(address__in=map(User.objects.normalise, addresses)).delete()

    def note_refusal(self, address: str, refusal: NotAccepted, *, now: datetime) -> None:
        """Take note of a mail server's complaint about this address.

        In the transaction that records the answer.
        """
        if refusal.of_recipient:
            first = {"code": refusal.code, "counted_at": now}
            trouble, is_new = self.select_for_update().get_or_create(
                address=User.objects.normalise(address), defaults=first
            )
            trouble.take(refusal, now=now, is_new=is_new)


class AddressTrouble(models.Model):
    """An address about which a mail server has complained. No row: nothing is known against it.

    See docs/adr/0018.
    """

    class State(models.TextChoices):
        DOUBTFUL = "doubtful", _("refused for a while")
        PAUSED = "paused", _("refused for a while, several times")
        REFUSED = "refused", _("refused for good")

    PAUSED_AFTER = 3
    """Temporary refusals in a row."""

    SAME_TROUBLE = timedelta(hours=6)
    """Temporary refusals within this time count as one: a message is tried again and
    again, and some servers defer every stranger's first tries."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.EmailField(unique=True)  # as ``UserManager.normalise`` writes it
    state = models.CharField(max_length=8, choices=State, default=State.DOUBTFUL)
    refusals = models.PositiveSmallIntegerField(default=0)  # temporary ones in a row
    counted_at = models.DateTimeField()  # when the last one was counted
    code = models.CharField(max_length=40)  # the server's reply

    objects = AddressTroubleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(address__regex=mail_addresses.AS_KEPT),
                name="addresstrouble_address_is_as_kept",
            ),
            models.CheckConstraint(
                condition=~Q(state="paused") | Q(refusals__gte=3),
                name="addresstrouble_paused_after_three",
            ),
            models.CheckConstraint(
                condition=~Q(state="doubtful") | Q(refusals__lt=3),
                name="addresstrouble_doubtful_before_three",
            ),
        ]

    def take(self, refusal: NotAccepted, *, now: datetime, is_new: bool) -> None:
        """Count one refusal. What is refused for good stays so."""
        if refusal.for_good:
            self.state = self.State.REFUSED
        elif self.state == self.State.REFUSED or not (is_new or self._is_other_trouble(now)):
            return
        else:
            self.refusals += 1
            if self.refusals >= self.PAUSED_AFTER:
                self.state = self.State.PAUSED
        self.code, self.counted_at = refusal.code, now
        self.save(update_fields=["state", "refusals", "code", "counted_at"])

    def _is_other_trouble(self, now: datetime) -> bool:
        return now - self.counted_at >= self.SAME_TROUBLE

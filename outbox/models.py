"""One message that must leave once: plan, lock and record in a single row.

    due → claimed(lease, attempt) → handed(handed_at) → sent | failed | uncertain
    claimed → skipped(reason) | expired | due

See docs/adr/0005. The tables that inherit this are ``accounts.Letter`` and
``reminders.Reminder``; the verbs that move a row are in ``outbox/delivery.py``.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DUE = "due", _("waiting")
    CLAIMED = "claimed", _("being prepared")
    HANDED = "handed", _("being handed over")
    SENT = "sent", _("sent")
    FAILED = "failed", _("refused")
    UNCERTAIN = "uncertain", _("may have arrived")
    SKIPPED = "skipped", _("not needed")
    EXPIRED = "expired", _("too late")


class Message(models.Model):
    """The columns that the delivery machine needs, whatever the message says."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=9, choices=State, default=State.DUE)
    # Not before, and no later than: a message out of date is worse than none.
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # A short code, never a person's words: why it was skipped, refused or delayed.
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gte=F("due_at")), name="%(class)s_expires_after_due"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLAIMED) | Q(lease_until__isnull=False),
                name="%(class)s_claimed_has_a_lease",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.HANDED, State.SENT, State.UNCERTAIN])
                | Q(handed_at__isnull=False),
                name="%(class)s_handed_is_stamped",
            ),
        ]

    @property
    def message_id(self) -> str:
        """Stable for the row's life, so that a second copy can be recognised as one."""
        return f"<{self.pk}@{settings.MESSAGE_ID_DOMAIN}>"

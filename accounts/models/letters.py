"""Single messages: sign-in codes, invitations and notices."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.indexes import BrinIndex
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.mailboxes import Mailbox
from outbox.models import OPEN, Message, MessageQuerySet, State
from outbox.outcomes import NotAccepted
from outbox.prepared import Step

# States of a letter that will not arrive.
LOST = (State.FAILED, State.EXPIRED)


class LetterQuerySet(MessageQuerySet["Letter"]):
    def worth_repeating(self) -> Self:
        """Someone waits at a closed door for these: once more, with the same Message-ID."""
        return self.filter(kind__in=[Letter.Kind.SIGN_IN, Letter.Kind.INVITATION], doubts=1)

    def heard_back(self, row: "Letter", refusal: NotAccepted, *, now: datetime) -> None:
        Mailbox.objects.heard_back(row.to, refusal, now=now)

    def heard_yes(self, rows: list["Letter"]) -> list[Step]:
        return [Mailbox.objects.work([row.to for row in rows])]


class Letter(Message):
    """Sign-in codes, invitations and notices: single messages, never behind a reminder.

    The words are erased once sent, or when it expires, the subject too, which may hold
    a code: a table of sign-in codes is nothing to keep.
    """

    ERASED_AT_THE_END = {"subject": "", "text": "", "html": ""}

    class Kind(models.TextChoices):
        SIGN_IN = "sign_in", _("sign-in")
        INVITATION = "invitation", _("invitation")
        NOTICE = "notice", _("notice")
        TEST = "test", _("test")

    kind = models.CharField(max_length=10, choices=Kind)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    created_at = models.DateTimeField()

    objects = LetterQuerySet.as_manager()

    class Meta(Message.Meta):
        constraints = [
            *Message.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state__in=Message.LAST_STATES) | Q(text="", html=""),
                name="letter_words_are_erased",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="letter_open", condition=Q(state__in=OPEN)),
            BrinIndex(fields=["due_at"], name="letter_in_time", autosummarize=True),
        ]

    @property
    def is_lost(self) -> bool:
        """It will not arrive: refused, or it ran out before anybody took it."""
        return self.state in LOST

    def as_email(self, *, now: datetime) -> EmailMultiAlternatives:
        """The letter as it was written."""
        return self.compose(self.to, self.subject, self.text, self.html, now=now)

"""Single messages: sign-in codes, invitations and notices."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import codes, mail_addresses
from accounts.letter_words import Words, render
from accounts.links import absolute
from accounts.models.address_trouble import AddressTrouble
from accounts.models.people import User
from outbox.models import OPEN, Message, MessageQuerySet, State
from outbox.outcomes import SENDER, NotAccepted
from outbox.transport import Email

# States of a letter that will not arrive.
LOST = (State.FAILED, State.EXPIRED)
NO_ACCOUNT = "no_account"


# What is asked for by a code → the letter that brings it.
CODES = {"code": "sign_in_code", "confirm": "confirm_code"}


class LetterQuerySet(MessageQuerySet["Letter"]):
    def worth_repeating(self) -> Self:
        """Someone waits for these to get in: once more, with the same Message-ID."""
        return self.filter(kind__in=[Letter.Kind.SIGN_IN, Letter.Kind.INVITATION], doubts=1)

    def without_account(self) -> Self:
        """Asked for at the sign-in page, of an address that has no account, or a closed one."""
        accounts = User.objects.filter(is_active=True, email=OuterRef("to"))
        return self.filter(~Q(asked=""), ~Exists(accounts))

    def drop_unsent(self, *, now: datetime) -> None:
        """Keep no address of someone who has no account here."""
        unsent = (State.SKIPPED, State.EXPIRED)
        lately = self.filter(due_at__gt=now - timedelta(hours=1), state__in=unsent)
        lately.without_account().delete()

    def with_silence(self, now: datetime) -> Self:
        """Nobody without an account gets mail, whatever is typed into the sign-in page."""
        unasked = self.model.objects.without_account().filter(pk=OuterRef("pk"))
        return self.annotate(
            silence=Case(When(Exists(unasked), then=Value(NO_ACCOUNT)), default=Value(""))
        )

    def on_refused(self, row: "Letter", refusal: NotAccepted, *, now: datetime) -> None:
        AddressTrouble.objects.note_refusal(row.to, refusal, now=now)

    def on_accepted(self, rows: Sequence["Letter"]) -> None:
        AddressTrouble.objects.note_accepted([row.to for row in rows])


class Letter(Message):
    """Sign-in codes, invitations and notices: single messages, sent apart from reminders.

    The words are erased once sent, or when it expires, and so is the name it comes from: with
    the address it would say where somebody is treated. What was asked for at the sign-in
    page never has any here: they are written on the way out, so no code and no link to a new
    password ever stands in the table.
    """

    ERASED_AT_THE_END = {"sender": "", "subject": "", "text": "", "html": ""}

    class Kind(models.TextChoices):
        SIGN_IN = "sign_in", _("sign-in")
        INVITATION = "invitation", _("invitation")
        NOTICE = "notice", _("notice")
        TEST = "test", _("test")

    class Asked(models.TextChoices):
        """What has no words in the table: they are written as it is sent."""

        CODE = "code", _("a sign-in code")
        CONFIRM = "confirm", _("a code to go on with something grave")
        RESET = "reset", _("a link for a new password")

    kind = models.CharField(max_length=10, choices=Kind)
    to = models.EmailField()
    sender = models.CharField(max_length=120, blank=True)  # the name before our address
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    created_at = models.DateTimeField()
    asked = models.CharField(max_length=7, choices=Asked, blank=True)

    objects = LetterQuerySet.as_manager()  # type: ignore[misc]  # more than any Message has

    class Meta(Message.Meta):
        constraints = [
            *Message.Meta.constraints,
            models.CheckConstraint(
                condition=Q(to__regex=mail_addresses.AS_KEPT), name="letter_to_is_as_kept"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=Message.LAST_STATES) | Q(sender="", text="", html=""),
                name="letter_words_are_erased",
            ),
            models.CheckConstraint(
                condition=Q(asked="") | Q(sender="", subject="", text="", html=""),
                name="letter_asked_for_has_no_words",
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

    @property
    def is_ours_to_mend(self) -> bool:
        """It has not left because a mail server refuses our sender, whatever the address."""
        return self.reason.startswith(SENDER)

    @property
    def account(self) -> User | None:
        """Of the address, if it is open."""
        return User.objects.filter(is_active=True, email=self.to).first()

    def as_email(self, now: datetime) -> Email:
        """The letter as it was written, or as it is written now."""
        written = Words(self.sender, self.subject, self.text, self.html)
        words = self._asked_for() if self.asked else written
        return self.compose(to=self.to, now=now, **asdict(words))

    def _asked_for(self) -> Words:
        account = self.account
        clinic = account.only_clinic() if account else None
        mail_name = clinic.mail_name if clinic else ""
        if template := CODES.get(self.asked):
            minutes = codes.VALID_FOR // timedelta(minutes=1)
            context = {"code": codes.shown(codes.code_of(self.pk)), "minutes": minutes}
            return render(template, context, mail_name=mail_name)
        # Who has no account gets no letter. Were one made this very second: the page to ask again.
        again = absolute(reverse("account_reset_password"))
        context = {
            "password_reset_url": account.password_link() if account else again,
            "link_hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        }
        return render("password_reset", context, mail_name=mail_name)

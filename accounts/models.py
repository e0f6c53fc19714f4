"""Who someone is, where they work, and what they did."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import BrinIndex
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.contact import Contact
from accounts.tokens import hash_of
from accounts.zones import validate_time_zone
from outbox.models import OPEN, Message, MessageQuerySet, State
from outbox.outcomes import NotAccepted
from outbox.prepared import Step

# States of a letter that will not arrive.
LOST = (State.FAILED, State.EXPIRED)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """A user who signs in with this address; without a password, by e-mailed code."""
        user = self.model(email=self.normalise(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    @staticmethod
    def normalise(email: str) -> str:
        return email.strip().lower()

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """One person's way in. What they may do with people comes from memberships and records.

    The one flag opens figures of the machine, with nobody in them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)  # set by a command only: make_operator
    # Part of the hash in every session of theirs: raising it ends them all at once.
    session_round = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_is_unique")]

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's, over the password, and over the round too."""
        return salted_hmac(
            "accounts.User.session_auth_hash",
            f"{self.password}:{self.session_round}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    def clinics_as_staff(self) -> models.QuerySet["Clinic"]:
        """Clinics in which this person works now."""
        return Clinic.objects.filter(
            memberships__in=self.memberships.filter(deactivated_at=None)  # type: ignore[attr-defined]
        )

    def clinics_as_lead(self) -> models.QuerySet["Clinic"]:
        """Clinics whose team and settings this person looks after."""
        return Clinic.objects.filter(
            memberships__in=self.memberships.filter(  # type: ignore[attr-defined]
                deactivated_at=None, role=Membership.Role.LEAD
            )
        )


class ClinicQuerySet(models.QuerySet["Clinic"]):
    def for_team_page(self):
        """Each with ``team`` (active first) and ``invited`` (open ones), in three queries."""
        team = Membership.objects.select_related("user").order_by(
            F("deactivated_at").asc(nulls_first=True), "user__name"
        )
        invited = TeamInvitation.objects.open().select_related("letter").order_by("created_at")
        return self.order_by("name").prefetch_related(
            models.Prefetch("memberships", team, to_attr="team"),
            models.Prefetch("team_invitations", invited, to_attr="invited"),
        )


class Clinic(Contact):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/London", validators=[validate_time_zone]
    )
    language = models.CharField(_("language"), max_length=10, default="en-gb")
    created_at = models.DateTimeField()

    objects = ClinicQuerySet.as_manager()

    class Meta(Contact.Meta):
        pass

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self):
        return self.filter(deactivated_at=None)

    def visible_to(self, user: User):
        """The team of each clinic that this person leads."""
        return self.filter(clinic__in=user.clinics_as_lead())


class Membership(models.Model):
    """A person at work in a clinic. Deactivated, never deleted: their name stays on the past."""

    class Role(models.TextChoices):
        CLINICIAN = "clinician", _("Clinician")
        LEAD = "lead", _("Clinic lead")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=9, choices=Role, default=Role.CLINICIAN)
    created_at = models.DateTimeField()
    deactivated_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "clinic"], name="membership_once_per_clinic")
        ]


class InvitationBase(models.Model):
    """A single-use link sent to an address. Only the token's hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.EmailField(_("e-mail address"))
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    # The e-mail that carries it: whether it got through is part of what we know.
    letter = models.ForeignKey(
        "accounts.Letter", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="%(class)s_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None),
                name="%(class)s_accepted_or_revoked",
            ),
        ]

    def is_open_at(self, now: datetime) -> bool:
        """Neither used nor withdrawn nor out of date."""
        return not self.why_closed(now)

    def why_closed(self, now: datetime) -> str:
        """ "used", "withdrawn" or "expired"; empty while the link is open."""
        if self.accepted_at:
            return "used"
        if self.revoked_at:
            return "withdrawn"
        return "expired" if now >= self.expires_at else ""


class TeamInvitationQuerySet(models.QuerySet["TeamInvitation"]):
    def visible_to(self, user: User):
        return self.filter(clinic__in=user.clinics_as_lead())

    def by_token(self, token: str):
        return self.filter(token_hash=hash_of(token))

    def open(self):
        return self.filter(accepted_at=None, revoked_at=None)


class TeamInvitation(InvitationBase):
    """Asks someone to join a clinic's team."""

    clinic = models.ForeignKey(Clinic, models.CASCADE, related_name="team_invitations")
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(
        max_length=9, choices=Membership.Role, default=Membership.Role.CLINICIAN
    )
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = TeamInvitationQuerySet.as_manager()

    class Meta(InvitationBase.Meta):
        constraints = [
            *InvitationBase.Meta.constraints,
            models.UniqueConstraint(
                Lower("address"),
                "clinic",
                condition=Q(accepted_at=None, revoked_at=None),
                name="teaminvitation_one_open_per_address",
            ),
        ]


class AuditEvent(models.Model):
    """Who did what to which record, and when. Append-only: a trigger refuses anything else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    clinic = models.ForeignKey(Clinic, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "at"], name="audit_of_a_record"),
            models.Index(fields=["clinic", "at"], name="audit_of_a_clinic"),
        ]


# Asked after every round of reminders, nearly always of addresses with nothing against them.
WORKS = "DELETE FROM accounts_mailbox WHERE address = ANY(%s)"


class MailboxQuerySet(models.QuerySet["Mailbox"]):
    def of(self, address: str):
        return self.filter(address=User.objects.normalise(address))

    def closed(self):
        """Those that get nothing which nobody has just asked for."""
        return self.filter(state__in=[Mailbox.State.REFUSED, Mailbox.State.PAUSED])

    def try_again(self, address: str) -> None:
        """Let one more message through to an address that refused: what is known of it stays.

        It is everybody's knowledge: only a mail server's yes clears it, and its next no
        closes the address at once.
        """
        doubtful = {"state": Mailbox.State.DOUBTFUL, "refusals": Mailbox.PAUSED_AFTER - 1}
        self.of(address).closed().update(**doubtful)

    def work(self, addresses: list[str]) -> Step:
        """Mail to these was accepted: what clears everything known against them."""
        return WORKS, [list(map(User.objects.normalise, addresses))]

    def heard_back(self, address: str, refusal: NotAccepted, *, now: datetime) -> None:
        """Take note of a mail server's complaint about this address.

        In the transaction that records the answer.
        """
        if refusal.of_recipient:
            first = {"code": refusal.code, "counted_at": now}
            mailbox, is_new = self.select_for_update().get_or_create(
                address=User.objects.normalise(address), defaults=first
            )
            mailbox.take(refusal, now=now, is_new=is_new)


class Mailbox(models.Model):
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
    again, and some servers put off every stranger's first tries."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.EmailField(unique=True)  # as ``UserManager.normalise`` writes it
    state = models.CharField(max_length=8, choices=State, default=State.DOUBTFUL)
    refusals = models.PositiveSmallIntegerField(default=0)  # temporary ones in a row
    counted_at = models.DateTimeField()  # when the last one was counted
    code = models.CharField(max_length=40)  # the server's reply

    objects = MailboxQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="paused") | Q(refusals__gte=3), name="mailbox_paused_after_three"
            ),
            models.CheckConstraint(
                condition=~Q(state="doubtful") | Q(refusals__lt=3),
                name="mailbox_doubtful_before_three",
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
            models.Index(fields=["to"], name="letter_test", condition=Q(kind="test")),
            BrinIndex(fields=["due_at"], name="letter_in_time", autosummarize=True),
        ]

    @property
    def is_lost(self) -> bool:
        """It will not arrive: refused, or it ran out before anybody took it."""
        return self.state in LOST

    def as_email(self, *, now: datetime) -> EmailMultiAlternatives:
        """The letter as it was written."""
        return self.compose(self.to, self.subject, self.text, self.html, now=now)

"""Whose record it is, and by which links they come to it and to another address."""

import uuid
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import FilteredRelation, OuterRef, Q, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts import mail_addresses
from accounts.limits import WRONG_YEARS
from accounts.models import Clinic, InvitationBase, Membership, User
from accounts.telephone import FULL, Number
from accounts.tokens import hash_of
from accounts.zones import city_of, validate_time_zone
from exercises.models import precaution

YEARS_OF_BIRTH = (1900, 2100)
CALLED_LENGTH = 60  # characters: it stands in headings, on a phone too


class ClosedBecause(models.TextChoices):
    """Why someone's access to a record was closed; for the clinic's staff."""

    LOST_PHONE = "lost_phone", _("A phone was lost")
    WRONG_PERSON = "wrong_person", _("The wrong person has it")
    DIED = "died", _("The patient has died")
    OTHER = "other", _("Another reason")
    NEW_ADDRESS = "new_address", _("The e-mail address was changed")
    INVITED_AGAIN = "invited_again", _("Invited again")


class PatientQuerySet(models.QuerySet["Patient"]):
    def visible_to(self, user: User) -> Self:
        """My own records, and every patient of the clinics I work in."""
        return self.filter(Q(user=user) | Q(clinic__in=user.clinics_as_staff()))

    def in_care_of(self, user: User) -> Self:
        """Only those I see as staff: what a clinician's page is about."""
        return self.filter(clinic__in=user.clinics_as_staff())

    def own_of(self, user: User) -> Self:
        """Only my own records: what Today is about."""
        return self.filter(user=user)

    def without_running_programme(self) -> Self:
        running = FilteredRelation("assignments", condition=Q(assignments__ended_on=None))
        return self.alias(running=running).filter(running=None)

    def with_clinician(self) -> Self:
        """With the clinician, and their role in the clinic now: None for who has left it."""
        at_work = Membership.objects.active().filter(
            user=OuterRef("clinician"), clinic=OuterRef("clinic")
        )
        with_role = self.annotate(clinician_role=Subquery(at_work.values("role")[:1]))
        return with_role.select_related("clinician")

    def living(self) -> Self:
        """All but those of whom the clinic noted that they have died."""
        return self.exclude(access_closed_because=ClosedBecause.DIED)


class Patient(models.Model):
    """One person's record in one clinic. The account, if any, may hold several."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="patients")
    clinician = models.ForeignKey(User, models.PROTECT, related_name="caseload")
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="patient_records"
    )
    name = models.CharField(_("name"), max_length=120)
    # What they want to be called; "" where nobody said so.
    called = models.CharField(_("what to call them"), max_length=CALLED_LENGTH, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    # For staff, so that someone can ring; as ``accounts.telephone`` reads it.
    telephone = models.CharField(_("telephone"), max_length=16, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])
    language = models.CharField(_("language"), max_length=10, default="en-gb")
    # What the clinic knows of: exercises with the same tag are pointed out to staff.
    precautions = precaution.tags_field(_("precautions"))
    created_at = models.DateTimeField()
    # The key of the form that made it, so that a form sent twice makes one; None without a form.
    client_id = models.UUIDField(null=True, blank=True, editable=False)
    # When the patient had read what a first visit tells; it is not told again.
    welcomed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Asked when an invitation is accepted, so that nobody else can; shown to staff only.
    year_of_birth = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    # Links in e-mails about this record that were made up to then are closed.
    links_valid_from = models.DateTimeField(null=True, blank=True, editable=False)
    # Since when nobody has access, until someone accepts an invitation.
    access_closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    access_closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    access_closed_because = models.CharField(
        max_length=13, choices=ClosedBecause, blank=True, editable=False
    )
    # Who was put out then: they are told which clinic it was, until someone has the page again.
    closed_user = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="closed_records"
    )

    is_stopped: bool  # only where ``stops.with_stops`` has added it
    clinician_role: str | None  # only where ``with_clinician`` has added it

    objects = PatientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email="") | Q(email__regex=mail_addresses.AS_KEPT),
                name="patient_email_is_as_kept",
            ),
            models.CheckConstraint(
                condition=Q(telephone="") | Q(telephone__regex=FULL),
                name="patient_telephone_is_full",
            ),
            models.UniqueConstraint(
                fields=["clinic", "client_id"], name="patient_once_per_client_id"
            ),
            precaution.are_known("precautions", name="patient_precautions_are_known"),
            models.CheckConstraint(
                condition=Q(year_of_birth=None) | Q(year_of_birth__range=YEARS_OF_BIRTH),
                name="patient_year_of_birth_is_a_year",
            ),
            models.CheckConstraint(
                condition=Q(access_closed_at=None, access_closed_by=None, access_closed_because="")
                | Q(access_closed_at__isnull=False, access_closed_by__isnull=False)
                & ~Q(access_closed_because=""),
                name="patient_access_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(access_closed_at=None) | Q(user=None, links_valid_from__isnull=False),
                name="patient_access_closed_means_nobody",
            ),
            models.CheckConstraint(
                condition=Q(closed_user=None) | Q(user=None),
                name="patient_closed_user_until_somebody_has_it",
            ),
        ]
        indexes = [
            models.Index(fields=["clinic", "name"], name="patient_caseload"),
            models.Index(fields=["time_zone"], name="patient_time_zone"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def addressed_as(self) -> str:
        """What greetings, titles and letters say: what they want to be called, else the whole name.

        A name has no part that is certainly the first one: "Weber, Ana", "Mrs Jones", "陳 大文".
        """
        return self.called or self.name

    @property
    def phone(self) -> Number:
        """As people read it in the clinic's country."""
        return Number(self.telephone, self.clinic.country)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def city(self) -> str:
        """By whose clock this record goes, as its person would say it: "New York"."""
        return city_of(self.time_zone)

    def zones_since(self, moment: datetime) -> list[tuple[datetime, ZoneInfo]]:
        """The zone of this record at ``moment``, and each later one with the instant it began at."""
        changes = list(self.zone_changes.filter(changed_at__gt=moment).order_by("changed_at"))
        first = changes[0].before if changes else self.time_zone
        later = [(change.changed_at, ZoneInfo(change.after)) for change in changes]
        return [(moment, ZoneInfo(first)), *later]

    @property
    def precautions_in_words(self) -> list[str]:
        """For staff: "hip replacement", "pregnancy"."""
        return precaution.in_words(self.precautions)

    @property
    def is_waiting(self) -> bool:
        """Invited by e-mail, not yet here: nothing is asked of them so far."""
        return bool(self.email) and self.user_id is None

    @property
    def address(self) -> str:
        """Where mail to this person goes: where the account signs in, once there is one.

        Where the account has no address, an invitation goes to the one that the clinic wrote.
        """
        return (self.user.email if self.user else None) or self.email

    @property
    def is_in_by_phone_only(self) -> bool:
        """Someone has the page, and only a code that the clinic shows signs them in."""
        return self.user is not None and self.user.email is None

    @property
    def is_closed(self) -> bool:
        """Access was taken back, and nobody has accepted an invitation since."""
        return self.access_closed_at is not None

    @property
    def has_died(self) -> bool:
        """The clinic noted it: nobody rings or writes, and nothing is asked."""
        return self.access_closed_because == ClosedBecause.DIED

    def has_closed_links_of(self, made_at: datetime) -> bool:
        """Whether links mailed at that moment have been closed since."""
        return self.links_valid_from is not None and made_at <= self.links_valid_from


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.in_care_of(user))

    def by_token(self, token: str) -> Self:
        return self.filter(token_hash=hash_of(token))

    def open(self) -> Self:
        return self.filter(accepted_at=None, revoked_at=None)


class Invitation(InvitationBase):
    """Asks a patient to open their page. Sending again revokes the earlier one."""

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # How often someone who opened it typed another year of birth than the clinic has.
    wrong_years = models.PositiveSmallIntegerField(default=0)

    objects = InvitationQuerySet.as_manager()

    class Meta(InvitationBase.Meta):
        constraints = [
            *InvitationBase.Meta.constraints,
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_one_open_per_patient",
            ),
            models.CheckConstraint(
                condition=Q(wrong_years__lte=WRONG_YEARS.number),
                name="invitation_three_wrong_years",
            ),
        ]

    @property
    def is_tried_out(self) -> bool:
        """Nobody can accept it any more: a wrong year of birth was typed three times."""
        return self.wrong_years >= WRONG_YEARS.number

    @property
    def tries_left(self) -> int:
        return WRONG_YEARS.number - self.wrong_years

    def why_closed(self, now: datetime) -> str:
        """As for every invitation; "tried" after three wrong years of birth; and "closed" where
        the person who used it has lost the page since.
        """
        if self.accepted_at and self.patient.has_closed_links_of(self.accepted_at):
            return "closed"
        return super().why_closed(now) or ("tried" if self.is_tried_out else "")


class AddressChangeQuerySet(models.QuerySet["AddressChange"]):
    def visible_to(self, user: User) -> Self:
        """For the person who asked, and for the staff of the clinic that is asked."""
        return self.filter(patient__in=Patient.objects.visible_to(user))

    def by_token(self, token: str) -> Self:
        return self.filter(token_hash=hash_of(token))

    def open(self) -> Self:
        """Neither answered, nor declined, nor taken back."""
        return self.filter(closed_at=None)

    def to_confirm(self) -> Self:
        """Those that wait for a clinic."""
        return self.open().filter(confirmed_at=None)

    def confirmed(self) -> Self:
        """Those that a clinic has agreed to, and the new address has not answered."""
        return self.open().filter(confirmed_at__isnull=False)

    def with_link(self) -> Self:
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
            models.CheckConstraint(
                condition=Q(address__regex=mail_addresses.AS_KEPT),
                name="address_change_address_is_as_kept",
            ),
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

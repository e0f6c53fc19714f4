"""Who someone is, where they work."""

import uuid
from pathlib import PurePath
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.tokens import default_token_generator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import mail_addresses
from accounts.contact import Contact
from accounts.links import absolute
from accounts.zones import validate_time_zone
from pictures.storage import picture_files


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user who signs in with this address; without a password, by e-mailed code."""
        user = self.model(email=self.normalise(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_without_address(self, *, name: str) -> "User":
        """A user whom a clinic's code signs in: no password, and no code by e-mail."""
        user = self.model(email=None, name=name)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    normalise = staticmethod(mail_addresses.normalise)

    def get_by_natural_key(self, email: str | None) -> "User":
        if not email:  # which would ask for those without an address
            raise self.model.DoesNotExist
        return self.get(email=self.normalise(email))


class User(AbstractBaseUser):
    """One person's way in. What they may do with people comes from memberships and records.

    The one flag opens figures of the machine, with nobody in them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # None: their clinic signs their phone in; nothing is mailed to them. See docs/adr/0051.
    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)  # set by a command only: make_operator
    # Part of the hash in every session of theirs: raising it ends them all at once.
    session_round = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email__regex=mail_addresses.AS_KEPT), name="user_email_is_as_kept"
            ),
        ]

    def __str__(self) -> str:
        return self.name or mail_addresses.shown(self.email or "") or gettext("Someone")

    @property
    def address(self) -> str:
        """Where mail to them goes; only for accounts that have an address."""
        if self.email is None:
            raise ValueError("this account has no e-mail address")
        return self.email

    def is_at(self, address: str) -> bool:
        """Whether they sign in with this address, however it is spelled."""
        return self.email is not None and self.email == mail_addresses.normalise(address)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's, over the password, and over the round too."""
        return salted_hmac(
            "accounts.User.session_auth_hash",
            f"{self.password}:{self.session_round}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    def password_link(self) -> str:
        """A link to choose a password: once, within PASSWORD_RESET_TIMEOUT seconds."""
        key = default_token_generator.make_token(self)
        return absolute(reverse("account_reset_password_from_key", args=[self.pk.hex, key]))

    def clinics_as_staff(self) -> models.QuerySet["Clinic"]:
        """Clinics in which this person works now."""
        return Clinic.objects.filter(memberships__in=self.memberships.filter(deactivated_at=None))

    def clinics_as_lead(self) -> models.QuerySet["Clinic"]:
        """Clinics whose team and settings this person looks after."""
        return Clinic.objects.filter(
            memberships__in=self.memberships.filter(deactivated_at=None, role=Membership.Role.LEAD)
        )

    def clinics_as_staff_or_patient(self) -> models.QuerySet["Clinic"]:
        """Clinics in which this person works, or has a record."""
        works_in, is_in_care_of = self.clinics_as_staff(), self.patient_records.values("clinic")
        return Clinic.objects.filter(Q(pk__in=works_in) | Q(pk__in=is_in_care_of))

    def only_clinic(self) -> "Clinic | None":
        """The one clinic that this account has to do with; None if there are several, or none."""
        found = list(self.clinics_as_staff_or_patient()[:2])
        return found[0] if len(found) == 1 else None


class Clinic(Contact):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    # What its mail is from, where its own name says what somebody is treated for. "": its own.
    name_in_mail = models.CharField(_("name in e-mail"), max_length=120, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/London", validators=[validate_time_zone]
    )
    language = models.CharField(_("language"), max_length=10, default="en-gb")
    created_at = models.DateTimeField()
    # As ``pictures`` makes it: its bytes never change, another logo is another file.
    logo = models.FileField(storage=picture_files, max_length=80, blank=True, editable=False)
    logo_width = models.PositiveSmallIntegerField(null=True, editable=False)  # pixels
    logo_height = models.PositiveSmallIntegerField(null=True, editable=False)

    class Meta(Contact.Meta):
        constraints = [
            *Contact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(logo="", logo_width=None, logo_height=None)
                | ~Q(logo="") & Q(logo_width__isnull=False, logo_height__isnull=False),
                name="clinic_logo_has_a_size",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def mail_name(self) -> str:
        """The sender of its mail, and the head of it."""
        return self.name_in_mail or self.name

    @property
    def logo_mark(self) -> str:
        """Stands in the logo's address, and changes with it."""
        return PurePath(str(self.logo)).stem

    @property
    def logo_ratio(self) -> float:
        """Its width by its height."""
        return (self.logo_width or 1) / (self.logo_height or 1)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> Self:
        return self.filter(deactivated_at=None)

    def visible_to(self, user: User) -> Self:
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

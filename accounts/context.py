"""What a page needs to know about the person, lazily: one query, only if asked."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from accounts import passkeys
from accounts.kept_query import KeptQuery
from accounts.models import Clinic, Membership, User
from accounts.not_saved import person_id

# Every page asks both.
AT_WORK: KeptQuery[Membership] = KeptQuery(
    lambda user: (
        Membership.objects.active()
        .filter(user=user)
        .select_related("clinic")
        .order_by("clinic__name")
    ),
    user=UUID,
)
HAS_RECORDS: KeptQuery[UUID] = KeptQuery(
    lambda user: User.objects.filter(pk=user, patient_records__isnull=False).values_list(
        "pk", flat=True
    )[:1],
    user=UUID,
)


@dataclass
class Roles:
    """The signed-in person's roles, read once per request."""

    request: HttpRequest

    @classmethod
    def of(cls, request: HttpRequest) -> "Roles":
        """The request's own, so that guards and navigation share its one query."""
        if not hasattr(request, "roles"):
            request.roles = cls(request)  # type: ignore[attr-defined]
        roles: Roles = request.roles  # type: ignore[attr-defined]
        return roles

    @cached_property
    def memberships(self) -> list[Membership]:
        """Where this person works now, each with its clinic."""
        user = self.request.user
        if not user.is_authenticated:
            return []
        return AT_WORK(user=user.pk)

    @property
    def clinics(self) -> list[Clinic]:
        """Where this person works now, by name."""
        return [membership.clinic for membership in self.memberships]

    @property
    def person_id(self) -> str:
        """Who the page is for; empty for someone not signed in."""
        user = getattr(self.request, "user", None)
        return person_id(user) if user is not None and user.is_authenticated else ""

    @property
    def is_clinician(self) -> bool:
        return bool(self.memberships)

    @property
    def is_lead(self) -> bool:
        return any(m.role == Membership.Role.LEAD for m in self.memberships)

    @property
    def clinics_to_complete(self) -> list[Clinic]:
        """Those led by this person whose patients are told to call, and find no number."""
        led = (m.clinic for m in self.memberships if m.role == Membership.Role.LEAD)
        return [clinic for clinic in led if not clinic.phone]

    @cached_property
    def is_patient(self) -> bool:
        user = self.request.user
        return user.is_authenticated and bool(HAS_RECORDS(user=user.pk))

    @cached_property
    def closed_by(self) -> list[Clinic]:
        """Clinics that have closed a page of this person's, which nobody has since."""
        user = self.request.user
        if not user.is_authenticated:
            return []
        records = user.closed_records.select_related("clinic")
        return sorted({record.clinic for record in records}, key=lambda clinic: clinic.name)

    @cached_property
    def has_passkeys(self) -> bool:
        user = self.request.user
        return user.is_authenticated and bool(passkeys.of_account(user))

    @property
    def is_operator(self) -> bool:
        """Looks after the machine: sees its figures, and nobody in them."""
        user = self.request.user
        return user.is_authenticated and user.is_operator

    @property
    def is_signed_in_briefly(self) -> bool:
        """Their screens show many people: see ``accounts.sessions``."""
        return self.is_clinician or self.is_operator

    @property
    def base(self) -> str:
        """The template that pages for anybody extend: each side has its own menu."""
        if self.is_clinician:
            return "base_clinic.html"
        return "base_patient.html" if self.is_patient else "base_plain.html"

    @property
    def own_settings(self) -> str:
        """The name of the page with one's own settings: patients have a simpler one."""
        only_patient = self.is_patient and not self.is_clinician
        return "today:settings" if only_patient else "accounts:settings"

    @property
    def zone(self) -> ZoneInfo:
        """By whose clock this person lives: the clinic's in which they work, or their own."""
        if self.memberships:
            return ZoneInfo(self.memberships[0].clinic.time_zone)
        user = self.request.user
        record = user.patient_records.first() if user.is_authenticated else None
        return record.zone if record else ZoneInfo("UTC")

    @property
    def clinic_name(self) -> str:
        return self.memberships[0].clinic.name if self.memberships else ""


def roles(request: HttpRequest) -> dict[str, Roles]:
    return {"roles": Roles.of(request)}

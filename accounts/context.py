"""What the navigation needs to know about the person, lazily: one query, only if asked."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from accounts.models import Membership


@dataclass
class Roles:
    """The signed-in person's roles, read once per page."""

    request: HttpRequest

    @cached_property
    def _memberships(self) -> list[Membership]:
        user = self.request.user
        if not user.is_authenticated:
            return []
        return list(user.memberships.active().select_related("clinic"))

    @property
    def is_clinician(self) -> bool:
        return bool(self._memberships)

    @property
    def is_lead(self) -> bool:
        return any(m.role == Membership.Role.LEAD for m in self._memberships)

    @cached_property
    def is_patient(self) -> bool:
        user = self.request.user
        return user.is_authenticated and user.patient_records.exists()

    @property
    def clinic_name(self) -> str:
        return self._memberships[0].clinic.name if self._memberships else ""


def roles(request: HttpRequest) -> dict[str, Roles]:
    return {"roles": Roles(request)}

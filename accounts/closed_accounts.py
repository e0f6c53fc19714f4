"""Accounts on this browser that lead to nothing any more: closed by a clinic, or deactivated.

Their sessions have ended, so only the device's mark (``accounts.devices``) still says whose phone
it is. It opens nothing: such a phone is told that its page is closed, and whom to call.
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from accounts import devices
from accounts.models import Clinic, User
from accounts.not_saved import PERSON, person_id

WAS_LET_IN = Q(is_active=False) | Q(closed_records__isnull=False) | Q(memberships__isnull=False)
IS_AT_WORK = Q(memberships__isnull=False, memberships__deactivated_at=None)
LEADS_SOMEWHERE = Q(is_active=True) & (
    Q(patient_records__isnull=False) | IS_AT_WORK | Q(is_operator=True)
)


@dataclass(frozen=True)
class Closed:
    clinics: tuple[Clinic, ...] = ()  # those that closed a page, the newest first


def closed_here(request: HttpRequest) -> Closed | None:
    """What is closed to this browser, where nobody is signed in on it. None if nothing is.

    A request that names a person is told of that one only. Otherwise everyone who has signed in
    here must be closed: on a shared phone nobody learns of it in another's place.
    """
    if request.user.is_authenticated:
        return None
    known = User.objects.filter(pk__in=devices.of(request).accounts())
    users = {user for user in known if _is_named(request, user)}
    if not users or not users <= set(_closed(known)):
        return None
    clinics = Clinic.objects.filter(patients__closed_user__in=users)
    newest = clinics.order_by("-patients__access_closed_at")
    return Closed(tuple({clinic.pk: clinic for clinic in newest}.values()))


def _is_named(request: HttpRequest, user: User) -> bool:
    named = request.headers.get(PERSON) or request.GET.get("person", "")
    return not named or constant_time_compare(person_id(user), named)


def _closed(users: QuerySet[User]) -> QuerySet[User]:
    """Those with nothing left that they could sign in to, of what there once was."""
    return users.filter(WAS_LET_IN).exclude(pk__in=users.filter(LEADS_SOMEWHERE).values("pk"))

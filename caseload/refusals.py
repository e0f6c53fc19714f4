"""Someone signed in was refused a page: a row in the trail, a line in the log, no word to them.

Rows that are none of theirs, rows that do not exist and pages of another role are all answered
by the same 404 after the same steps, so the answer tells nobody which it was. The row goes to the
clinic whose row it is, and names the patient.
"""

import logging
from collections.abc import Callable
from typing import NamedTuple, cast
from uuid import UUID

from django.db.models import Model
from django.http import HttpRequest, HttpResponse

import clock
from accounts import audit, limits
from accounts.context import Roles
from accounts.models import Clinic, Membership, TeamInvitation, User
from accounts.views.looks import page_of
from exercises.models import ExerciseVersion
from patients.models import Day, DealtWith, Patient, Session, WarningSign
from programmes.models import Item, Programme

logger = logging.getLogger("refusals")
GetResponse = Callable[[HttpRequest], HttpResponse]


class Owner(NamedTuple):
    patient_id: UUID | None
    clinic_id: UUID | None


# The names that addresses give to rows: which table, and where patient and clinic stand in it.
PATIENT = ("assignment__patient", "assignment__patient__clinic")
ROWS: dict[str, tuple[type[Model], str | None, str]] = {
    "patient_id": (Patient, "pk", "clinic"),
    "record_id": (Patient, "pk", "clinic"),
    "session_id": (Session, *PATIENT),
    "day_id": (Day, *PATIENT),
    "sign_id": (WarningSign, "patient", "patient__clinic"),
    "dealt_id": (DealtWith, "patient", "patient__clinic"),
    "programme_id": (Programme, "patient_id", "clinic"),
    "item_id": (Item, "programme__patient_id", "programme__clinic"),
    "membership_id": (Membership, None, "clinic"),
    "version_id": (ExerciseVersion, None, "exercise__clinic"),
    "draft_id": (ExerciseVersion, None, "exercise__clinic"),
}
# Addresses of accounts call every row ``pk``; most of them are memberships.
CALLED_PK: dict[str, tuple[type[Model], str | None, str]] = {
    "accounts:clinic": (Clinic, None, "pk"),
    "accounts:invite_colleague": (Clinic, None, "pk"),
    "accounts:resend_invitation": (TeamInvitation, None, "clinic"),
    "accounts:revoke_invitation": (TeamInvitation, None, "clinic"),
}


def note_refusals(get_response: GetResponse) -> GetResponse:
    """Outside every view's transaction, which a refusal rolls back."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code in (403, 404) and request.user.is_authenticated:
            _note(request)
        return response

    return middleware


def _note(request: HttpRequest) -> None:
    match = request.resolver_match
    if match is None or getattr(request, "is_asked_again", False):  # nothing is refused yet
        return
    ids = {name: key for name, key in match.kwargs.items() if isinstance(key, UUID)}
    owners = [_owner(match.view_name, name, key) for name, key in ids.items()]
    known = [owner for owner in owners if owner is not None]
    outside = _outside(request, known)
    wrong_role = getattr(request, "is_wrong_role", False)
    if outside or wrong_role or (ids and not known):
        _write(request, next(iter(outside or known), Owner(None, None)))


def _owner(view: str, name: str, key: UUID) -> Owner | None:
    """Whose row an address names; None if there is no such row."""
    row = CALLED_PK.get(view, (Membership, None, "clinic")) if name == "pk" else ROWS.get(name)
    if row is None:
        return None
    model, patient, clinic = row
    found = model._default_manager.filter(pk=key).values_list(clinic, patient or clinic).first()
    return found and Owner(found[1] if patient else None, found[0])


def _outside(request: HttpRequest, owners: list[Owner]) -> list[Owner]:
    """Those that are neither this person's own nor of a clinic in which they work now.

    As many queries for none as for many. The shared library has no clinic: it is everyone's.
    """
    at_work: set[UUID | None] = {member.clinic_id for member in Roles.of(request).memberships}
    own = set(Patient.objects.filter(user=request.user.pk).values_list("pk", flat=True))
    clinics = at_work | {None}
    return [one for one in owners if one.clinic_id not in clinics and one.patient_id not in own]


def _write(request: HttpRequest, owner: Owner) -> None:
    now, page, user = clock.now(), page_of(request), cast(User, request.user)
    at_work = Roles.of(request).memberships
    about, limit = _about(user, owner)
    is_kept = audit.record_refused(
        user,
        about=about,
        clinic_id=owner.clinic_id or (at_work[0].clinic_id if at_work else None),
        most=limit.number,
        within=limit.window,
        page=page,
        now=now,
    )
    logger.warning("refused", extra={"page": page, "account": str(user.pk), "kept": is_kept})


def _about(user: User, owner: Owner) -> tuple[tuple[str, UUID], limits.Limit]:
    """What the row names, and how many of such are kept."""
    if owner.patient_id:
        return ("patient", owner.patient_id), limits.REFUSALS_ABOUT
    if owner.clinic_id:
        return ("clinic", owner.clinic_id), limits.REFUSALS_ABOUT
    return ("user", user.pk), limits.REFUSALS_KEPT

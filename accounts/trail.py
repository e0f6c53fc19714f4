"""Read the audit trail: of one patient's record, or of a whole clinic, newest first.

What happens at an account (signing in, failing to, a page refused) is written without a clinic
or a patient: the same for every account and for none. It is joined when read.
"""

import heapq
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.actions import Action
from accounts.models import AuditEvent, Clinic, Membership, User
from accounts.models.audit import COMING

PAGE = 50
CHUNK = 2000
Trail = list["QuerySet[AuditEvent]"]
"""Parts of a trail, each of which an index holds in order; together they are the trail."""


def of_patient(patient_id: UUID) -> Trail:
    """What was done with the record, and what happened at its account while it was this one."""
    about = AuditEvent.objects.filter(patient_id=patient_id)
    holders = User.objects.filter(patient_records=patient_id)
    return [_newest_first(about), _newest_first(_at_accounts(_held(about, holders)))]


def of_clinic(clinic: Clinic) -> Trail:
    """What was done in the clinic, what its members did with their accounts, and what happened
    at the accounts of its patients while they had the records."""
    own = AuditEvent.objects.filter(clinic=clinic)
    members = Membership.objects.filter(clinic=clinic).values("user")
    of_members = Q(actor__in=members) | Q(subject_type="user", subject_id__in=members)
    holders = User.objects.filter(patient_records__clinic=clinic)
    return [_newest_first(own), _newest_first(_at_accounts(of_members | _held(own, holders)))]


def _at_accounts(whose: Q) -> "QuerySet[AuditEvent]":
    return AuditEvent.objects.filter(whose, clinic=None, patient_id=None)


def _held(about: "QuerySet[AuditEvent]", holders: "QuerySet[User]") -> Q:
    """Events at an account that had one of these records just then: between accepting the
    invitation, or signing a phone in, and the closing of access, which are events themselves; or that has it since."""
    accepted = about.filter(action__in=COMING)
    by_it = accepted.filter(actor=OuterRef("subject_id"))
    closed = AuditEvent.objects.filter(
        action=Action.ACCESS_CLOSED,
        patient_id=OuterRef("patient_id"),
        at__gt=OuterRef("at"),
        at__lt=OuterRef(OuterRef("at")),
    )
    then = Exists(by_it.filter(~Exists(closed), at__lte=OuterRef("at")))
    later = Exists(by_it.filter(at__gt=OuterRef("at")))
    now = Q(subject_id__in=holders.values("pk")) & ~Q(later)
    ever = Q(subject_id__in=accepted.values("actor")) & Q(then)
    return Q(subject_type="user") & (ever | now)


def _newest_first(events: "QuerySet[AuditEvent]") -> "QuerySet[AuditEvent]":
    return events.select_related("actor").order_by("-at", "-pk")


def page_before(trail: Trail, mark: str) -> tuple[list[AuditEvent], str]:
    """The events that come after this mark, and the mark of those that come after them; "" each.

    A mark is the place of the last event shown, so pages stay as they were while events come.
    """
    place = _place(mark)
    found = [list(_after(part, place)[: PAGE + 1]) for part in trail]
    shown = list(heapq.merge(*found, key=_order, reverse=True))[: PAGE + 1]
    more = len(shown) > PAGE
    shown = shown[:PAGE]
    return shown, f"{shown[-1].at.isoformat()}~{shown[-1].pk}" if more else ""


def all_of(trail: Trail) -> Iterator[AuditEvent]:
    """Every event, read in pieces: there may be millions."""
    parts = (part.iterator(chunk_size=CHUNK) for part in trail)
    return heapq.merge(*parts, key=_order, reverse=True)


def patients_in(part: "QuerySet[AuditEvent]") -> set[UUID]:
    """Whose records these events are about."""
    about = part.filter(patient_id__isnull=False).order_by()
    return {key for key in about.values_list("patient_id", flat=True).distinct() if key}


def _order(event: AuditEvent) -> tuple[datetime, UUID]:
    return event.at, event.pk


def _after(
    part: "QuerySet[AuditEvent]", place: tuple[datetime, UUID] | None
) -> "QuerySet[AuditEvent]":
    if place is None:
        return part
    at, key = place
    return part.filter(at__lte=at).filter(Q(at__lt=at) | Q(pk__lt=key))


def _place(mark: str) -> tuple[datetime, UUID] | None:
    """None for the first page, and for a mark that is none."""
    at, _tilde, key = mark.partition("~")
    try:
        moment = datetime.fromisoformat(at)
        # The database knows fewer offsets than Python does.
        return (moment.astimezone(UTC), UUID(key)) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None

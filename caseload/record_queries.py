"""What a record asks of the database: each query is worded once, see ``accounts/kept_query.py``."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.kept_query import AnyOf, KeptQuery
from patients.models import Assignment, Day, DealtWith, Pause, Session, Tick, WarningSign
from programmes.models import Item, Programme

PAGE = 20  # sessions of the log

GIVEN: KeptQuery[Assignment] = KeptQuery(
    lambda patient: (
        Assignment.objects.filter(patient=patient).select_related("programme").running_first()[:1]
    ),
    patient=UUID,
)
SIGNS: KeptQuery[WarningSign] = KeptQuery(
    lambda patient: WarningSign.objects.filter(patient=patient).for_record_page(), patient=UUID
)
DEALT_WITH: KeptQuery[DealtWith] = KeptQuery(
    lambda patient: DealtWith.objects.filter(patient=patient).newest_first(), patient=UUID
)
ONE_OFF: KeptQuery[Programme] = KeptQuery(
    lambda patient: Programme.objects.filter(one_off__patient=patient), patient=UUID
)
PAUSES: KeptQuery[Pause] = KeptQuery(
    lambda assignment, today: (
        Pause.objects.filter(assignment=assignment)
        .filter(Q(until_on=None) | Q(until_on__gte=today))
        .order_by(F("because_of").asc(nulls_last=True), "from_on")[:1]
    ),
    assignment=UUID,
    today=date,
)

# --- versions of a programme ---

LINE: KeptQuery[Programme] = KeptQuery(
    lambda line: (
        Programme.objects.filter(line_id=line).select_related("words").order_by("-version")
    ),
    line=UUID,
)
# Of all versions.
ITEMS: KeptQuery[Item] = KeptQuery(
    lambda line: Item.objects.filter(programme__line_id=line).for_record_page(), line=UUID
)

# --- days, and the pain of their sessions ---

DAYS: KeptQuery[Day] = KeptQuery(
    lambda patient, since, until: (
        Day.objects.filter(assignment__patient=patient, on__range=(since, until))
        .with_sessions_done()
        .select_related("not_today")
        .order_by("on", "assignment__assigned_at")  # the latest last
    ),
    patient=UUID,
    since=date,
    until=date,
)
PAINS: KeptQuery[tuple[int, date, datetime]] = KeptQuery(
    lambda patient, since, until: (
        Session.objects.not_undone()
        .filter(assignment__patient=patient, day__on__range=(since, until))
        .annotate(score=Coalesce("pain_after", "pain_before"))
        .exclude(score=None)
        .order_by("day__on", "performed_at", "received_at")
        .values_list("score", "day__on", "performed_at")
    ),
    patient=UUID,
    since=date,
    until=date,
)

# --- the log ---

IN_ORDER = ("performed_at", "received_at", "pk")  # of the sessions of a day


def sessions_of(patient: UUID) -> QuerySet[Session]:
    """Newest first, those taken back too; ``number`` counts those of each day that are not undone."""
    return (
        Session.objects.filter(assignment__patient=patient)
        .annotate(number=Subquery(_number()))
        .select_related("day", "recorded_by")
        .order_by("-day__on", *(f"-{name}" for name in IN_ORDER))
    )


def _number() -> QuerySet[Session, Any]:
    """Counted session by session: to number a whole year for one page of it takes longer."""
    performed, received, key = (OuterRef(name) for name in IN_ORDER)
    earlier = Q(performed_at__lt=performed) | Q(performed_at=performed) & (
        Q(received_at__lt=received) | Q(received_at=received, pk__lte=key)
    )
    of_day = Session.objects.not_undone().filter(earlier, day=OuterRef("day"))
    return of_day.order_by().values("day").annotate(number=Count("pk")).values("number")


FIRST_PAGE: KeptQuery[Session] = KeptQuery(
    lambda patient: sessions_of(patient)[:PAGE], patient=UUID
)
HOW_MANY: KeptQuery[int] = KeptQuery(
    lambda patient: (
        Session.objects.filter(assignment__patient=patient)
        .order_by()
        .values("assignment__patient")
        .annotate(number=Count("pk"))
        .values_list("number", flat=True)
    ),
    patient=UUID,
)
TICKS: KeptQuery[tuple[Any, ...]] = KeptQuery(
    lambda sessions: Tick.objects.filter(AnyOf("session", sessions)).values_list(
        "session", "item", "result", "amount", "pain", "skip_reason"
    ),
    sessions=list[UUID],
)
# What was ticked of an earlier programme.
OTHER_ITEMS: KeptQuery[Item] = KeptQuery(
    lambda items: Item.objects.filter(AnyOf("pk", items)).for_record_page(), items=list[UUID]
)

"""What a session by one tap ticks off: it follows from what was done on its day before it."""

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.kept_query import KeptQuery
from patients.models import Day, Session, Tick
from patients.results import Went
from programmes.models import Item
from programmes.next_session_items import offers, one_tap

__all__ = ["settle_later", "ticks_by_one_tap", "times_on", "what_hurt_on"]


def ticks_by_one_tap(session: Session) -> dict[UUID, Went]:
    """The items that were short of their minimum by then are done, or all offered if none was."""
    items = ITEMS(programme=session.programme_id)
    day, starts_on = session.day, session.assignment.starts_on
    before: dict[str, Any] = {"day": day.pk, "session": session.pk}
    before |= {"at": session.performed_at, "received": session.received_at}
    done, left_out = Counter(DONE_BEFORE(**before)), set(HURT_BEFORE(**before))
    offered = offers(items, done, on=day.on, starts_on=starts_on, left_out=left_out)
    if not offered:  # all of it hurt by then, and was done again: so they say
        offered = offers(items, done, on=day.on, starts_on=starts_on)
    return {item.pk: Went(Tick.Result.DONE) for item in one_tap(offered)}


def settle_later(session: Session) -> None:
    """Tick again what was tapped later on its day: of sessions done without a network the first
    may come last. In the end it is the same in whatever order they come.
    """
    for later in TAPPED_LATER(day=session.day_id, at=session.performed_at):
        later.day, later.assignment = session.day, session.assignment
        wanted = ticks_by_one_tap(later)
        later.ticks.exclude(item__in=wanted).delete()
        known = set(later.ticks.values_list("item", flat=True))
        missing = [(item, went) for item, went in wanted.items() if item not in known]
        Tick.objects.bulk_create(
            [Tick(session=later, item_id=item, **went._asdict()) for item, went in missing]
        )


TAPPED_LATER: KeptQuery[Session] = KeptQuery(
    lambda day, at: (
        Session.objects.filter(day=day, is_one_tap=True, performed_at__gt=at)
        .not_undone()
        .order_by("performed_at", "received_at")
    ),
    day=UUID,
    at=datetime,
)


def times_on(day: Day) -> Counter[UUID]:
    """How often each item was done, or done in part, on this day."""
    return Counter(DONE_ON(day=day.pk))


def what_hurt_on(day: Day) -> set[UUID]:
    """The items that were stopped on this day because they hurt."""
    return set(HURT_ON(day=day.pk))


def _done(sessions: QuerySet[Session]) -> QuerySet[Tick, UUID]:
    return Tick.objects.done().filter(session__in=sessions).values_list("item_id", flat=True)


def _hurt(sessions: QuerySet[Session]) -> QuerySet[Tick, UUID]:
    hurt = Tick.objects.filter(session__in=sessions, result=Tick.Result.HURT)
    return hurt.values_list("item_id", flat=True)


def _of(day: UUID) -> QuerySet[Session]:
    return Session.objects.filter(day=day).not_undone()


DONE_ON: KeptQuery[UUID] = KeptQuery(lambda day: _done(_of(day)), day=UUID)
HURT_ON: KeptQuery[UUID] = KeptQuery(lambda day: _hurt(_of(day)), day=UUID)


def _before(day: UUID, session: UUID, at: datetime, received: datetime) -> QuerySet[Session]:
    """What its day knew by then: taken back later counts, for the tap was pressed before."""
    earlier = Q(performed_at__lt=at) | Q(performed_at=at, received_at__lte=received)
    known = Q(undone_at=None) | Q(undone_at__gt=at)
    return Session.objects.filter(day=day).exclude(pk=session).filter(earlier & known)


_BEFORE = {"day": UUID, "session": UUID, "at": datetime, "received": datetime}
DONE_BEFORE: KeptQuery[UUID] = KeptQuery(lambda **said: _done(_before(**said)), **_BEFORE)
HURT_BEFORE: KeptQuery[UUID] = KeptQuery(lambda **said: _hurt(_before(**said)), **_BEFORE)
ITEMS: KeptQuery[Item] = KeptQuery(
    lambda programme: Item.objects.filter(programme=programme), programme=UUID
)

"""What a session by one tap ticks off: it follows from what was done on its day before it."""

from collections import Counter
from collections.abc import Iterable
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
    items = list(Item.objects.filter(programme=session.programme_id))
    before = _before(session)
    day, starts_on = session.day, session.assignment.starts_on
    done, left_out = times_of(before), what_hurt(before)
    offered = offers(items, done, on=day.on, starts_on=starts_on, left_out=left_out)
    if not offered:  # all of it hurt by then, and was done again: so they say
        offered = offers(items, done, on=day.on, starts_on=starts_on)
    return {item.pk: Went(Tick.Result.DONE) for item in one_tap(offered)}


def settle_later(session: Session) -> None:
    """Tick again what was tapped later on its day: of sessions done without a network the first
    may come last. In the end it is the same in whatever order they come.
    """
    tapped = session.day.sessions.not_undone().filter(is_one_tap=True)
    after = tapped.filter(performed_at__gt=session.performed_at)
    for later in after.order_by("performed_at", "received_at"):
        wanted = ticks_by_one_tap(later)
        later.ticks.exclude(item__in=wanted).delete()
        known = set(later.ticks.values_list("item", flat=True))
        missing = [(item, went) for item, went in wanted.items() if item not in known]
        Tick.objects.bulk_create(
            [Tick(session=later, item_id=item, **went._asdict()) for item, went in missing]
        )


def times_of(sessions: Iterable[Session]) -> Counter[UUID]:
    """How often each item was done, or done in part, in these sessions."""
    return Counter(_done(sessions))


def times_on(day: Day) -> Counter[UUID]:
    """The same for a whole day."""
    return Counter(DONE_ON(day=day.pk))


def what_hurt(sessions: Iterable[Session]) -> set[UUID]:
    """The items that were stopped in these sessions because they hurt."""
    return set(_hurt(sessions))


def what_hurt_on(day: Day) -> set[UUID]:
    """The same for a whole day."""
    return set(HURT_ON(day=day.pk))


def _done(sessions: Iterable[Session]) -> QuerySet[Tick, UUID]:
    return Tick.objects.done().filter(session__in=sessions).values_list("item_id", flat=True)


def _hurt(sessions: Iterable[Session]) -> QuerySet[Tick, UUID]:
    hurt = Tick.objects.filter(session__in=sessions, result=Tick.Result.HURT)
    return hurt.values_list("item_id", flat=True)


def _of(day: UUID) -> QuerySet[Session]:
    return Session.objects.filter(day=day).not_undone()


DONE_ON: KeptQuery[UUID] = KeptQuery(lambda day: _done(_of(day)), day=UUID)
HURT_ON: KeptQuery[UUID] = KeptQuery(lambda day: _hurt(_of(day)), day=UUID)


def _before(session: Session) -> QuerySet[Session]:
    """What its day knew by then: taken back later counts, for the tap was pressed before."""
    at = session.performed_at
    earlier = Q(performed_at__lt=at) | Q(performed_at=at, received_at__lte=session.received_at)
    known = Q(undone_at=None) | Q(undone_at__gt=at)
    of_its_day = Session.objects.filter(day=session.day_id).exclude(pk=session.pk)
    return of_its_day.filter(earlier & known)

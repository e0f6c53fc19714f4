"""Move messages out of the door, each at most once as far as anyone can know.

Runs over any table of ``outbox.models.Message``. No transaction is open while a
mail server is spoken to; one connection is kept for everything that is due.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F

from outbox.carrier import Carrier
from outbox.models import Message, MessageQuerySet, State
from outbox.outcomes import NoAnswer, NotAccepted, Unreachable

logger = logging.getLogger("outbox")

BATCH = 20  # small enough to be sent well within a lease
WAITS = (1, 2, 4, 8, 15)  # minutes

Clock = Callable[[], datetime]


def deliver[M: Message](messages: MessageQuerySet[M], *, clock: Clock) -> int:
    """Send everything that is due; how many were accepted.

    ``clock`` is read again for each row, because sending takes time. While nobody
    can be reached it stops early: the next minute's sweep tries again.
    """
    sweep(messages, now=clock())
    accepted = 0
    with Carrier() as carrier:
        while rows := messages.claim(BATCH, now=clock()):
            try:
                accepted += sum(_send(messages, row, carrier, clock) for row in rows)
            except Unreachable as failure:
                _give_back(messages, rows, failure)
                break
    return accepted


def sweep[M: Message](messages: MessageQuerySet[M], *, now: datetime) -> None:
    """Heal what dead workers left behind, and close what is out of date."""
    dead = messages.dead(now)
    dead.move(State.CLAIMED, State.DUE, lease_until=None)
    doubt(dead, reason="worker_died", now=now)
    messages.overdue(now).move(State.DUE, State.EXPIRED, finished_at=now)


@transaction.atomic
def doubt[M: Message](messages: MessageQuerySet[M], *, reason: str, now: datetime) -> int:
    """Record that handed rows may have arrived; those worth a second copy go out once more."""
    pks = list(messages.filter(state=State.HANDED).values_list("pk", flat=True))
    if not pks:
        return 0
    rows = messages.model._default_manager.filter(pk__in=pks)
    found = rows.move(
        State.HANDED,
        State.UNCERTAIN,
        doubts=F("doubts") + 1,
        reason=reason,
        finished_at=now,
        lease_until=None,
    )
    again = rows.worth_repeating().filter(expires_at__gt=now)
    again.move(State.UNCERTAIN, State.DUE, finished_at=None, handed_at=None)
    rows.filter(state=State.UNCERTAIN).erase()
    logger.warning("no answer", extra={"table": messages.model.__name__, "rows": found})
    return found


def _send[M: Message](messages: MessageQuerySet[M], row: M, carrier: Carrier, clock: Clock) -> bool:
    """Take one claimed row as far as it goes; True if it was accepted."""
    mine = messages.held_by(row)
    email = _write(mine, row, now=clock())
    if email is None:
        return False
    carrier.open()
    if not messages.hand_over(row, now=clock()):
        _let_go(mine, now=clock())
        return False
    try:
        carrier.hand(email)
    except NotAccepted as refusal:
        _refused(messages, row, refusal, now=clock())
        return False
    except NoAnswer as silence:
        doubt(mine, reason=silence.code, now=clock())
        return False
    return _accepted(messages, row, now=clock())


@transaction.atomic
def _accepted[M: Message](messages: MessageQuerySet[M], row: M, *, now: datetime) -> bool:
    mine = messages.held_by(row)
    is_ours = bool(mine.move(State.HANDED, State.SENT, finished_at=now, reason=""))
    if is_ours:
        messages.heard_back(row, None, now=now)
    return is_ours


@transaction.atomic
def _refused[M: Message](
    messages: MessageQuerySet[M], row: M, refusal: NotAccepted, *, now: datetime
) -> None:
    mine = messages.held_by(row)
    if _not_accepted(mine, State.HANDED, refusal, attempt=row.attempt, now=now):
        messages.heard_back(row, refusal, now=now)


def _write[M: Message](mine: MessageQuerySet[M], row: M, *, now: datetime) -> EmailMessage | None:
    """The row's words; a row that cannot be written must not hold up the others."""
    try:
        return row.as_email(now=now)
    except Exception as error:
        logger.error("not written", extra={"row": str(row.pk), "why": type(error).__name__})
        unwritten = NotAccepted("not_written", for_good=False)
        _not_accepted(mine, State.CLAIMED, unwritten, attempt=row.attempt, now=now)
        return None


def _let_go[M: Message](mine: MessageQuerySet[M], *, now: datetime) -> None:
    """Say why a claimed row was not handed over; one whose lease ran out is swept later."""
    mine.filter(expires_at__lte=now).move(State.CLAIMED, State.EXPIRED, finished_at=now)
    if reason := mine.why_unwanted(now):
        mine.move(State.CLAIMED, State.SKIPPED, reason=reason, finished_at=now)


def _not_accepted[M: Message](
    mine: MessageQuerySet[M], before: State, refusal: NotAccepted, *, attempt: int, now: datetime
) -> int:
    """Close a row refused for good; any other is due again after a while. 0: no longer ours."""
    if refusal.for_good:
        return mine.move(before, State.FAILED, reason=refusal.code, finished_at=now)
    again = {"retry_at": now + back_off(attempt), "handed_at": None, "lease_until": None}
    return mine.move(before, State.DUE, reason=refusal.code, **again)


def _give_back[M: Message](
    messages: MessageQuerySet[M], rows: list[M], failure: Unreachable
) -> None:
    """Return the claimed rows that were not tried: the server's absence is not their fault."""
    logger.warning("mail server unreachable", extra={"why": failure.code})
    for row in rows:
        mine = messages.held_by(row)
        mine.move(State.CLAIMED, State.DUE, lease_until=None, reason="unreachable")


def back_off(attempt: int) -> timedelta:
    """How long to wait after the first, second … try. A long outage makes hundreds of tries."""
    return timedelta(minutes=WAITS[min(attempt, len(WAITS)) - 1])

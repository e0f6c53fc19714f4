"""Send messages that are due, each at most once as far as anyone can know.

Runs over any table of ``outbox.models.Message``. A round of messages is stamped, written and
committed, leaves, and what came of it is noted: so a crash leaves at most one round in
doubt. No transaction is open while we talk to a mail server. See docs/adr/0005.
"""

import logging
from collections.abc import Callable, Hashable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from outbox.models import Message, MessageQuerySet, State
from outbox.outcomes import Answer, NoAnswer, NotAccepted, Unreachable
from outbox.transport import EmailTransport, Transport

logger = logging.getLogger("outbox")

BATCH = 128  # small enough to be sent well within a lease
WAITS = (1, 2, 4, 8, 15)  # minutes

type Clock = Callable[[], datetime]
# A row, with those that go along, → the message, as its transport takes it.
type Write[M] = Callable[[M, datetime], Any]


def deliver[M: Message](
    messages: MessageQuerySet[M],
    *,
    write: Write[M],
    clock: Clock,
    transport: Callable[[], Transport] = EmailTransport,
) -> int:
    """Send everything that is due; how many were accepted.

    ``clock`` is read again for each round, because sending takes time. While nobody
    can be reached it stops early: the next minute's sweep tries again.
    """
    sweep(messages, now=clock())
    accepted = 0
    with transport() as opened:
        while rows := messages.claim(BATCH, now=clock()):
            try:
                for part in rounds(messages, rows, size=opened.at_once):
                    accepted += send(messages, part, write=write, transport=opened, clock=clock)
            except Unreachable as failure:
                give_back(messages, rows, failure)
                break
    return accepted


def sweep[M: Message](messages: MessageQuerySet[M], *, now: datetime) -> None:
    """Free rows of workers that died, and close rows whose time has passed."""
    dead = messages.dead(now)
    dead.move(State.CLAIMED, State.DUE, lease_until=None)
    mark_uncertain(dead, reason="worker_died", now=now)
    messages.overdue(now).move(State.DUE, State.EXPIRED, finished_at=now)


def rounds[M: Message](
    messages: MessageQuerySet[M], rows: list[M], *, size: int
) -> Iterator[list[M]]:
    """The rows in their order, up to ``size`` at a time, no two in a round to one recipient."""
    while rows:
        recipients: set[Hashable] = set()
        chosen: list[M] = []
        later: list[M] = []
        for row in rows:
            key = messages.recipient_key(row)
            fits = len(chosen) < size and key not in recipients
            (chosen if fits else later).append(row)
            recipients.add(key)
        yield chosen
        rows = later


def send[M: Message](
    messages: MessageQuerySet[M],
    rows: list[M],
    *,
    write: Write[M],
    transport: Transport,
    clock: Clock,
) -> int:
    """Stamp, write, send and note one round of claimed rows; how many were accepted.

    Raises Unreachable, with the rows still claimed.
    """
    transport.open(len(rows))
    with transaction.atomic(durable=True):
        now = clock()
        going = messages.hand_over(rows, now=now)
        written = {row: message for row in going if (message := _written(row, write, now))}
        for row in going:
            if row not in written:
                unwritten = NotAccepted("not_written", for_good=False)
                put_off(messages, row, unwritten, now=now)
    answers = transport.send(list(written.values()))
    return record_answers(messages, list(zip(written, answers, strict=True)), now=clock())


def _written[M: Message](row: M, write: Write[M], now: datetime) -> Any:
    """The message; None if it cannot be written, which must not hold up the others."""
    try:
        return write(row, now)
    except Exception as error:
        logger.error("not written", extra={"row": str(row.pk), "why": type(error).__name__})
        return None


@transaction.atomic
def record_answers[M: Message](
    messages: MessageQuerySet[M], answered: list[tuple[M, Answer]], *, now: datetime
) -> int:
    """Record what came of a round; how many messages were accepted."""
    accepted = [row for row, answer in answered if answer is None]
    if accepted:
        sent = messages.held_by([each for row in accepted for each in row.whole])
        sent.move(State.HANDED, State.SENT, finished_at=now, reason="")
        messages.on_accepted(accepted)
    for row, answer in answered:
        if isinstance(answer, NoAnswer):
            mark_uncertain(messages.held_by(row.whole), reason=answer.code, now=now)
        elif answer and put_off(messages, row, answer, now=now):
            messages.on_refused(row, answer, now=now)
    return len(accepted)


@transaction.atomic
def mark_uncertain[M: Message](messages: MessageQuerySet[M], *, reason: str, now: datetime) -> int:
    """Record that handed rows may have arrived; those worth a second copy go out once more."""
    pks = list(messages.filter(state=State.HANDED).values_list("pk", flat=True))
    if not pks:
        return 0
    rows = messages.model._default_manager.filter(pk__in=pks)
    closed = {"reason": reason, "finished_at": now, "lease_until": None}
    found = rows.move(State.HANDED, State.UNCERTAIN, doubts=F("doubts") + 1, **closed)
    again = rows.worth_repeating().filter(expires_at__gt=now)
    again.move(State.UNCERTAIN, State.DUE, finished_at=None, handed_at=None)
    rows.filter(state=State.UNCERTAIN).erase()
    logger.warning("no answer", extra={"table": messages.model.__name__, "rows": found})
    return found


def put_off[M: Message](
    messages: MessageQuerySet[M], row: M, refusal: NotAccepted, *, now: datetime
) -> int:
    """Close the rows of a message refused for good; any other is due again after a while.

    How many rows; 0: no longer ours.
    """
    mine = messages.held_by(row.whole)
    if refusal.for_good:
        return mine.move(State.HANDED, State.FAILED, reason=refusal.code, finished_at=now)
    again = {"retry_at": now + back_off(row.attempt), "handed_at": None, "lease_until": None}
    return mine.move(State.HANDED, State.DUE, reason=refusal.code, **again)


def give_back[M: Message](
    messages: MessageQuerySet[M], rows: list[M], failure: Unreachable
) -> None:
    """Return the claimed rows that were not tried: the server's absence is not their fault."""
    logger.warning("mail server unreachable", extra={"why": failure.code})
    mine = messages.held_by(rows)
    mine.move(State.CLAIMED, State.DUE, lease_until=None, reason=failure.reason)


def back_off(attempt: int) -> timedelta:
    """How long to wait after the first, second … try. A long outage makes hundreds of tries."""
    return timedelta(minutes=WAITS[min(attempt, len(WAITS)) - 1])

"""Move messages out of the door, each at most once as far as anyone can know.

Runs over any table of ``outbox.models.Message``. No transaction is open while a
mail server is spoken to; one connection is kept for everything that is due.
"""

import logging
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from outbox import prepared
from outbox.carrier import Carrier, Carrying
from outbox.models import Message, MessageQuerySet, State
from outbox.outcomes import Answer, NoAnswer, NotAccepted, Unreachable
from outbox.prepared import Step

logger = logging.getLogger("outbox")

BATCH = 128  # small enough to be sent well within a lease
WAITS = (1, 2, 4, 8, 15)  # minutes

Clock = Callable[[], datetime]
type Written[M] = tuple[M, Any]  # a row, and its words as its carrier takes them


def deliver[M: Message](
    messages: MessageQuerySet[M], *, clock: Clock, carrier: Callable[[], Carrying] = Carrier
) -> int:
    """Send everything that is due; how many were accepted.

    ``clock`` is read again for each round, because sending takes time. While nobody
    can be reached it stops early: the next minute's sweep tries again.
    """
    sweep(messages, now=clock())
    with carrier() as opened:
        sender = Sender(messages, opened, clock)
        while rows := messages.claim(BATCH, now=clock()):
            try:
                sender.send(rows)
            except Unreachable as failure:
                _give_back(messages, rows, failure)
                break
    return sender.accepted


class Sender[M: Message]:
    """Takes claimed rows as far as they go, a round at a time.

    A round's rows are stamped in one commit and leave at once, each on a connection of
    its own; their answers are noted in the commit that stamps the next round. So a
    crash leaves at most one round in doubt.
    """

    def __init__(self, messages: MessageQuerySet[M], carrier: Carrying, clock: Clock) -> None:
        self.messages, self.carrier, self.clock = messages, carrier, clock
        self.accepted = 0
        self._answered: list[tuple[M, Answer]] = []

    def send(self, rows: list[M]) -> None:
        """Raises Unreachable, with the rows of this round and the later ones still claimed."""
        written = self._write(rows)
        try:
            while written:
                part, written = self._round(written)
                self._carry(part)
        finally:
            with transaction.atomic():
                prepared.run_all(self._note_answers())

    def _write(self, rows: list[M]) -> list[Written[M]]:
        """Each row with its words; one that cannot be written must not hold up the others."""
        self.messages.fetch_for(rows)
        now, written = self.clock(), []
        for row in rows:
            try:
                written.append((row, row.as_email(now=now)))
            except Exception as error:
                logger.error("not written", extra={"row": str(row.pk), "why": type(error).__name__})
                unwritten = NotAccepted("not_written", for_good=False)
                _not_accepted(self.messages, State.CLAIMED, row, unwritten, now=now)
        return written

    def _round(self, written: list[Written[M]]) -> tuple[list[Written[M]], list[Written[M]]]:
        """As many as may be on their way at once, no two of one crowd; and the rest."""
        crowds: set[Hashable] = set()
        chosen: list[Written[M]] = []
        later: list[Written[M]] = []
        for row, words in written:
            crowd = self.messages.crowd_of(row)
            fits = len(chosen) < self.carrier.at_once and crowd not in crowds
            (chosen if fits else later).append((row, words))
            crowds.add(crowd)
        return chosen, later

    def _carry(self, part: list[Written[M]]) -> None:
        self.carrier.open(len(part))
        now, rows = self.clock(), [row for row, _words in part]
        with transaction.atomic(durable=True):
            noted = self._note_answers()
            going = self.messages.hand_over_all(rows, now=now, along=noted)
        if len(going) < len(rows):
            mine = self.messages.held_by(*rows).filter(expires_at__lte=now)
            mine.move(State.CLAIMED, State.EXPIRED, finished_at=now)
        words = dict(part)
        answers = self.carrier.hand([words[row] for row in going])
        self._answered = list(zip(going, answers, strict=True))

    def _note_answers(self) -> list[Step]:
        """Record what came of the last round; the statements that are still to be run for it."""
        answered, self._answered = self._answered, []
        now = self.clock()
        for row, answer in answered:
            if isinstance(answer, NotAccepted):
                if _not_accepted(self.messages, State.HANDED, row, answer, now=now):
                    self.messages.heard_back(row, answer, now=now)
            elif isinstance(answer, NoAnswer):
                doubt(self.messages.held_by(row), reason=answer.code, now=now)
        accepted = [row for row, answer in answered if answer is None]
        self.accepted += len(accepted)
        return self.messages.note_sent(accepted, now=now) if accepted else []


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


def _not_accepted[M: Message](
    messages: MessageQuerySet[M], before: State, row: M, refusal: NotAccepted, *, now: datetime
) -> int:
    """Close a row refused for good; any other is due again after a while. 0: no longer ours."""
    mine = messages.held_by(row)
    if refusal.for_good:
        return mine.move(before, State.FAILED, reason=refusal.code, finished_at=now)
    again = {"retry_at": now + back_off(row.attempt), "handed_at": None, "lease_until": None}
    return mine.move(before, State.DUE, reason=refusal.code, **again)


def _give_back[M: Message](
    messages: MessageQuerySet[M], rows: list[M], failure: Unreachable
) -> None:
    """Return the claimed rows that were not tried: the server's absence is not their fault."""
    logger.warning("mail server unreachable", extra={"why": failure.code})
    mine = messages.held_by(*rows)
    mine.move(State.CLAIMED, State.DUE, lease_until=None, reason="unreachable")


def back_off(attempt: int) -> timedelta:
    """How long to wait after the first, second … try. A long outage makes hundreds of tries."""
    return timedelta(minutes=WAITS[min(attempt, len(WAITS)) - 1])

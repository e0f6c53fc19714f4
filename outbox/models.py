"""One message that must leave once: plan, lock and record in a single row.

    due → claimed(lease, attempt) → handed(handed_at) → sent | failed | uncertain
    claimed → skipped(reason) | expired | due
    handed → due, when the other side certainly did not take it

See docs/adr/0005. The tables that inherit this are ``accounts.Letter`` and
``reminders.Reminder``; the verbs that move a row are in ``outbox/delivery.py``.
"""

import uuid
from collections.abc import Hashable, Sequence
from datetime import datetime, timedelta
from functools import cache, reduce
from operator import attrgetter, or_
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, models, transaction
from django.db.models import F, Q, Value
from django.db.models.base import ModelState
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from outbox import prepared
from outbox.email import Email, Written, compose, date_header
from outbox.outcomes import NotAccepted
from outbox.prepared import Step

# How long a claimed or handed row belongs to its worker before it counts as dead.
LEASE = timedelta(minutes=5)


class State(models.TextChoices):
    DUE = "due", _("waiting")
    CLAIMED = "claimed", _("being prepared")
    HANDED = "handed", _("being handed over")
    SENT = "sent", _("sent")
    FAILED = "failed", _("refused")
    UNCERTAIN = "uncertain", _("may have arrived")
    SKIPPED = "skipped", _("kept back")
    EXPIRED = "expired", _("too late")


HELD = (State.CLAIMED, State.HANDED)
OPEN = (State.DUE, State.CLAIMED, State.HANDED)

# Every step a row may take. ``move`` refuses any other.
LEGAL: dict[State, frozenset[State]] = {
    State.DUE: frozenset({State.CLAIMED, State.EXPIRED}),
    State.CLAIMED: frozenset({State.HANDED, State.SKIPPED, State.EXPIRED, State.FAILED, State.DUE}),
    State.HANDED: frozenset({State.SENT, State.FAILED, State.UNCERTAIN, State.DUE}),
    State.UNCERTAIN: frozenset({State.DUE}),  # only where a second copy does less harm than none
}


# The step due → claimed, which also brings the rows. The inner query runs once, as an array.
CLAIM = """
UPDATE {table} SET state = 'claimed', attempt = attempt + 1, lease_until = %s, retry_at = NULL
WHERE id = ANY (ARRAY({found})) RETURNING {columns}
"""


# The steps claimed → handed and claimed → skipped: the rules of silence are asked, and what
# they say is stamped, in one statement. Its commit waits for the disk even on a server that is
# told not to: a stamp lost in a crash would send the message twice.
#
# OFFSET 0: judged once for each row, not wherever ``silence`` stands.
#
# Rows are looked up by their keys. Compared as plain text, ``state`` would be answered by the
# index of what is held, and that means a look at what every other worker holds, too.
HAND_OVER = """
WITH kept AS (
    SELECT set_config('synchronous_commit', CASE level WHEN 'off' THEN 'on' ELSE level END, true)
    FROM current_setting('synchronous_commit') level
)
UPDATE {table} message SET reason = silence, lease_until = %s,
    state = CASE silence WHEN '' THEN 'handed' ELSE 'skipped' END,
    handed_at = CASE silence WHEN '' THEN %s::timestamptz END,
    finished_at = CASE silence WHEN '' THEN NULL ELSE %s::timestamptz END{erased}
FROM kept, unnest(%s::uuid[], %s::int[]) AS mine (id, attempt)
    CROSS JOIN LATERAL ({rules} OFFSET 0) AS judged (silence)
WHERE message.id = mine.id AND message.attempt = mine.attempt AND message.state || '' = 'claimed'
    AND message.lease_until > %s AND message.expires_at > %s
RETURNING message.id, message.state
"""
ERASED_IF_SKIPPED = ", {name} = CASE silence WHEN '' THEN {name} ELSE '' END"


# The step handed → sent, for all of a round that were accepted.
SENT = """
UPDATE {table} message SET state = 'sent', finished_at = %s, reason = ''{erased}
FROM unnest(%s::uuid[], %s::int[]) AS mine (id, attempt)
WHERE message.id = mine.id AND message.attempt = mine.attempt AND message.state || '' = 'handed'
"""


class IllegalMove(Exception):
    """A step that the machine does not know."""


class MessageQuerySet[M: "Message"](models.QuerySet[M]):
    """The vocabulary of the machine, over any table of messages."""

    def due(self, now: datetime) -> Self:
        """Rows to be sent at this moment, back-off respected."""
        return self.filter(
            Q(retry_at=None) | Q(retry_at__lte=now), state=State.DUE, due_at__lte=now
        )

    def overdue(self, now: datetime) -> Self:
        """Rows still waiting although their time has passed."""
        return self.filter(state=State.DUE, expires_at__lte=now)

    def dead(self, now: datetime) -> Self:
        """Rows whose worker has not been heard of since its lease ran out."""
        return self.filter(lease_until__lte=now)

    def held_by(self, *rows: "Message") -> Self:
        """The rows that are still in the hands of the worker that claimed them so."""
        tries = sorted({row.attempt for row in rows})
        same_try = ([row.pk for row in rows if row.attempt == attempt] for attempt in tries)
        holds = (
            Q(attempt=attempt, pk__in=pks) for attempt, pks in zip(tries, same_try, strict=True)
        )
        return self.filter(reduce(or_, holds, Q(pk__in=[])))

    def with_silence(self, now: datetime) -> Self:
        """Add ``silence``: a short code of what has made a row needless; "" if nothing has."""
        return self.annotate(silence=Value(""))

    def fetch_for(self, rows: list[M]) -> None:
        """Put what ``as_email`` needs into the rows: one look for all instead of one each."""

    def crowd_of(self, row: M) -> Hashable:
        """Of rows with the same answer only one may be handed over at a time."""
        return row.pk

    def locks_around(self, rows: list[M]) -> list[Step]:
        """Hold what the rules look at, where two rows could otherwise pass at once."""
        return []

    def heard_back(self, row: M, refusal: NotAccepted, *, now: datetime) -> None:
        """The other side has refused it, or put it off.

        Called once for each such answer, in the transaction that moves the row, so that
        what a table makes of it is neither lost nor done twice.
        """

    def heard_yes(self, rows: list[M]) -> list[Step]:
        """What a table makes of messages that were accepted, to be done in the same way."""
        return []

    def worth_repeating(self) -> Self:
        """Doubtful rows of which a second copy does less harm than none."""
        return self.none()

    def move(self, before: State, after: State, **changes: Any) -> int:
        """Take the rows in state ``before`` to ``after``; how many there were.

        One UPDATE, so that of several workers only one moves a row. Raises
        IllegalMove for a step that is not in LEGAL.
        """
        if after not in LEGAL.get(before, frozenset()):
            raise IllegalMove(f"{before} → {after}")
        if after in self.model.LAST_STATES:
            changes = {**self.model.ERASED_AT_THE_END, **changes}
        return self.filter(state=before).update(state=after, **changes)

    def erase(self) -> int:
        """Wipe what must not outlive the message."""
        erased = self.model.ERASED_AT_THE_END
        return self.update(**erased) if erased else 0

    def claim(self, size: int, *, now: datetime) -> list[M]:
        """Take up to ``size`` due rows for this worker and commit; another gets others."""
        free = self.due(now).filter(expires_at__gt=now).order_by("due_at").values("pk")[:size]
        locked = free.select_for_update(skip_locked=True, of=("self",))
        with transaction.atomic(durable=True):
            found, given = locked.query.sql_with_params()
            table = connection.ops.quote_name(self.model._meta.db_table)
            names = self.model.claimed_columns()
            claim = CLAIM.format(table=table, found=found, columns=quoted(names))
            claimed = prepared.run(claim, [now + LEASE, *given])
        rows = [self._stored(dict(zip(names, values, strict=True))) for values in claimed]
        return sorted(rows, key=attrgetter("due_at"))

    def _stored(self, columns: dict[str, Any]) -> M:
        """A row as the database holds it. Django's own ``from_db`` takes as long as the claim."""
        row = self.model.__new__(self.model)
        row._state = ModelState()
        row._state.adding, row._state.db = False, self.db
        row.__dict__.update(columns)
        return row

    def hand_over(self, row: M, *, now: datetime) -> bool:
        """``hand_over_all`` for one row: whether it may go."""
        with transaction.atomic(durable=True):
            return bool(self.hand_over_all([row], now=now))

    def hand_over_all(self, rows: list[M], *, now: datetime, along: Sequence[Step] = ()) -> list[M]:
        """Stamp claimed rows just before their DATA; those that may go, once this is committed.

        The rules of silence are asked in the same statement, and what they keep back is
        skipped with its reason. Those that go must leave at the same moment, and no two of
        them in one crowd. ``along`` is what else has to be done, on the same trip.
        """
        sql, rules = hand_over_of(self.model)
        mine = [[row.pk for row in rows], [row.attempt for row in rows]]
        moments = [now + LEASE, now, now, *mine, *prepared.moved_to(now, rules), now, now]
        steps = [*along, *self.locks_around(rows), (sql, moments)]
        *_others, stamped = prepared.run_all(steps)
        handed = {pk for pk, state in stamped if state == State.HANDED}
        return [row for row in rows if row.pk in handed]

    def note_sent(self, rows: list[M], *, now: datetime) -> list[Step]:
        """What there is to do for rows that were accepted, with all that follows from it."""
        table = connection.ops.quote_name(self.model._meta.db_table)
        erased = "".join(f", {name} = ''" for name in self.model.ERASED_AT_THE_END)
        mine = [[row.pk for row in rows], [row.attempt for row in rows]]
        return [(SENT.format(table=table, erased=erased), [now, *mine]), *self.heard_yes(rows)]


def quoted(names: list[str]) -> str:
    return ", ".join(map(connection.ops.quote_name, names))


@cache
def hand_over_of(model: type["Message"]) -> tuple[str, tuple[Any, ...]]:
    """The statement that hands over a table's rows, worded once, with its rules' parameters."""
    this = model._default_manager.filter(pk=RawSQL("mine.id", ()))
    rules, parameters = prepared.worded(this.with_silence(prepared.SOME_MOMENT).values("silence"))
    table = connection.ops.quote_name(model._meta.db_table)
    erased = "".join(ERASED_IF_SKIPPED.format(name=name) for name in model.ERASED_AT_THE_END)
    return HAND_OVER.format(table=table, rules=rules, erased=erased), parameters


class Message(models.Model):
    """The columns that the delivery machine needs, whatever the message says."""

    # States in which nothing more happens to the row, and what is wiped on reaching one.
    LAST_STATES = (State.SENT, State.FAILED, State.SKIPPED, State.EXPIRED)
    ERASED_AT_THE_END: dict[str, Any] = {}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=9, choices=State, default=State.DUE)
    # Not before, and no later than: a message out of date is worse than none.
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField(default=0)
    # After a "try later": not before this.
    retry_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # How often it was handed over without an answer: each may have arrived.
    doubts = models.PositiveSmallIntegerField(default=0)
    # A short code, never a person's words: why it was skipped, refused or delayed.
    reason = models.CharField(max_length=40, blank=True)

    # Of no use to whoever sends the row: a claim leaves them out, and they are fetched if asked.
    NOT_CLAIMED = ("state", "retry_at", "lease_until", "handed_at", "finished_at")
    NOT_CLAIMED += ("expires_at", "doubts", "reason")

    objects = MessageQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gte=F("due_at")), name="%(class)s_expires_after_due"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=HELD) | Q(lease_until__isnull=False),
                name="%(class)s_held_has_a_lease",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.HANDED, State.SENT, State.UNCERTAIN])
                | Q(handed_at__isnull=False),
                name="%(class)s_handed_is_stamped",
            ),
        ]

    @classmethod
    def claimed_columns(cls) -> list[str]:
        """What a claim brings of each row."""
        fields = cls._meta.concrete_fields
        return [field.attname for field in fields if field.attname not in cls.NOT_CLAIMED]

    @property
    def message_id(self) -> str:
        """Stable for the row's life, so that a second copy can be recognised as one."""
        return f"<{self.pk}@{settings.MESSAGE_ID_DOMAIN}>"

    def as_email(self, *, now: datetime) -> EmailMultiAlternatives | Written:
        """The whole message, ready to be sent; each table knows its own words."""
        raise NotImplementedError

    def compose(
        self, to: str, subject: str, text: str, html: str, *, now: datetime, **headers: str
    ) -> Email:
        """Words in two forms, under the headers that every message of ours carries."""
        parts = {"message_id": self.message_id, "date": date_header(now), **headers}
        return compose(to, subject, text, html, **parts)

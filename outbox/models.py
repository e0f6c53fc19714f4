"""One message that must leave once: plan, lock and record in a single row.

    due → claimed(lease, attempt) → handed(handed_at) → sent | failed | uncertain
    claimed → skipped(reason) | expired | failed | due
    handed → due, when the other side certainly did not take it

See docs/adr/0005. The tables that inherit this are ``accounts.Letter`` and
``reminders.Reminder``; ``outbox/delivery.py`` takes their rows from step to step.
"""

import uuid
from collections.abc import Hashable, Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from outbox.outcomes import NotAccepted
from outbox.transport import Email, address_of

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

# Every step a row may take; None is before there is a row.
LEGAL: dict[State | None, frozenset[State]] = {
    None: frozenset({State.DUE, State.EXPIRED}),
    State.DUE: frozenset({State.CLAIMED, State.EXPIRED}),
    State.CLAIMED: frozenset({State.HANDED, State.SKIPPED, State.EXPIRED, State.FAILED, State.DUE}),
    State.HANDED: frozenset({State.SENT, State.FAILED, State.UNCERTAIN, State.DUE}),
    State.UNCERTAIN: frozenset({State.DUE}),  # only where a second copy does less harm than none
}


class IllegalMove(Exception):
    """A step that is not in LEGAL."""


def step(before: State | None, after: State) -> State:
    """The state after a legal step. Raises IllegalMove for any other."""
    if after not in LEGAL.get(before, frozenset()):
        raise IllegalMove(f"{before} → {after}")
    return after


class MessageQuerySet[M: "Message"](models.QuerySet[M]):
    """The steps of a row, over any table of messages; and what a table may say about its own."""

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

    def held_by(self, rows: Sequence[M]) -> Self:
        """Of these rows those that are still held by the worker that claimed them so."""
        keys: dict[int, list[uuid.UUID]] = {}
        for row in rows:
            keys.setdefault(row.attempt, []).append(row.pk)
        same_try = (Q(attempt=attempt, pk__in=pks) for attempt, pks in keys.items())
        return self.filter(reduce(or_, same_try, Q(pk__in=[])))

    # --- what a table says about its messages ---

    def with_silence(self, now: datetime) -> Self:
        """Add ``silence``: a short code of what has made a row needless; "" if nothing has."""
        return self.annotate(silence=Value(""))

    def recipient_key(self, row: M) -> Hashable:
        """Only one row with the same key may be handed over at a time."""
        return row.pk

    def lock_recipients(self, rows: Sequence[M]) -> None:
        """Make other workers wait until this transaction ends, if they have the same recipients."""

    def claim_along(self, rows: Sequence[M], *, now: datetime) -> list[M]:
        """What else is due to the recipients of ``rows``, whoever has claimed it: it is ours now.

        Called with the recipients locked. It leaves in one message with what is theirs of ``rows``.
        """
        return []

    def wait(self, *, now: datetime) -> None:
        """Of judged rows put off those whose silence only asks them to leave a little later."""

    def on_accepted(self, rows: Sequence[M]) -> None:
        """The other side has taken these. Called in the transaction that notes it."""

    def on_refused(self, row: M, refusal: NotAccepted, *, now: datetime) -> None:
        """The other side has refused it, or put it off.

        Called once for each such answer, in the transaction that moves the row, so that
        what a table makes of it is neither lost nor done twice.
        """

    def worth_repeating(self) -> Self:
        """Doubtful rows of which a second copy does less harm than none."""
        return self.none()

    # --- the steps ---

    def move(self, before: State, after: State, **changes: Any) -> int:
        """Take the rows in state ``before`` to ``after``; how many there were.

        One UPDATE, so that of several workers only one moves a row.
        """
        changes["state"] = step(before, after)
        if after in self.model.LAST_STATES:
            changes = {**self.model.ERASED_AT_THE_END, **changes}
        return self.filter(state=before).update(**changes)

    def erase(self) -> int:
        """Wipe what must not outlive the message."""
        erased = self.model.ERASED_AT_THE_END
        return self.update(**erased) if erased else 0

    def claim(self, size: int, *, now: datetime) -> list[M]:
        """Take up to ``size`` due rows for this worker and commit; another gets others."""
        free = self.due(now).filter(expires_at__gt=now).order_by("due_at")
        with transaction.atomic(durable=True):
            locked = free.select_for_update(skip_locked=True, of=("self",))
            keys = list(locked.values_list("pk", flat=True)[:size])
            if not keys:
                return []
            mine = self.filter(pk__in=keys)
            changes = {"attempt": F("attempt") + 1, "lease_until": now + LEASE, "retry_at": None}
            mine.move(State.DUE, State.CLAIMED, **changes)
            return list(mine.order_by("due_at"))

    def hand_over(self, rows: Sequence[M], *, now: datetime) -> list[M]:
        """Stamp claimed rows just before they leave; those that may, once this is committed.

        The rules of silence are asked in the statement that stamps. What they keep back waits, or
        is skipped with its reason. No two of the rows have the same recipient: what goes to one
        in the same message comes as one row, with the others in its ``along``.
        """
        with transaction.atomic(savepoint=False):
            survive_crashes()
            self.lock_recipients(rows)
            taken = [*rows, *self.claim_along(rows, now=now)]
            claimed = self.held_by(taken).filter(state=State.CLAIMED)
            ends = ("pk", "expires_at", "lease_until")
            locked = claimed.order_by("pk").select_for_update().values_list(*ends)
            in_time = [pk for pk, *ends in locked if min(ends) > now]
            judged = self.filter(pk__in=in_time).with_silence(now)
            stamp = {"handed_at": now, "lease_until": now + LEASE, **self.model.NEW_AT_EACH_TRY}
            handed = judged.filter(silence="").move(State.CLAIMED, State.HANDED, **stamp)
            if handed == len(taken):
                return self.together(taken)
            judged.wait(now=now)
            skipped = judged.exclude(silence="")
            skipped.move(State.CLAIMED, State.SKIPPED, reason=F("silence"), finished_at=now)
            late = claimed.filter(expires_at__lte=now)
            late.move(State.CLAIMED, State.EXPIRED, finished_at=now)
            handed_now = self.filter(pk__in=in_time, state=State.HANDED)
            going = set(handed_now.values_list("pk", flat=True))
            return self.together([row for row in taken if row.pk in going])

    def together(self, rows: Sequence[M]) -> list[M]:
        """One row for each recipient, with the others that leave in its message in ``along``."""
        groups: dict[Hashable, list[M]] = {}
        for row in rows:
            groups.setdefault(self.recipient_key(row), []).append(row)
        for first, *others in groups.values():
            first.along = others
        return [group[0] for group in groups.values()]


def survive_crashes() -> None:
    """Have this transaction's commit wait for the disk, even on a server that is told not to.

    A stamp that is lost in a crash of the database would send the message twice.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('synchronous_commit', 'on', true)"
            " WHERE current_setting('synchronous_commit') = 'off'"
        )


class Message(models.Model):
    """The columns that the steps need, whatever the message says."""

    # States in which nothing more happens to the row, and what is wiped on reaching one.
    LAST_STATES: ClassVar = (State.SENT, State.FAILED, State.SKIPPED, State.EXPIRED)
    ERASED_AT_THE_END: ClassVar[dict[str, Any]] = {}
    NEW_AT_EACH_TRY: ClassVar[dict[str, Any]] = {}

    along: Sequence[Any] = ()  # the rows that leave in this one's message: see ``hand_over``

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

    @property
    def whole(self) -> list[Any]:
        """This row and those that leave with it."""
        return [self, *self.along]

    @property
    def message_id(self) -> str:
        """Stable for the row's life, so that a second copy can be recognised as one."""
        return f"<{self.pk}@{settings.MESSAGE_ID_DOMAIN}>"

    def compose(
        self,
        *,
        to: str,
        subject: str,
        text: str,
        html: str,
        now: datetime,
        sender: str = "",
        **headers: str,
    ) -> Email:
        """Words in two forms, under the headers that every message of ours carries.

        ``sender`` is the name before our address; "" for our own.
        """
        standard = {
            "Message-ID": self.message_id,
            "Date": format_datetime(now),
            "Auto-Submitted": "auto-generated",
        }
        own = address_of(sender)
        email = Email(subject, text, own, to=[to], headers={**standard, **headers})
        email.attach_alternative(html, "text/html")
        return email

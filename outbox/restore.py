"""After the database came back from a backup: what was due then may have left already."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from outbox.models import Message, MessageQuerySet, State

REASON = "restored"


class GivenUp(NamedTuple):
    """How many rows were closed unsent, and how many were just being handed over."""

    expired: int
    uncertain: int


@transaction.atomic
def give_up[M: Message](messages: MessageQuerySet[M], *, until: datetime, now: datetime) -> GivenUp:
    """Close every open row that was due at ``until`` or before; none of them is sent.

    No second copy either, not even of what would be worth one: the backup knows less
    of what was sent than its readers do. Doing it again finds nothing.
    """
    due = messages.filter(due_at__lte=until)
    closed = {"reason": REASON, "finished_at": now, "lease_until": None}
    handed = list(due.filter(state=State.HANDED).values_list("pk", flat=True))
    doubtful = messages.model._default_manager.filter(pk__in=handed)
    uncertain = doubtful.move(State.HANDED, State.UNCERTAIN, doubts=F("doubts") + 1, **closed)
    doubtful.erase()
    expired = due.move(State.DUE, State.EXPIRED, **closed)
    expired += due.move(State.CLAIMED, State.EXPIRED, **closed)
    return GivenUp(expired, uncertain)

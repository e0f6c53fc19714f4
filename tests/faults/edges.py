"""Where a worker can die: the product's own verbs, wrapped in the processes of this suite only.

PLANNING and PLANNED lie in a tick, before and after its commit; the others on a
message's way from the claim to the note that it was sent.
"""

import smtplib
from collections.abc import Callable
from functools import wraps
from typing import Any

from tests.faults.moment import Moment
from tests.faults.tickets import Tickets

PLANNING = "rows planned, not committed"
PLANNED = "planned, no task published"
CLAIMED = "claimed"
STAMPING = "stamped, not committed"
HANDED = "stamped, before DATA"
HALF = "in the middle of DATA"
DOT = "after the final dot"
ANSWERED = "after 250"
NOTING = "sent noted, not committed"
EDGES = [PLANNING, PLANNED, CLAIMED, STAMPING, HANDED, HALF, DOT, ANSWERED, NOTING]

EACH_MESSAGE = 8  # passes of HALF and DOT among which the last one is drawn
FINAL_DOT = b"\r\n.\r\n"


class Mortal:
    """Knows how many messages this process has in hand, and asks at each edge whether to die."""

    def __init__(self, tickets: Tickets) -> None:
        self.tickets = tickets
        self.in_hand = 0

    def at(self, edge: str, *, one_of: int = 1) -> None:
        if ticket := self.tickets.is_up(edge, one_of=one_of):
            self.tickets.die(ticket, in_hand=self.in_hand)

    def wrap(self, owner: Any, name: str, *, before: str = "", after: str = "") -> None:
        """Edges before and after a function or method."""
        original = getattr(owner, name)

        @wraps(original)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            if before:
                self.at(before)
            found = original(*args, **kwargs)
            if after:
                self.at(after)
            return found

        setattr(owner, name, wrapped)


def arm(mortal: Mortal) -> None:
    """Make this process mortal. After Django's setup."""
    from outbox.models import MessageQuerySet
    from outbox.transport import EmailTransport
    from reminders import planning, services

    mortal.wrap(planning, "plan", after=PLANNING)
    mortal.wrap(services, "tick", after=PLANNED)
    mortal.wrap(MessageQuerySet, "claim", after=CLAIMED)
    mortal.wrap(MessageQuerySet, "hand_over", after=STAMPING)
    MessageQuerySet.move = noting(mortal, MessageQuerySet.move)
    EmailTransport.send = carrying(mortal, EmailTransport.send)
    smtplib.SMTP.send = writing(mortal, smtplib.SMTP.send)
    smtplib.SMTP.getreply = listening(mortal, smtplib.SMTP.getreply)


def noting(mortal: Mortal, move: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(self: Any, before: str, after: str, **changes: Any) -> int:
        found: int = move(self, before, after, **changes)
        if after == "sent":
            mortal.at(NOTING)
        return found

    return wrapped


def carrying(mortal: Mortal, send: Callable[..., Any]) -> Callable[..., Any]:
    """The round is stamped for good when this begins."""

    def wrapped(self: Any, messages: Any) -> Any:
        mortal.in_hand = len(messages)
        mortal.at(HANDED)
        answers = send(self, messages)
        mortal.at(ANSWERED)
        return answers

    return wrapped


def writing(mortal: Mortal, send: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(self: Any, content: Any) -> None:
        is_message = content.endswith(FINAL_DOT if isinstance(content, bytes) else "\r\n.\r\n")
        if is_message and (ticket := mortal.tickets.is_up(HALF, one_of=EACH_MESSAGE)):
            send(self, content[: len(content) // 2])
            mortal.tickets.die(ticket, in_hand=mortal.in_hand)
        self.has_written_a_message = is_message
        send(self, content)

    return wrapped


def listening(mortal: Mortal, getreply: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(self: Any) -> Any:
        if getattr(self, "has_written_a_message", False):
            mortal.at(DOT, one_of=EACH_MESSAGE)
        return getreply(self)

    return wrapped


def hold_the_clock(moment: Moment, mortal: Mortal) -> None:
    """The shared clock tells the time, and stands still while a task of ours works."""
    import clock
    from outbox import delivery
    from reminders import services

    clock.now = moment.now
    services.tick = ticking(moment, services.tick)
    delivery.deliver = delivering(moment, mortal, delivery.deliver)


def ticking(moment: Moment, tick: Callable[..., int]) -> Callable[..., int]:
    """Its moment is read anew: the task's own may be older than the lock."""

    def wrapped(**_: Any) -> int:
        with moment.working():
            return tick(now=moment.now())

    return wrapped


def delivering(moment: Moment, mortal: Mortal, deliver: Callable[..., int]) -> Callable[..., int]:
    def wrapped(*args: Any, **kwargs: Any) -> int:
        mortal.in_hand = 0
        with moment.working():
            begun = moment.now()
            accepted = deliver(*args, **kwargs)
            mortal.in_hand = 0
            moment.look_ends(begun=begun)
        return accepted

    return wrapped

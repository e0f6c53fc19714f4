"""What carries messages: kept connections to a mail server, or to a provider's API."""

from collections.abc import Generator, Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Protocol, Self

from django.core import mail
from django.core.mail import EmailMessage

from outbox.email import Written
from outbox.outcomes import Answer, NoAnswer, NotAccepted, Unreachable

TRY_LATER = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)

# One message's way, stopped wherever the other side has to think; returns its answer.
Talk = Generator[None, None, Answer]


class Carrying(Protocol):
    """What delivery asks of whatever carries a channel's messages. Used in ``with``."""

    at_once: int  # how many messages may be on their way at the same moment

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def open(self, number: int) -> None:
        """Be ready to carry so many. Raises Unreachable; no message is concerned by it."""

    def hand(self, messages: Sequence[Any]) -> list[Answer]:
        """Hand them all over; what came of each."""


class Carrier:
    """Mail. Connections are opened when first needed, kept, and opened anew after a failure.

    Our own SMTP backend has several messages on their way at once, each on a connection
    of its own. Any other backend takes one after another.
    """

    def __init__(self) -> None:
        self._hands = [mail.mailers.default]
        self.at_once: int = getattr(self._hands[0], "connections", 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            close(hand)

    def open(self, number: int) -> None:
        while len(self._hands) < number:
            self._hands.append(mail.mailers.default)
        for hand in self._hands[:number]:
            try:
                hand.open()
            except OSError as error:  # smtplib's errors are among them
                close(hand)
                raise Unreachable(type(error).__name__) from error

    def hand(self, messages: Sequence[EmailMessage | Written]) -> list[Answer]:
        """Say to everyone what can be said, then listen to each in turn: nobody waits alone."""
        talks = [talk(hand, email) for hand, email in zip(self._hands, messages, strict=False)]
        answers: dict[int, Answer] = {}
        while len(answers) < len(talks):
            for number, one in enumerate(talks):
                if number not in answers:
                    try:
                        next(one)
                    except StopIteration as end:
                        answers[number] = end.value
        return [answers[number] for number in range(len(talks))]


def talk(hand: Any, email: EmailMessage | Written) -> Talk:
    """The backend's own way of talking, or all in one go."""
    if hasattr(hand, "talk"):
        answer: Answer = yield from hand.talk(email)
        return answer
    try:
        accepted = hand.send_messages([email.whole() if isinstance(email, Written) else email])
    except Exception as error:
        close(hand)
        return meaning_of(error)
    return None if accepted else NotAccepted("not_taken", for_good=False)


def close(hand: Any) -> None:
    with suppress(OSError):
        hand.close()


def meaning_of(error: Exception) -> NotAccepted | NoAnswer:
    """What a provider's error means: an HTTP refusal is a refusal, all else is doubt."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and HTTPStatus.BAD_REQUEST <= status < 500:
        return NotAccepted(str(status), for_good=status not in TRY_LATER)
    return NoAnswer()

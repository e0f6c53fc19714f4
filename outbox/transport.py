"""How messages leave: Django's mailer, several kept connections at once, a thread for each.

SMTP takes a message in at its final dot, so a connection that breaks before it has
delivered nothing, and one that breaks after it may have. Django raises the same
error for both, so our backend notes when the dot was written.
"""

import logging
import smtplib
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from email import message
from email.header import Header
from email.headerregistry import Address, HeaderRegistry
from email.policy import EmailPolicy, Policy
from email.utils import parseaddr
from functools import cache, lru_cache
from typing import Any, Protocol, Self

from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends import smtp
from django.core.mail.backends.base import BaseEmailBackend

from outbox.outcomes import Answer, NoAnswer, NotAccepted, of_connecting, of_provider, of_smtp

logger = logging.getLogger("outbox")

# Messages on their way at once, each on a connection of its own: a mail server takes
# longer to store one than to receive it. ``connections`` in EMAIL_URL's query sets another number.
CONNECTIONS = 16

PRODUCT = "Homestretch"

LONGEST_LINE = 998  # bytes, as SMTP allows
LONGEST_ENCODED_LINE = 76  # characters of a header, as RFC 2047 allows


class Transport(Protocol):
    """What delivery asks of whatever takes a channel's messages away. Used in ``with``."""

    at_once: int  # how many messages may be on their way at the same moment

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def open(self, number: int) -> None:
        """Be ready to send so many. Raises Unreachable; no message is concerned by it."""

    def send(self, messages: Sequence[Any]) -> list[Answer]:
        """Send them all; what came of each."""


class Headers(HeaderRegistry):
    """Reads a header that many messages share once: Python takes long for it."""

    __getitem__ = cache(HeaderRegistry.__getitem__)
    __call__ = lru_cache(maxsize=64)(HeaderRegistry.__call__)


class UnfoldedPolicy(EmailPolicy):
    """Keeps plain headers in one line, and folds those with letters that must be encoded.

    By the older of Python's two ways: the newer one adds spaces to some long names.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        match name, getattr(value, "addresses", ()):
            case _ if value.isascii() and len(name) + len(value) <= LONGEST_LINE - 2:
                return f"{name}: {value}\r\n".encode("ascii")
            case "Subject", _:
                folded = _encoded(name, value)
            case _, [Address(display_name=words, addr_spec=mailbox)] if mailbox.isascii():
                folded = f"{_encoded(name, words)}\r\n <{mailbox}>"
            case _:
                return super().fold_binary(name, value)
        return f"{name}: {folded}\r\n".encode("ascii")


def _encoded(header: str, words: str) -> str:
    """As encoded words of 75 characters at most, each in a line of its own."""
    value = Header(str(words), "utf-8", maxlinelen=LONGEST_ENCODED_LINE, header_name=header)
    return value.encode(linesep="\r\n")


UNFOLDED = UnfoldedPolicy(linesep="\r\n", max_line_length=LONGEST_LINE, header_factory=Headers())


class Email(EmailMultiAlternatives):
    """Keeps each plain line as it is, as long as SMTP can carry it.

    Folded at 78 characters, as Python does by itself, a header that is one long
    link is written as an encoded word, which no mail program reads as a link:
    List-Unsubscribe would be lost.
    """

    def message(self, *, policy: "Policy[Any] | None" = None) -> message.EmailMessage:
        return super().message(policy=UNFOLDED)


class EmailTransport:
    """Mail. Connections are opened when first needed, kept, and replaced after a failure."""

    def __init__(self) -> None:
        self._connections: list[BaseEmailBackend] = [mail.mailers.default]
        # Any backend but our own takes one message after another.
        self.at_once: int = getattr(self._connections[0], "connections", 1)
        self._threads = ThreadPoolExecutor(self.at_once)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown()
        for connection in self._connections:
            close(connection)

    def open(self, number: int) -> None:
        while len(self._connections) < number:
            self._connections.append(mail.mailers.default)
        for connection in self._connections[:number]:
            try:
                connection.open()
            except OSError as error:
                close(connection)
                raise of_connecting(error) from error

    def send(self, messages: Sequence[EmailMessage]) -> list[Answer]:
        answers = list(self._threads.map(send, self._connections, messages))
        say_who_refuses_us(answers)
        return answers


def say_who_refuses_us(answers: Sequence[Answer]) -> None:
    """One line for each code: this is for whoever looks after the machine to put right."""
    refusals = (a.code for a in answers if isinstance(a, NotAccepted) and a.of_sender)
    for code, number in Counter(refusals).items():
        logger.error("mail server refuses our sender", extra={"why": code, "rows": number})


def send(connection: BaseEmailBackend, email: EmailMessage) -> Answer:
    """Send one message, and say what came of it."""
    try:
        accepted = connection.send_messages([email])
    except (NotAccepted, NoAnswer) as answer:
        return answer
    except Exception as error:
        close(connection)
        return of_provider(error)
    return None if accepted else NotAccepted("not_taken", for_good=False)


def close(connection: BaseEmailBackend) -> None:
    with suppress(OSError):
        connection.close()


class TracksTheDot(smtplib.SMTP):
    """Knows whether the final dot of the last message was written."""

    dot_written = False

    def send(self, s: Any) -> None:
        super().send(s)
        if s[-5:] == b"\r\n.\r\n":  # commands are text; only a message comes as bytes
            self.dot_written = True


class TracksTheDotOverTLS(TracksTheDot, smtplib.SMTP_SSL):
    """The same, encrypted from the start."""


class EmailBackend(smtp.EmailBackend):
    """Django's SMTP backend, which raises NotAccepted or NoAnswer for what was not accepted."""

    connection: TracksTheDot | None

    def __init__(self, *, connections: int | str = CONNECTIONS, **options: Any) -> None:
        super().__init__(**options)
        self.connections = int(connections)

    @property
    def connection_class(self) -> type[TracksTheDot]:
        return TracksTheDotOverTLS if self.use_ssl else TracksTheDot

    def open(self) -> bool | None:
        """Say hello, too: a server that refuses it refuses no message."""
        is_new = super().open()
        if is_new and self.connection:
            self.connection.ehlo_or_helo_if_needed()
        return is_new

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """The connection does not outlive a failure: a late reply would answer the next message."""
        self.open()
        server = self.connection
        assert server is not None  # noqa: S101  or opening has raised
        server.dot_written = False
        try:
            return super().send_messages(email_messages)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            server.close()
            self.connection = None
            raise of_smtp(error, dot_written=server.dot_written) from error


# --- whom a message says it is from: always our one address, under a clinic's name or our own ---


def own_name() -> str:
    """The name in DEFAULT_FROM_EMAIL, for mail that is no one clinic's; else the product's."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[0] or PRODUCT


def address_of(name: str) -> str:
    """Our address with ``name`` before it, quoted as RFC 5322 asks; "" for our own name.

    Raises ValueError for a name with a line break.
    """
    return _joined(name or own_name(), parseaddr(settings.DEFAULT_FROM_EMAIL)[1])


@lru_cache(maxsize=1000)
def _joined(name: str, address: str) -> str:
    """Python takes long to read an address, and few senders write all mail."""
    return str(Address(name, addr_spec=address))

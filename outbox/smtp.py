"""Django's SMTP backend, which talks in steps and knows on which side of the final dot it failed.

SMTP takes a message in at its final dot, so a connection that breaks before it has
delivered nothing, and one that breaks after it may have. Django raises the same
error for both.
"""

import re
import smtplib
from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

from outbox.carrier import Talk
from outbox.email import PLAIN_ADDRESS, Written, written
from outbox.outcomes import NoAnswer, NotAccepted

# Messages on their way at once, each on a connection of its own: a relay takes longer to
# write one down than to hear it, and one commit of ours serves them all. ``connections``
# in EMAIL_URL's query sets another number.
CONNECTIONS = 16

# What each command is granted by. Any other reply belongs to something else: a server that
# answers once too often is one reply ahead, and the next "yes" would be the wrong one's.
TAKEN = (250,)
RECIPIENT_TAKEN = (250, 251)
GO_ON = (354,)
Refusal = Callable[[int, Any], Exception]

# RFC 3463: subject 1 is about addresses (7 and 8 of it about the sender's), 2 about mailboxes.
ENHANCED = re.compile(rb"[45]\.(\d{1,3}\.\d{1,3})\b")
ABOUT_RECIPIENT = re.compile(rb"1\.(?![78]$)\d+|2\.\d+")


class EmailBackend(smtp.EmailBackend):
    """Connects as Django does, and talks to the server one step at a time."""

    connection: smtplib.SMTP | None

    def __init__(self, *, connections: int | str = CONNECTIONS, **options: Any) -> None:
        super().__init__(**options)
        self.connections = int(connections)
        self._prepared: dict[tuple[str, bool], str] = {}

    def open(self) -> bool | None:
        """Also say hello, which names what the server offers."""
        is_new: bool | None = super().open()
        if is_new and self.connection:
            self.connection.ehlo_or_helo_if_needed()
        return is_new

    def talk(self, email: EmailMessage | Written) -> Talk:
        """Send one message over the open connection, which does not outlive a failure."""
        assert self.connection is not None  # noqa: S101  the carrier has opened it
        server, dot_written = self.connection, False
        try:
            sender, recipient, content, _whole = written(email)
            yield from self._envelope(server, sender, recipient)
            server.send(content.replace(b"\n.", b"\n..") + b".\r\n")  # starts with a header
            dot_written = True
            yield
            check(server, TAKEN, smtplib.SMTPDataError)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            server.close()
            self.connection = None
            return outcome(error, dot_written=dot_written)
        return None

    def _envelope(self, server: smtplib.SMTP, sender: str, recipient: str) -> Talk:
        """What comes before the message; in one step where the server allows (RFC 2920)."""
        sender, recipient = self.prep_address(sender), self.prep_address(recipient)
        asked = [
            (f"MAIL FROM:<{sender}>", TAKEN, lambda *reply: sender_refused(sender, *reply)),
            (f"RCPT TO:<{recipient}>", RECIPIENT_TAKEN, lambda *reply: refused(recipient, *reply)),
            ("DATA", GO_ON, smtplib.SMTPDataError),
        ]
        for step in [asked] if server.has_extn("pipelining") else [[one] for one in asked]:
            server.send("".join(f"{command}\r\n" for command, *_ in step).encode("ascii"))
            yield
            for _command, yes, refusal in step:
                check(server, yes, refusal)
        return None

    def prep_address(self, address: str, force_ascii: bool = True) -> str:
        """Django's, which takes its time: not for what is plain, and once for what comes again."""
        if PLAIN_ADDRESS.fullmatch(address):
            return address
        if (address, force_ascii) not in self._prepared:
            self._prepared[address, force_ascii] = super().prep_address(address, force_ascii)
        return self._prepared[address, force_ascii]


def check(server: smtplib.SMTP, yes: tuple[int, ...], refusal: Refusal) -> None:
    """Read one reply; raise what it means if it is not a yes to what was asked."""
    code, text = server.getreply()
    if code not in yes:
        raise refusal(code, text)


def sender_refused(sender: str, code: int, text: bytes) -> smtplib.SMTPSenderRefused:
    return smtplib.SMTPSenderRefused(code, text, sender)


def refused(recipient: str, code: int, text: bytes) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({recipient: (code, text)})


def outcome(error: Exception, *, dot_written: bool) -> NotAccepted | NoAnswer:
    """What an error of smtplib's means for the message."""
    code = _reply_code(error)
    if 400 <= code <= 599 and (not dot_written or isinstance(error, smtplib.SMTPDataError)):
        refuses_address = is_about_recipient(error)
        return NotAccepted(str(code), for_good=code >= 500, of_recipient=refuses_address)
    if dot_written:
        return NoAnswer()
    if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPNotSupportedError):
        return NotAccepted("dropped", for_good=False)
    return NotAccepted("unsendable", for_good=True)  # an address that SMTP cannot carry


def is_about_recipient(error: Exception) -> bool:
    """Whether a refusal means the address: its enhanced code knows best, else the command.

    Servers refuse at RCPT for reasons of ours too ("relaying denied", 5.7.1), and some
    tell of an unknown address (5.1.1) only after DATA.
    """
    if isinstance(error, smtplib.SMTPSenderRefused):
        return False
    enhanced = ENHANCED.match(_reply(error)[1])
    if enhanced is None:
        return isinstance(error, smtplib.SMTPRecipientsRefused)
    return bool(ABOUT_RECIPIENT.fullmatch(enhanced[1]))


def _reply_code(error: Exception) -> int:
    return _reply(error)[0]


def _reply(error: Exception) -> tuple[int, bytes]:
    """The server's reply, 0 if there was none. We have one recipient, so one refusal."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max(error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return error.smtp_code, text if isinstance(text, bytes) else text.encode()
    return 0, b""

"""Django's SMTP backend, which also knows on which side of the final dot it failed.

SMTP takes a message in at its final dot, so a connection that breaks before it has
delivered nothing, and one that breaks after it may have. Django raises the same
error for both.
"""

import re
import smtplib
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

from outbox.outcomes import NoAnswer, NotAccepted

FINAL_DOT = b"\r\n.\r\n"

# RFC 3463: subject 1 is about addresses (7 and 8 of it about the sender's), 2 about mailboxes.
ENHANCED = re.compile(rb"[45]\.(\d{1,3}\.\d{1,3})\b")
ABOUT_RECIPIENT = re.compile(rb"1\.(?![78]$)\d+|2\.\d+")


class NotesTheDot(smtplib.SMTP):
    """Remembers whether the last message was written to its end."""

    dot_written = False

    def send(self, s: Any) -> None:
        """Write; commands are text, only a message's DATA is bytes."""
        super().send(s)
        if isinstance(s, bytes) and s.endswith(FINAL_DOT):
            self.dot_written = True


class NotesTheDotOverTLS(NotesTheDot, smtplib.SMTP_SSL):
    """The same, with TLS from the start."""


class EmailBackend(smtp.EmailBackend):
    """Raises NotAccepted or NoAnswer in place of smtplib's errors, one message at a time."""

    connection: NotesTheDot | None

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return NotesTheDotOverTLS if self.use_ssl else NotesTheDot

    def _send(self, email_message: EmailMessage) -> bool:
        assert self.connection is not None  # noqa: S101  send_messages has opened it
        self.connection.dot_written = False
        try:
            return bool(super()._send(email_message))  # type: ignore[misc]
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise outcome(error, dot_written=self.connection.dot_written) from error


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

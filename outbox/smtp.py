"""Django's SMTP backend, which also knows on which side of the final dot it failed.

SMTP takes a message in at its final dot, so a connection that breaks before it has
delivered nothing, and one that breaks after it may have. Django raises the same
error for both.
"""

import smtplib
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

from outbox.outcomes import NoAnswer, NotAccepted

FINAL_DOT = b"\r\n.\r\n"


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
        return NotAccepted(str(code), for_good=code >= 500)
    if dot_written:
        return NoAnswer()
    if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPNotSupportedError):
        return NotAccepted("dropped", for_good=False)
    return NotAccepted("unsendable", for_good=True)  # an address that SMTP cannot carry


def _reply_code(error: Exception) -> int:
    """The server's reply, 0 if there was none. We have one recipient, so one refusal."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max(code for code, _reply in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code
    return 0

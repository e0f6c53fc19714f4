"""What can come of handing a message over, and what a mail server's 550 says of it."""

import re
import smtplib
from http import HTTPStatus

# Of a provider that is spoken to by HTTP.
TRY_LATER = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)

# RFC 3463: subject 1 is about addresses (7 and 8 of it about the sender's), 2 about mailboxes.
ENHANCED = re.compile(rb"[45]\.(\d{1,3}\.\d{1,3})\b")
ABOUT_RECIPIENT = re.compile(rb"1\.(?![78]$)\d+|2\.\d+")


class NotAccepted(Exception):
    """The other side certainly does not have it.

    ``code`` is short and fit for a log: an SMTP reply code, or a word of ours.
    ``for_good``: trying again would not help. ``of_recipient``: it is the address that
    is refused, not this message or us as its sender.
    """

    def __init__(self, code: str, *, for_good: bool, of_recipient: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.for_good = for_good
        self.of_recipient = of_recipient


class NoAnswer(Exception):
    """It was handed over and nothing clear came back: it may have arrived."""

    code = "no_answer"


# What came of one message; None is "accepted".
type Answer = NotAccepted | NoAnswer | None


class Unreachable(Exception):
    """Nobody is there to hand anything to. ``code`` names the kind of failure."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def of_provider(error: Exception) -> NotAccepted | NoAnswer:
    """What a provider's error means: an HTTP refusal is a refusal, all else is doubt."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and HTTPStatus.BAD_REQUEST <= status < 500:
        return NotAccepted(str(status), for_good=status not in TRY_LATER)
    return NoAnswer()


def of_smtp(error: Exception, *, dot_written: bool) -> NotAccepted | NoAnswer:
    """What an error of smtplib's means for the message."""
    code = _reply(error)[0]
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


def _reply(error: Exception) -> tuple[int, bytes]:
    """The server's reply, 0 if there was none. We have one recipient, so one refusal."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max(error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return error.smtp_code, text if isinstance(text, bytes) else text.encode()
    return 0, b""

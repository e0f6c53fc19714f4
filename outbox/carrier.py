"""One kept connection to whatever carries our mail: SMTP, or a provider's API."""

from contextlib import suppress
from http import HTTPStatus
from typing import Protocol

from django.core import mail
from django.core.mail import EmailMessage

from outbox.outcomes import NoAnswer, NotAccepted, Unreachable

TRY_LATER = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)


class Carrying(Protocol):
    """What delivery asks of whatever carries a channel's messages."""


class Carrier:
    """Opened when first needed, kept for a batch, opened anew after a failure."""

    def __init__(self) -> None:
        self._mailer = mail.mailers.default

    def __enter__(self) -> "Carrier":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self) -> None:
        """Be ready to carry. Raises Unreachable; no message is concerned by it."""
        try:
            self._mailer.open()
        except OSError as error:  # smtplib's errors are among them
            self.close()
            raise Unreachable(type(error).__name__) from error

    def hand(self, email: EmailMessage) -> None:
        """Hand one message over. Raises NotAccepted or NoAnswer; else it was accepted."""
        try:
            accepted = self._mailer.send_messages([email])
        except (NotAccepted, NoAnswer):
            self.close()
            raise
        except Exception as error:
            self.close()
            raise meaning_of(error) from error
        if not accepted:
            raise NotAccepted("not_taken", for_good=False)

    def close(self) -> None:
        with suppress(OSError):
            self._mailer.close()


def meaning_of(error: Exception) -> NotAccepted | NoAnswer:
    """What a provider's error means: an HTTP refusal is a refusal, all else is doubt."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and HTTPStatus.BAD_REQUEST <= status < 500:
        return NotAccepted(str(status), for_good=status not in TRY_LATER)
    return NoAnswer()

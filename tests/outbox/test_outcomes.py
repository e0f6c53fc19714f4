"""What an error means for the message: certainly not taken, or in doubt."""

import smtplib

import pytest

from outbox import words
from outbox.outcomes import NoAnswer, NotAccepted, of_provider, of_smtp

BEFORE, AFTER = False, True


def read(found: NotAccepted | NoAnswer) -> str:
    if isinstance(found, NoAnswer):
        return "doubt"
    return f"{found.code} {'for good' if found.for_good else 'for now'}"


@pytest.mark.parametrize(
    ("error", "dot_written", "meaning"),
    [
        (smtplib.SMTPServerDisconnected("gone"), BEFORE, "dropped for now"),
        (smtplib.SMTPServerDisconnected("gone"), AFTER, "doubt"),
        (TimeoutError(), BEFORE, "dropped for now"),
        (TimeoutError(), AFTER, "doubt"),
        (smtplib.SMTPSenderRefused(550, b"no", "us"), BEFORE, "550 for good"),
        (smtplib.SMTPSenderRefused(421, b"later", "us"), BEFORE, "421 for now"),
        (smtplib.SMTPRecipientsRefused({"sam": (450, b"later")}), BEFORE, "450 for now"),
        (smtplib.SMTPRecipientsRefused({"sam": (550, b"no")}), BEFORE, "550 for good"),
        (smtplib.SMTPDataError(451, b"later"), AFTER, "451 for now"),
        (smtplib.SMTPDataError(554, b"no"), AFTER, "554 for good"),
        (smtplib.SMTPDataError(-1, b"?"), AFTER, "doubt"),  # an answer nobody can read
        (smtplib.SMTPResponseException(500, "Line too long."), AFTER, "doubt"),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), BEFORE, "unsendable for good"),
        (ValueError("not an address"), BEFORE, "unsendable for good"),
    ],
)
def test_an_error_of_smtp(error, dot_written, meaning):
    assert read(of_smtp(error, dot_written=dot_written)) == meaning


class FromAProvider(Exception):
    def __init__(self, status_code: int | None) -> None:
        super().__init__(status_code)
        self.status_code = status_code


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (400, "400 for good"),
        (422, "422 for good"),
        (408, "408 for now"),
        (429, "429 for now"),
        (500, "doubt"),  # it may have been queued before the provider stumbled
        (None, "doubt"),
    ],
)
def test_an_error_of_a_provider(status, meaning):
    assert read(of_provider(FromAProvider(status))) == meaning


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("no_answer", "the mail server gave no answer"),
        ("550", "the mail server answered 550"),
        ("", ""),
    ],
)
def test_codes_in_words(code, said):
    assert words.of_reason(code) == said

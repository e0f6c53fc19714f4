"""What an error means for the message: certainly not taken, or in doubt."""

import smtplib

import pytest

from outbox import words
from outbox.outcomes import NoAnswer, NotAccepted, of_connecting, of_provider, of_smtp

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
        (smtplib.SMTPSenderRefused(550, b"no", "us"), BEFORE, "sender 550 for now"),
        (smtplib.SMTPSenderRefused(530, b"5.7.0 log in", "us"), BEFORE, "sender 530 5.7.0 for now"),
        (smtplib.SMTPSenderRefused(552, b"5.3.4 too big", "us"), BEFORE, "552 for good"),
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
        (401, "sender 401 for now"),  # the key, or the domain that it may send for
        (403, "sender 403 for now"),
        (422, "422 for good"),
        (408, "408 for now"),
        (429, "429 for now"),
        (500, "doubt"),  # it may have been queued before the provider stumbled
        (None, "doubt"),
    ],
)
def test_an_error_of_a_provider(status, meaning):
    assert read(of_provider(FromAProvider(status))) == meaning


def at_mail(code: int, said: bytes) -> Exception:
    return smtplib.SMTPSenderRefused(code, said, "us")


def at_rcpt(code: int, said: bytes) -> Exception:
    return smtplib.SMTPRecipientsRefused({"sam@example.org": (code, said)})


def at_data(code: int, said: bytes) -> Exception:
    return smtplib.SMTPDataError(code, said)


@pytest.mark.parametrize(
    ("error", "of_sender"),
    [
        (at_mail(550, b"5.1.1 no"), True),
        (at_mail(501, b"5.1.7 bad sender address syntax"), True),
        (at_mail(553, b"sorry"), True),
        (at_mail(552, b"message too large"), False),
        (at_mail(452, b"4.3.1 disk full"), False),
        (at_mail(421, b"try again later"), False),
        (at_mail(451, b"4.1.8 domain of sender does not resolve"), True),
        (at_mail(450, b"4.7.1 greylisted, see help"), False),
        (at_rcpt(554, b"5.7.1 <sam@example.org>: Relay access denied"), True),
        (at_rcpt(550, b"5.1.8 bad sender's system address"), True),
        (at_rcpt(550, b"5.1.0 <us@x.org>: Sender address rejected: User unknown"), True),
        (at_rcpt(450, b"4.1.8 <us@x.org>: Sender address rejected: Domain not found"), True),
        (at_rcpt(550, b"relay not permitted"), True),
        (at_rcpt(550, b"Sender verify failed"), True),
        (at_rcpt(550, b"Administrative prohibition"), True),
        (at_rcpt(550, b"Service refused, 192.0.2.1 is listed at zen.spamhaus.org"), True),
        (at_rcpt(530, b"Authentication required"), True),
        (at_rcpt(550, b"no such user"), False),
        (at_rcpt(550, b"<relay@example.org>: no such user"), False),
        (at_rcpt(550, b"5.1.1 <spf@example.org>: User unknown"), False),
        (at_rcpt(550, b"5.7.17 mailbox owner has changed"), False),
        (at_rcpt(450, b"later"), False),
        (at_rcpt(450, b"4.7.1 Greylisting in action"), False),
        (at_rcpt(452, b"4.2.2 mailbox full"), False),
        (at_data(550, b"5.7.26 unauthenticated mail from x.org is not accepted"), True),
        (at_data(421, b"4.7.26 rate limited because it is unauthenticated"), True),
        (at_data(550, b"5.7.1 rejected by DMARC policy of x.org"), True),
        (at_data(550, b"SPF check failed"), True),
        (at_data(554, b"5.7.1 looks like spam"), False),  # this message, perhaps no other
        (at_data(554, b"looks like spam"), False),
        (smtplib.SMTPServerDisconnected("gone"), False),
    ],
)
def test_whether_it_is_us_who_are_refused(error, of_sender):
    found = of_smtp(error, dot_written=isinstance(error, smtplib.SMTPDataError))
    assert found.of_sender is of_sender
    assert not (found.of_sender and (found.of_recipient or found.for_good))


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (smtplib.SMTPAuthenticationError(535, b"5.7.8 no"), "sender 535 5.7.8"),
        (smtplib.SMTPConnectError(554, b"no service for you"), "sender 554"),
        (smtplib.SMTPConnectError(421, b"too many"), "unreachable"),
        (ConnectionRefusedError(), "unreachable"),
    ],
)
def test_why_nobody_lets_us_in(error, reason):
    assert of_connecting(error).reason == reason


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("no_answer", "the mail server gave no answer"),
        ("550", "the mail server answered 550"),
        (
            "sender 550 5.7.1",
            "the mail server refuses our sender (550 5.7.1); the address is not the cause",
        ),
        ("", ""),
    ],
)
def test_codes_in_words(code, said):
    assert words.of_reason(code) == said

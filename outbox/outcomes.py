"""What can come of handing a message over, and what a mail server's 550 says of it."""

import re
import smtplib
from http import HTTPStatus

# Of a provider that is spoken to by HTTP.
TRY_LATER = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)
OF_US = (HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FORBIDDEN)

# RFC 3463: subject 1 is about addresses (7 and 8 of it about the sender's), 2 about mailboxes,
# 7 about who may send what to whom; 20 to 29 of it, and longer ones, name SPF, DKIM and the like.
ENHANCED = re.compile(rb"([45]\.(\d{1,3}\.\d{1,3}))\b")
ABOUT_RECIPIENT = re.compile(rb"1\.(?![78]$)\d+|2\.\d+")
ABOUT_SENDER = re.compile(rb"1\.[78]|7\.(?:2\d|[35]\d|6\d|[1-9]\d\d)")
NOT_ALLOWED = re.compile(rb"7\.(?:[0189]|1[134])")  # for good, and before the message was seen
TELLS_NOTHING = re.compile(rb"0\.\d+")
ABOUT_MESSAGE = re.compile(rb"[234]\.\d+")  # its size, or a server that is full

# Where there is no such code, or a wrong one. Some servers (Postfix) tell of the sender only
# after RCPT, and then with codes of subject 1; others (Exim) send no codes at all.
SAYS_SENDER = re.compile(
    rb"sender (?:address )?(?:is )?(?:rejected|denied|refused|blocked|unknown|not |verif|domain)"
    rb"|relay(?:ing)?\b.{0,20}?\b(?:denied|not permitted|not allowed|prohibited|refused|disabled)"
    rb"|(?:unable to|not permitted to|(?:do|does|will) not) relay"
    rb"|\b(?:spf|dkim|dmarc)\b",
    re.IGNORECASE,
)
HINTS_AT_SENDER = re.compile(
    rb"\bsender\b|\brelay|authenticat|not authori[sz]ed|administrative prohibition"
    rb"|black-?list|block-?list|dnsbl|\brbl\b|spamhaus|\bbanned\b"
    rb"|reverse dns|\br?dns\b|\bptr\b|\be?helo\b|\byour (?:ip|host|server|domain)\b",
    re.IGNORECASE,
)
LATER = re.compile(rb"gr[ea]y-?list", re.IGNORECASE)  # what every stranger hears at first
SOMEONES = re.compile(rb"<[^>]*>|\S+@\S+")  # an address in a reply, whatever words are in it

# What a row's reason begins with if it is us who are refused.
SENDER = "sender "


class NotAccepted(Exception):
    """The other side certainly does not have it.

    ``code`` is short and fit for a log: an SMTP reply code, or a word of ours.
    ``for_good``: trying again would not help. ``of_recipient``: it is the address that
    is refused, not this message or us as its sender. ``of_sender``: it is us; the code
    begins with SENDER.
    """

    def __init__(self, code: str, *, for_good: bool, of_recipient: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.for_good = for_good
        self.of_recipient = of_recipient

    @property
    def of_sender(self) -> bool:
        return self.code.startswith(SENDER)


class NoAnswer(Exception):
    """It was handed over and nothing clear came back: it may have arrived."""

    code = "no_answer"


# What came of one message; None is "accepted".
type Answer = NotAccepted | NoAnswer | None


class Unreachable(Exception):
    """Nobody is there to hand anything to, or they do not let us in.

    ``code`` names the kind of failure; ``reason`` is what the rows that wait are given.
    """

    def __init__(self, code: str, *, reason: str = "unreachable") -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason


def of_provider(error: Exception) -> NotAccepted | NoAnswer:
    """What a provider's error means: an HTTP refusal is a refusal, all else is doubt."""
    status = getattr(error, "status_code", None)
    if status in OF_US:
        return NotAccepted(f"{SENDER}{status}", for_good=False)
    if isinstance(status, int) and HTTPStatus.BAD_REQUEST <= status < 500:
        return NotAccepted(str(status), for_good=status not in TRY_LATER)
    return NoAnswer()


def of_connecting(error: OSError) -> Unreachable:
    """What it means that a connection could not be opened: smtplib's errors are among these."""
    name = type(error).__name__
    if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500:
        return Unreachable(name, reason=_refusal_of_us(error))
    return Unreachable(name)


def of_smtp(error: Exception, *, dot_written: bool) -> NotAccepted | NoAnswer:
    """What an error of smtplib's means for the message.

    What refuses us is never for good: whoever looks after the machine can put it right, and
    until the row's time is over it is worth another try.
    """
    code = _reply(error)[0]
    if 400 <= code <= 599 and (not dot_written or isinstance(error, smtplib.SMTPDataError)):
        if is_about_sender(error):
            return NotAccepted(_refusal_of_us(error), for_good=False)
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
    if isinstance(error, smtplib.SMTPSenderRefused) or is_about_sender(error):
        return False
    enhanced = ENHANCED.match(_reply(error)[1])
    if enhanced is None:
        return isinstance(error, smtplib.SMTPRecipientsRefused)
    return bool(ABOUT_RECIPIENT.fullmatch(enhanced[2]))


def is_about_sender(error: Exception) -> bool:
    """Whether a refusal means us: our address, our machine, or what its domain says of it.

    Whatever the code, plain words about the sender count. A "try later" is about us only if
    it says so: greylisting begins with one.
    """
    code, text = _reply(error)
    enhanced = ENHANCED.match(text)
    said, detail = SOMEONES.sub(b"", text), enhanced[2] if enhanced else b"0.0"
    if code < 400 or LATER.search(said):
        return False
    if SAYS_SENDER.search(said) or ABOUT_SENDER.fullmatch(detail):
        return True
    if code < 500:
        return False
    if isinstance(error, smtplib.SMTPSenderRefused):
        is_too_large = code == 552 and not enhanced
        return not (is_too_large or ABOUT_MESSAGE.fullmatch(detail))
    if TELLS_NOTHING.fullmatch(detail):
        return bool(HINTS_AT_SENDER.search(said))
    return isinstance(error, smtplib.SMTPRecipientsRefused) and bool(NOT_ALLOWED.fullmatch(detail))


def _refusal_of_us(error: Exception) -> str:
    """ "sender 550 5.7.1": the codes only, for a server's words name addresses."""
    code, text = _reply(error)
    enhanced = ENHANCED.match(text)
    return f"{SENDER}{code} {enhanced[1].decode() if enhanced else ''}".strip()


def _reply(error: Exception) -> tuple[int, bytes]:
    """The server's reply, 0 if there was none. We have one recipient, so one refusal."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max(error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return error.smtp_code, text if isinstance(text, bytes) else text.encode()
    return 0, b""

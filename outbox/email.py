"""A message whose long links survive the trip, and which is quickly written down."""

import re
import secrets
from collections.abc import Callable
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.core import mail
from django.core.mail import EmailMultiAlternatives

LONGEST_LINE = 998  # bytes, as SMTP allows
UNFOLDED = policy.SMTP.clone(max_line_length=LONGEST_LINE)
ADDRESSES = ("From", "To")
PLAIN_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
LINE_END = re.compile(rb"\r\n|\r|\n")


class Email(EmailMultiAlternatives):
    """Keeps each header on one line.

    Folded at 78 characters, as Python does by itself, a header that is one long
    link is written as an encoded word, which no mail program reads as a link:
    List-Unsubscribe would be lost.
    """

    def message(self, **kwargs: Any) -> EmailMessage:
        message: EmailMessage = super().message(**kwargs)
        message.policy = message.policy.clone(max_line_length=LONGEST_LINE)
        return message


def compose(
    to: str, subject: str, text: str, html: str, *, message_id: str, date: str, **headers: str
) -> Email:
    """Words in two forms, under the headers that every message of ours carries."""
    standard = {"Message-ID": message_id, "Date": date, "Auto-Submitted": "auto-generated"}
    email = Email(subject, text, to=[to], headers={**standard, **headers})
    email.attach_alternative(html, "text/html")
    return email


@lru_cache(maxsize=1)
def date_header(now: datetime) -> str:
    """The same for all that are written at the same moment."""
    return format_datetime(now)


def wire(email: mail.EmailMessage) -> bytes:
    """The message as it goes over the wire, lines ended by CRLF.

    Django's own way takes longer than all else that a message needs. What we send is
    always the same: a text and its HTML. Anything else is left to Django.
    """
    if type(email) is Email and len(email.alternatives) == 1 and not email.attachments:
        [(html, _kind)] = email.alternatives
        bodies = [part(str(email.body), "plain"), part(str(html), "html")]
        if all(fits(body) for body in bodies):
            return together(headers(email), bodies)
    content: bytes = email.message(policy=policy.SMTP).as_bytes()
    return content if content.endswith(b"\r\n") else content + b"\r\n"


class Written(NamedTuple):
    """A message in the bytes of its wire, for a carrier that takes these."""

    from_email: str
    to: str
    content: bytes
    whole: Callable[[], mail.EmailMessage]  # for any other


def written(email: mail.EmailMessage | Written) -> Written:
    """Raises ValueError unless it goes to one address."""
    if isinstance(email, Written):
        return email
    [recipient] = email.recipients()
    return Written(email.from_email, recipient, wire(email), lambda: email)


class Form:
    """What many messages have in common, written down once; the rest is filled in.

    It is made of a message that has a mark wherever the others differ, so that both
    come about in the same way.
    """

    def __init__(self, email: Email, marks: dict[str, str]) -> None:
        names = {mark.encode(): name for name, mark in marks.items()}
        parts = re.split(b"(%s)" % b"|".join(map(re.escape, names)), wire(email))
        self._common, self._names = parts, [names[mark] for mark in parts[1::2]]

    def filled(self, values: dict[str, str]) -> bytes | None:
        """The bytes; None where a value is so unusual that the message must be written anew."""
        if not (PLAIN_ADDRESS.fullmatch(values["to"]) and "".join(values.values()).isprintable()):
            return None
        given = {name: value.encode() for name, value in values.items()}
        parts = self._common.copy()
        parts[1::2] = [given[name] for name in self._names]
        content = b"".join(parts)
        return content if fits(content) else None


def headers(email: Email) -> str:
    """The header, without what says how the bodies lie."""
    fields = {"Subject": email.subject, "From": email.from_email, "To": ", ".join(email.to)}
    return "".join(
        header(name, str(value)) for name, value in (fields | email.extra_headers).items()
    )


def header(name: str, value: str) -> str:
    """One header. What is plain stays as it is; the rest is Python's to encode."""
    is_plain = PLAIN_ADDRESS.fullmatch(value) if name in ADDRESSES else value.isascii()
    if is_plain and value.isprintable() and len(name) + len(value) < LONGEST_LINE - 2:
        return f"{name}: {value}\r\n"
    return encoded(name, value)


@lru_cache
def encoded(name: str, value: str) -> str:
    """Raises ValueError for a value of several lines."""
    return str(UNFOLDED.fold(*UNFOLDED.header_store_parse(name, value)))


def part(words: str, kind: str) -> bytes:
    """One form of the words, under a header of its own."""
    encoding = "7bit" if words.isascii() else "8bit"
    start = f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
    return start.encode() + LINE_END.sub(b"\r\n", words.encode())


def fits(body: bytes) -> bool:
    return max(map(len, body.split(b"\r\n"))) <= LONGEST_LINE and b"\0" not in body


def together(head: str, bodies: list[bytes]) -> bytes:
    """Several forms of the same words, from the plainest on."""
    boundary = secrets.token_hex(16)
    kind = f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="{boundary}"\r\n'
    line = f"\r\n--{boundary}\r\n".encode()
    end = f"\r\n--{boundary}--\r\n".encode()
    return head.encode() + kind.encode() + line + line.join(bodies) + end

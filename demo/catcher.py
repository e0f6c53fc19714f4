"""The demo's postbox: catches every message and keeps it in a file.

One ``.eml`` file a message, in DATA_DIR/mail. Its name starts with the instant
it came, so that names sort as the messages came.
"""

import email
import email.policy
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.conf import settings

INSTANT = "%Y%m%dT%H%M%S.%fZ"


def folder() -> Path:
    """Where caught messages are kept; made if need be."""
    path = Path(settings.DATA_DIR) / "mail"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


class Catcher:
    """An aiosmtpd handler: accepts everything, delivers nothing."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  aiosmtpd's name
        keep(envelope.content, now=self.now())
        return "250 Message kept"


def keep(content: bytes, *, now: datetime) -> Path:
    """Write one message as it came over the wire; a reader never sees half of it."""
    path = folder() / f"{now:{INSTANT}}_{uuid.uuid4()}.eml"
    half = path.with_suffix(".part")
    half.write_bytes(content)
    return half.rename(path)


@dataclass(frozen=True)
class Caught:
    """One message in its file."""

    path: Path

    @property
    def id(self) -> uuid.UUID:
        return uuid.UUID(self.path.stem.partition("_")[2])

    @property
    def at(self) -> datetime:
        return datetime.strptime(self.path.stem.partition("_")[0], INSTANT).replace(tzinfo=UTC)

    def read(self) -> EmailMessage:
        return email.message_from_bytes(self.path.read_bytes(), policy=email.policy.default)


def caught() -> list[Caught]:
    """Every message, the newest first."""
    return [Caught(path) for path in sorted(folder().glob("*_*.eml"), reverse=True)]


def caught_with(key: uuid.UUID) -> Caught | None:
    return next((Caught(path) for path in folder().glob(f"*_{key}.eml")), None)


def body(message: EmailMessage, kind: str) -> str:
    """The ``plain`` or ``html`` part as text; empty where the message has none."""
    part = message.get_body(preferencelist=(kind,))
    return part.get_content() if part else ""

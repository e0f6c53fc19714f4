"""One page that a phone keeps. Pure."""

import json
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any


@dataclass(frozen=True)
class KeptPage:
    """``mark`` changes when the page does, and then only: what a phone has with the same mark it
    does not fetch again. ``shown_as``: the address under which it is shown without a network, if
    not its own. ``on``: the only local date on which it may be shown.
    """

    url: str
    mark: str
    shown_as: str = ""
    on: date | None = None

    @property
    def in_plain(self) -> dict[str, str]:
        plain = {"url": self.url, "mark": self.mark}
        if self.shown_as:
            plain["as"] = self.shown_as
        if self.on:
            plain["on"] = self.on.isoformat()
        return plain


def mark_of(*said: Any) -> str:
    """A short mark of plain values, in lists as deep as you like."""
    return blake2b(json.dumps(said, default=str).encode(), digest_size=6).hexdigest()

"""One page that a phone keeps. Pure."""

import json
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

FILE = "0"  # the mark of a picture: what it shows stands in its address


@dataclass(frozen=True)
class KeptPage:
    """``mark`` changes when the page does, and then only: what a phone has with the same mark it
    does not fetch again. ``shown_as``: the addresses at which it is shown without a network, if
    not its own alone. ``on``: the only local date on which it may be shown.
    """

    url: str
    mark: str
    shown_as: tuple[str, ...] = ()
    on: date | None = None

    @property
    def in_plain(self) -> dict[str, Any]:
        plain: dict[str, Any] = {"url": self.url, "mark": self.mark}
        if self.shown_as:
            plain["as"] = self.shown_as if len(self.shown_as) > 1 else self.shown_as[0]
        if self.on:
            plain["on"] = self.on.isoformat()
        return plain


def mark_of(*said: Any) -> str:
    """A short mark of plain values, in lists as deep as you like."""
    return blake2b(json.dumps(said, default=str).encode(), digest_size=6).hexdigest()

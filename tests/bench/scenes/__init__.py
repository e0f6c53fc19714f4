"""What is measured page by page: who asks for it, and how many empty pages it may cost.

A module for each side of the product makes its rows and says its ``measured(now=)``.
"""

from collections.abc import Sequence
from typing import NamedTuple

from accounts.models import User


class Request(NamedTuple):
    """A GET; with ``data`` a POST of them, sent once."""

    user: User
    path: str
    data: dict[str, str] | None = None
    headers: dict[str, str] = {}  # of htmx, as a WSGI server names them


class Measured(NamedTuple):
    """A page. Its requests are asked in turn; those of a POST must be enough for all rounds."""

    name: str
    most: float  # empty pages, each of the same person
    requests: Sequence[Request]

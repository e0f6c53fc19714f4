"""JSON as a phone sends it: strict, and never deeper or larger than it has to be."""

import json
from typing import Any, NoReturn

LARGEST = 512 * 1024  # bytes
MOST = 50  # entries


class NotUnderstood(Exception):
    """Not what a phone of ours sends."""


def read_json(text: str | bytes) -> dict[str, Any]:
    """An object. Raises NotUnderstood."""
    try:
        read = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise NotUnderstood from None
    if not isinstance(read, dict):
        raise NotUnderstood
    return read


def _refuse(constant: str) -> NoReturn:
    """NaN and Infinity are not JSON."""
    raise ValueError(constant)

"""Which way words run: from left to right, or from right to left. No database.

As in the Unicode bidirectional algorithm, the first letter of a line decides for all of it.
"""

import unicodedata
from typing import Any

RIGHT_TO_LEFT = "\u200f"  # what a line that runs from right to left begins with, for the layout
APART, TOGETHER = "\u2068", "\u2069"
TURNS = dict.fromkeys(
    map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)


def directed(value: Any) -> Any:
    """The same data, each line of its words marked if it runs from right to left.

    In any other line, words that run so are set apart: without it, a number behind a name in
    Arabic would move before it. Marks that somebody typed are left out.
    """
    if isinstance(value, str):
        return "\n".join(map(_line, value.split("\n"))) if not value.isascii() else value
    if isinstance(value, dict):
        return {key: directed(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [directed(part) for part in value]
    return value


def _line(words: str) -> str:
    plain = words.translate(TURNS)
    first = next((c for c in plain if unicodedata.bidirectional(c) in {"L", "R", "AL"}), "")
    return RIGHT_TO_LEFT + plain if first and _runs_left(first) else _set_apart(plain)


def _set_apart(line: str) -> str:
    """Each run from its first such letter to its last, with what stands between them."""
    parts, at = [], 0
    while at < len(line):
        end = _end_of_run(line, at) if _runs_left(line[at]) else at
        parts.append(f"{APART}{line[at:end]}{TOGETHER}" if end > at else line[at])
        at = max(end, at + 1)
    return "".join(parts)


def _end_of_run(line: str, start: int) -> int:
    end = start
    for at in range(start, len(line)):
        kind = unicodedata.bidirectional(line[at])
        if kind == "L":
            break
        if kind in {"R", "AL"} or (kind == "NSM" and at == end):
            end = at + 1
    return end


def _runs_left(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in {"R", "AL"}

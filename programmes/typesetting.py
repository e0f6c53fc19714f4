"""From a handout's words to its PDF. Words are data: nothing in them is read as markup."""

import json
import logging
import unicodedata
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

logger = logging.getLogger("handouts")

LAYOUT = Path(__file__).with_name("handout.typ")
ACCESSIBLE = "ua-1"  # PDF/UA-1: tagged, with a title, a language and words for every picture
LINES = "\n\t"


def typeset(words: dict[str, Any], *, now: datetime) -> bytes:
    """The PDF of these words, in A4; ``now`` is when it says that it was made.

    PDF/UA-1 wants a letter for every sign. Where no font here has one, signs that are
    no letters go first (a smiley in a note); then letters become empty boxes, and the
    file, still tagged, no longer claims the standard.
    """
    words = cleaned(words, _is_text)
    try:
        return _compiled(words, [ACCESSIBLE], now)
    except typst.TypstError:
        letters = cleaned(words, _is_letter)
    try:
        return _compiled(letters, [ACCESSIBLE], now)
    except typst.TypstError:
        logger.warning("no font of this machine has all letters of a handout")
        return _compiled(letters, [], now)


def _compiled(words: dict[str, Any], standards: list[Any], now: datetime) -> bytes:
    return typst.compile(
        LAYOUT.read_bytes(),
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=standards,
        sys_inputs={"handout": json.dumps(words)},
        timestamp=int(now.timestamp()),
    )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Those that came with typst, and those of this machine for what they lack."""
    return typst.Fonts()


def cleaned(value: Any, is_wanted: Callable[[str], bool]) -> Any:
    """The same data, with only the wanted characters in its words."""
    if isinstance(value, str) and value.isascii() and value.isprintable():
        return value  # as every picture is
    if isinstance(value, str):
        return "".join(filter(is_wanted, value))
    if isinstance(value, dict):
        return {key: cleaned(part, is_wanted) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(part, is_wanted) for part in value]
    return value


def _is_text(character: str) -> bool:
    """No control characters: they have no shape."""
    return character in LINES or unicodedata.category(character) not in {"Cc", "Cs", "Cn"}


def _is_letter(character: str) -> bool:
    """Nor pictures, nor what only changes or joins them."""
    return unicodedata.category(character) not in {"So", "Sk", "Cf", "Co", "Me"} and not (
        "\ufe00" <= character <= "\ufe0f"
    )

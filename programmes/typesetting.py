"""From a handout's words to its PDF. Words are data: nothing in them is read as markup."""

import json
import logging
import unicodedata
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from programmes.direction import directed
from programmes.letters import missing_in

logger = logging.getLogger("handouts")

FOLDER = Path(__file__).parent
FONTS = FOLDER / "fonts"
ACCESSIBLE = "ua-1"  # PDF/UA-1: tagged, with a title, a language and words for every picture
LINES = "\n\t"
WORTH_ITS_PAPER = 0.25  # of a page that something stands on
HEIGHTS = {"a4": 297, "us-letter": 279.4}  # mm


class Layout(Enum):
    """Each with its files, and the sizes of its text in points, the best first."""

    COMPACT = ("handout.typ", "handout_compact.typ"), (11.5, 11, 10.5, 10)
    LONG = ("handout.typ", "handout_long.typ"), (12, 12.5, 11.5, 13)

    @property
    def source(self) -> bytes:
        return b"\n".join((FOLDER / name).read_bytes() for name in self.value[0])

    @property
    def sizes(self) -> tuple[float, ...]:
        sizes: tuple[float, ...] = self.value[1]
        return sizes


def typeset(
    words: dict[str, Any], layout: Layout, *, now: datetime, all_the_same: bool = False
) -> bytes:
    """The PDF of these words; ``now`` is when it says that it was made.

    PDF/UA-1 wants a letter for every sign. Where no font here has one, signs that are
    no letters go first (a smiley in a note). Raises LettersMissing if there are letters
    without a shape; with ``all_the_same`` they become empty boxes, and the file, still
    tagged, no longer claims the standard.
    """
    typed = cleaned(words, _is_text)
    size = fitting_size(directed(typed), layout)
    try:
        return _compiled(directed(typed), layout, size, [ACCESSIBLE], now)
    except typst.TypstError:
        typed = cleaned(typed, _is_letter)
    try:
        return _compiled(directed(typed), layout, size, [ACCESSIBLE], now)
    except typst.TypstError as error:
        missing = missing_in(typed, str(error), _fonts())
        if missing.letters and not all_the_same:
            raise missing from error
    logger.warning("no font of this machine has all letters of a handout")
    return _compiled(directed(typed), layout, size, [], now)


def fitting_size(words: dict[str, Any], layout: Layout) -> float:
    """The first size with the fewest pages of which the last is no nearly empty one."""
    ends = {size: _end(words, layout, size) for size in layout.sizes}
    fewest = min(page for page, _filled in ends.values())
    return min(
        layout.sizes,
        key=lambda size: (
            ends[size][0] > 1 and ends[size][1] < WORTH_ITS_PAPER,
            ends[size][0] - fewest,
        ),
    )


def _end(words: dict[str, Any], layout: Layout, size: float) -> tuple[int, float]:
    """The last page's number, and how much of it is filled."""
    found = typst.query(
        layout.source,
        "<end>",
        field="value",
        one=True,
        font_paths=_fonts(),
        sys_inputs=_inputs(words, size),
    )
    end = json.loads(found)
    return end["page"], end["y"] / HEIGHTS[words["paper"]]


def _inputs(words: dict[str, Any], size: float) -> dict[str, str]:
    return {"handout": json.dumps(words), "size": str(size)}


def _compiled(
    words: dict[str, Any], layout: Layout, size: float, standards: list[Any], now: datetime
) -> bytes:
    return typst.compile(
        layout.source,
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=standards,
        sys_inputs=_inputs(words, size),
        timestamp=int(now.timestamp()),
    )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Those that came with typst, ours, and those of this machine for what they lack."""
    return typst.Fonts(font_paths=[FONTS])


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

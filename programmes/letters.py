"""Which letters of a handout no font here has a shape for, found before it is printed."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import typst

# A letter alone, under the standard that wants a shape for every sign; about 8 ms each.
ALONE = b'#set document(title: "-")\n#sys.inputs.letter'
NAMED = re.compile(r'the text `"(.+?)"` could not be displayed')
MOST_PLACES = 5
LONGEST_PLACE = 60  # characters


class LettersMissing(Exception):
    """``letters`` have no shape; ``places`` are some of the lines they stand in."""

    def __init__(self, letters: str, places: list[str]) -> None:
        super().__init__(len(letters))
        self.letters, self.places = letters, places


def missing_in(words: Any, error: str, fonts: typst.Fonts) -> LettersMissing:
    """What of these words cannot be printed; ``error`` is what typst said of the first."""
    lines = list(_lines(words))
    found = sorted(
        one for one in set("".join(lines)) if not one.isascii() and not _has_shape(one, fonts)
    )
    letters = "".join(found) or "".join(NAMED.findall(error))
    places = [line for line in lines if not set(letters).isdisjoint(line)]
    return LettersMissing(letters, [_short(line) for line in dict.fromkeys(places)][:MOST_PLACES])


@lru_cache(maxsize=10_000)
def _has_shape(letter: str, fonts: typst.Fonts) -> bool:
    if unicodedata.category(letter)[0] in "CZ":
        return True  # nothing of it is drawn
    try:
        typst.compile(
            ALONE,
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"letter": letter},
            font_paths=fonts,
        )
    except typst.TypstError:
        return False
    return True


def _lines(words: Any) -> Iterator[str]:
    if isinstance(words, str):
        yield from words.split("\n") if not words.isascii() else ()
    elif isinstance(words, dict | list | tuple):
        for part in words.values() if isinstance(words, dict) else words:
            yield from _lines(part)


def _short(line: str) -> str:
    return line if len(line) <= LONGEST_PLACE else f"{line[: LONGEST_PLACE - 1]}…"

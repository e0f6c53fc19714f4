"""Each new entry's guide beside the numbers that were read in its source."""

import importlib
import pkgutil
import re

import pytest

from exercises import library
from tests.exercises import numbers_read
from tests.exercises.numbers_read import Read

ENTRIES = {entry.slug: entry for entry in library.read()}
PARTS = ("hold_seconds", "repetitions", "sets", "per_day", "minutes")
WORDS_QUOTED = 15
SPELLED = {"once": 1, "twice": 2, "two": 2, "three": 3, "five": 5, "ten": 10}

MODULES = [
    importlib.import_module(f"{numbers_read.__name__}.{found.name}")
    for found in pkgutil.iter_modules(numbers_read.__path__)
]
READ: list[tuple[str, Read]] = [pair for module in MODULES for pair in module.READ.items()]

each_source = pytest.mark.parametrize(("slug", "read"), READ, ids=[slug for slug, _ in READ])


def guide(slug: str, part: str) -> tuple[int, int]:
    """The guide's range; of a part that it leaves out, the starting dose's."""
    columns = ENTRIES[slug].columns
    ends = [columns[f"guide_{part}_{end}"] or columns[f"{part}_{end}"] for end in ("min", "max")]
    return ends[0], ends[1]


def said(read: Read) -> dict[str, tuple[int, int]]:
    return {part: span for part in PARTS if (span := getattr(read, part))}


def test_no_entry_is_read_twice():
    slugs = [slug for slug, _ in READ]
    assert len(set(slugs)) == len(slugs)
    assert set(slugs) <= ENTRIES.keys()


@each_source
def test_the_guide_holds_the_numbers_of_its_source(slug, read):
    for part, (low, high) in said(read).items():
        least, most = guide(slug, part)
        assert least <= low <= high <= most, part


@each_source
def test_a_guide_that_names_its_source_says_the_same(slug, read):
    columns = ENTRIES[slug].columns
    if columns["dose_basis"] != "source":
        return
    used = [part for part in PARTS if columns[f"{part}_min"]]
    assert {part: guide(slug, part) for part in used} == said(read)


@each_source
def test_the_numbers_are_in_the_words_that_were_read(slug, read):
    assert len(read.words.replace("…", "").split()) <= WORDS_QUOTED
    numbers = {int(number) for number in re.findall(r"\d+", read.words)}
    numbers |= {SPELLED[word] for word in read.words.lower().split() if word in SPELLED}
    assert {number for span in said(read).values() for number in span} <= numbers

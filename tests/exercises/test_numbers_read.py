"""Each source's numbers, as they were read, beside the guide of the entry that cites it."""

import importlib
import pkgutil

import pytest

from exercises import library
from tests.exercises import numbers_read

ENTRIES = {entry.slug: entry for entry in library.read()}
MODULES = [
    importlib.import_module(f"{numbers_read.__name__}.{module.name}")
    for module in pkgutil.iter_modules(numbers_read.__path__)
]
READ = {slug: read for module in MODULES for slug, read in module.READ.items()}
PARTS = ("hold_seconds", "repetitions", "sets", "per_day")
WORDS = 15


def guide(slug, part):
    columns = ENTRIES[slug].columns
    return columns[f"guide_{part}_min"], columns[f"guide_{part}_max"]


def test_nothing_is_read_twice():
    assert len(READ) == sum(len(module.READ) for module in MODULES)


@pytest.mark.parametrize("slug", sorted(READ))
def test_the_guide_holds_what_was_read(slug):
    """Exactly, where every number is the source's; else the source's numbers lie inside it."""
    read, is_sourced = READ[slug], ENTRIES[slug].columns["dose_basis"] == "source"
    for part in PARTS:
        said = getattr(read, part)
        if said is None:
            continue
        low, high = guide(slug, part)
        assert (low, high) == said if is_sourced else low <= said[0] <= said[1] <= high, part


@pytest.mark.parametrize("slug", sorted(READ))
def test_what_was_read_is_quoted_in_a_few_words(slug):
    assert 0 < len(READ[slug].words.split()) <= WORDS

"""Columns that belong together are empty together: when and by whom, from and to, a fact and its reason.

Nobody reads a list of constraints that are missing, so this looks for them in all models.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q

ENDS = {
    "at", "on", "by", "name", "because", "reason", "note", "user", "min", "max", "from", "until",
    "hash",
}  # fmt: skip
# A model and the stem of its columns → why they need not be empty together.
ON_PURPOSE: dict[tuple[str, str], str] = {}


def ours() -> Iterator[type[models.Model]]:
    for config in apps.get_app_configs():
        if Path(config.path).parent == settings.BASE_DIR:
            yield from config.get_models()


def may_be_empty(field: models.Field) -> bool:
    return field.null or (field.blank and field.empty_strings_allowed)


def stem_of(name: str) -> str | None:
    """ "checked_by_name" and "check_note" are both of "check"; None for a column by itself."""
    words = name.split("_")
    if words[-1] not in ENDS or len(words) == 1:
        return None
    while len(words) > 1 and words[-1] in ENDS:
        words.pop()
    return "_".join(words).removesuffix("ed")


def pairs() -> Iterator[tuple[type[models.Model], str, frozenset[str]]]:
    for model in ours():
        found = defaultdict(set)
        for field in model._meta.concrete_fields:
            stem = stem_of(field.name)
            if stem and may_be_empty(field):
                found[stem].add(field.name)
        for stem, names in found.items():
            if len(names) > 1:
                yield model, stem, frozenset(names)


PAIRS = {(model.__name__, stem): (model, names) for model, stem, names in pairs()}


def columns(condition: Q) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from columns(child)
        else:
            name, value = child
            yield name.split("__")[0]
            if isinstance(value, F):
                yield value.name


def test_pairs_are_found():
    assert PAIRS["WarningSign", "check"][1] == {
        "checked_at", "checked_by", "checked_by_name", "check_note",
    }  # fmt: skip
    assert PAIRS["Item", "hold_seconds"][1] == {"hold_seconds_min", "hold_seconds_max"}
    assert len(PAIRS) > 15


@pytest.mark.parametrize("pair", PAIRS, ids=".".join)
def test_columns_that_belong_together_have_a_constraint(pair):
    model, names = PAIRS[pair]
    if pair in ON_PURPOSE:
        return
    checks = [one for one in model._meta.constraints if isinstance(one, models.CheckConstraint)]
    assert any(names <= set(columns(one.condition)) for one in checks), sorted(names)


def test_every_exception_is_still_one():
    assert ON_PURPOSE.keys() <= PAIRS.keys()

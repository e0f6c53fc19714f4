"""A clinician at work on a draft."""

import pytest
from django.test import Client
from django.urls import reverse

from programmes import services
from programmes.models import Item, Programme
from tests.cast import Cast
from tests.factories import LONG_AGO, ExerciseVersionFactory

HTMX = {"HX-Request": "true"}


@pytest.fixture
def physio(cast: Cast, as_user) -> Client:
    return as_user(cast.clinician)


@pytest.fixture
def draft(cast: Cast) -> Programme:
    return services.create(cast.clinic, title="Low back", by=cast.clinician, now=LONG_AGO)


@pytest.fixture
def add(draft: Programme, cast: Cast):
    """``add("Bridge")``: an exercise of that name, in the draft."""

    def added(name: str, **fields) -> Item:
        version = ExerciseVersionFactory(name=name, **fields)
        return services.add_item(draft, version, by=cast.clinician, now=LONG_AGO)

    return added


def url(name: str, programme: Programme, item: Item | None = None) -> str:
    args = [programme.pk] if item is None else [programme.pk, item.pk]
    return reverse(f"programmes:{name}", args=args)


def opened(programme: Programme, item: Item) -> str:
    """The builder with the form of the item."""
    return f"{url('edit', programme)}?open={item.pk}"


def dose_of(item: Item, **changes) -> dict:
    """What the item's form sends, with some fields typed differently."""
    columns = ("hold_seconds", "repetitions", "sets", "minutes", "per_day")
    values = {
        f"{part}_{end}": getattr(item, f"{part}_{end}")
        for part in columns
        for end in ("min", "max")
    }
    values |= {"weekdays": item.weekdays, "side": item.side, "note": item.note}
    return {name: "" if value is None else value for name, value in {**values, **changes}.items()}


def names(programme: Programme) -> list[str]:
    return [str(item) for item in programme.items.all()]

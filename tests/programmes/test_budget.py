"""What the builder of a programme with ten exercises may cost: queries, letters and nodes of HTML."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.exercises.drawn import lying
from tests.factories import ExerciseVersionFactory, ItemFactory
from tests.programmes.conftest import HTMX, dose_of, url

# Queries, letters and nodes as measured, and a tenth more.
PAGE = (7, 60_000, 825)
FIELDS = (5, 10_900, 120)
SAVED = (9, 13_900, 203)


def measured(ask) -> tuple[int, int, int]:
    """Once more after the first, who waits for what is made once."""
    assert ask().status_code == 200
    with CaptureQueriesContext(connection) as asked:
        page = ask().content
    return len(asked), len(page), len(re.findall(rb"<[a-z]", page))


def test_the_builder_with_ten_exercises(physio, draft):
    for position in range(10):
        version = ExerciseVersionFactory(figure=lying())
        item = ItemFactory(programme=draft, exercise_version=version, position=position)
    ExerciseVersionFactory.create_batch(40, figure=lying())
    change = dose_of(item)
    for costs, most in [
        (measured(lambda: physio.get(url("edit", draft))), PAGE),
        (measured(lambda: physio.get(url("item_fields", draft, item))), FIELDS),
        (
            measured(lambda: physio.post(url("change_item", draft, item), change, headers=HTMX)),
            SAVED,
        ),
    ]:
        assert all(cost <= limit for cost, limit in zip(costs, most, strict=True)), costs

"""What the builder of a programme with ten exercises may cost: queries, letters and nodes of HTML."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.exercises.drawn import lying
from tests.factories import ExerciseVersionFactory, ItemFactory
from tests.programmes.conftest import HTMX, dose_of, url

# As measured, and a tenth more.
QUERIES, BYTES, NODES = 9, 221_000, 2_480
SAVED_BYTES, SAVED_NODES = 17_500, 200


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
    queries, size, nodes = measured(lambda: physio.get(url("edit", draft)))
    assert (queries <= QUERIES, size <= BYTES, nodes <= NODES) == (True, True, True), (
        queries,
        size,
        nodes,
    )
    change = dose_of(item)
    _queries, size, nodes = measured(
        lambda: physio.post(url("change_item", draft, item), change, headers=HTMX)
    )
    assert (size <= SAVED_BYTES, nodes <= SAVED_NODES) == (True, True), (size, nodes)

"""Pages ask the database as often for twenty rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes import services
from programmes.models import Item
from tests.factories import LONG_AGO, ExerciseVersionFactory, ItemFactory
from tests.programmes.conftest import HTMX, dose_of, url


def queries(get) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert get().status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["edit", "preview"])
def test_items_of_a_draft(physio, draft, add, name):
    add("One")
    one = queries(lambda: physio.get(url(name, draft)))
    for number in range(19):
        add(f"More {number}")
    assert queries(lambda: physio.get(url(name, draft))) == one


def test_items_of_a_published_programme(physio, draft, add, cast):
    add("One")
    twin = services.copy(draft, patient_id=None, by=cast.clinician, now=LONG_AGO)
    for number in range(19):
        ItemFactory(programme=draft, position=number + 2)
    for programme in (twin, draft):
        services.publish(programme, by=cast.clinician, now=LONG_AGO)
    one = queries(lambda: physio.get(url("edit", twin)))
    assert queries(lambda: physio.get(url("edit", draft))) == one


def test_exercises_beside_a_draft(physio, draft):
    ExerciseVersionFactory()
    one = queries(lambda: physio.get(url("edit", draft), {"q": "stretch"}))
    ExerciseVersionFactory.create_batch(19)
    assert queries(lambda: physio.get(url("edit", draft), {"q": "stretch"})) == one


def test_a_saved_change(physio, draft, add):
    item = Item.objects.get(pk=add("One").pk)

    def change(note):
        data = dose_of(item, note=note)
        return physio.post(url("change_item", draft, item), data, headers=HTMX)

    one = queries(lambda: change("Slowly."))
    for number in range(19):
        add(f"More {number}")
    assert queries(lambda: change("Calmly.")) == one


def test_the_list(physio, cast, draft):
    one = queries(lambda: physio.get("/programmes/"))
    for number in range(19):
        services.create(cast.clinic, title=f"More {number}", by=cast.clinician, now=LONG_AGO)
    assert queries(lambda: physio.get("/programmes/")) == one

"""The parts that htmx puts into the builder's page."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from programmes import services
from tests.factories import LONG_AGO, ExerciseVersionFactory
from tests.programmes.conftest import HTMX, dose_of, names, url


@pytest.fixture
def send(physio):
    """Post as htmx does."""

    def sent(address, data=None):
        return physio.post(address, data or {}, headers=HTMX)

    return sent


def replaces(response, *ids: str) -> None:
    for element in ids:
        line = next(line for line in response.text.splitlines() if f'id="{element}"' in line)
        assert "hx-swap-oob" in line, element


def test_a_change_leaves_the_fields_alone_and_replaces_the_rest(send, draft, add):
    item = add("Bridge")
    response = send(url("change_item", draft, item), dose_of(item, hold_seconds_min=25))
    assert response.status_code == 200
    assertTemplateUsed(response, "programmes/_changed.html")
    field = f"item-{item.pk}-hold_seconds_min"
    replaces(response, "preview", "totals", "saved", "programme-name", f"{field}_error")
    assertNotContains(response, ">Hold, at least<")
    assertContains(response, "Hold for 25 to 30 seconds.")


def test_a_refused_change_says_so_beside_its_field(send, draft, add):
    item = add("Bridge")
    response = send(url("change_item", draft, item), dose_of(item, hold_seconds_min=31))
    assert response.status_code == 422
    replaces(response, f"item-{item.pk}-hold_seconds_max_error", "saved")
    assertContains(response, "Enter 31 or more.", status_code=422)
    assertContains(response, "All is saved except what is marked.", status_code=422)
    assertContains(response, "Hold for 20 to 30 seconds.", status_code=422)


def test_what_is_right_is_saved_beside_what_is_wrong(send, draft, add):
    item = add("Bridge")
    typed = dose_of(item, hold_seconds_min=31, repetitions_max=9, note="Slowly.", weekdays=[])
    response = send(url("change_item", draft, item), typed)
    assert response.status_code == 422
    item.refresh_from_db()
    assert (item.dose.hold_seconds, item.dose.repetitions) == ((20, 30), (2, 9))
    assert (item.note, item.weekdays) == ("Slowly.", list(range(7)))
    response = send(url("edit", draft), {"title": "", "advice": "Warm up."})
    assert response.status_code == 422
    draft.refresh_from_db()
    assert (draft.title, draft.advice) == ("Low back", "Warm up.")


def test_saying_the_same_again_saves_nothing(send, draft, add):
    item = add("Bridge")
    response = send(url("change_item", draft, item), dose_of(item))
    assert response.status_code == 200
    draft.refresh_from_db()
    assert draft.saved_at == LONG_AGO


def test_title_and_advice(send, draft):
    response = send(url("edit", draft), {"title": "Hips", "advice": "Warm up."})
    replaces(response, "programme-name", "programme-title_error")
    assertContains(response, "Hips")
    response = send(url("edit", draft), {"title": "", "advice": ""})
    assert response.status_code == 422
    draft.refresh_from_db()
    assert draft.title == "Hips"


def test_an_added_exercise_comes_as_a_card(send, draft):
    version = ExerciseVersionFactory(name="Bridge")
    response = send(url("add_item", draft), {"version": version.pk})
    item = draft.items.get()
    assertContains(response, f'<li class="dose-card" id="item-{item.pk}">')
    replaces(response, f"pick-{version.exercise_id}", "preview", "totals")


def test_adding_twice_loads_the_page_with_words(send, physio, draft, add):
    item = add("Bridge")
    response = send(url("add_item", draft), {"version": item.exercise_version_id})
    assert response["HX-Redirect"] == f"{url('edit', draft)}#item-{item.pk}"
    assertContains(physio.get(url("edit", draft)), "Bridge is already in this programme.")


def test_a_moved_item_is_taken_from_its_old_place(send, draft, add):
    add("A")
    item = add("B")
    response = send(url("move_item", draft, item), dose_of(item, to="up", hold_seconds_min=99))
    assertContains(response, f'id="item-{item.pk}" hx-swap-oob="delete"', status_code=422)
    assertContains(response, 'value="99"', status_code=422)
    assert names(draft) == ["B", "A"]


def test_a_removed_item_leaves_a_way_back_in_its_place(send, draft, add):
    item = add("Bridge")
    response = send(url("remove_item", draft, item))
    assertContains(response, "Removed Bridge")
    replaces(response, f"pick-{item.exercise_version.exercise_id}", "preview", "totals")
    for _again in range(2):
        response = send(url("restore_item", draft, item))
        assertContains(response, f'<li class="dose-card" id="item-{item.pk}">')
    assert names(draft) == ["Bridge"]


def test_a_search_brings_only_what_was_found(physio, draft):
    ExerciseVersionFactory(name="Bridge")
    headers = {**HTMX, "HX-Target": "found"}
    response = physio.get(url("edit", draft), {"q": "bridge"}, headers=headers)
    assertTemplateUsed(response, "programmes/_found.html")
    assertContains(response, "Bridge")
    assertNotContains(response, "<html")


def test_what_was_published_meanwhile_is_said_and_the_page_stays(send, draft, add, cast):
    item = add("Bridge")
    services.publish(draft, by=cast.clinician, now=LONG_AGO)
    response = send(url("change_item", draft, item), dose_of(item, note="X"))
    assert (response.status_code, response["X-Not-Saved"]) == (409, "changed")

"""An item of the builder stands there in words; its fields come when it is opened."""

import re

from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from tests.programmes.conftest import HTMX, dose_of, names, opened, url


def fields_of(item) -> str:
    return f'id="item-{item.pk}-hold_seconds_min"'


def card_of(response, item) -> str:
    [card] = re.findall(rf'<li class="dose-card" id="item-{item.pk}">.*?</li>', response.text, re.S)
    return card


def test_a_closed_item_says_its_dose_its_note_and_what_the_library_says(physio, draft, add):
    item = add("Bridge")
    typed = dose_of(item, hold_seconds_max=40, side="left", note="Slowly.")
    physio.post(url("change_item", draft, item), typed)
    card = card_of(physio.get(url("edit", draft)), item)
    for words in (
        "20–40 s × 2–3, 2–3 a day, left leg",
        "Slowly.",
        "The library says 20–30 seconds.",
    ):
        assert words in card
    assert "<input" not in card.replace('<input type="hidden" name="csrfmiddlewaretoken"', "")


def test_a_link_opens_one_item(physio, draft, add):
    item, other = add("Bridge"), add("Squat")
    closed = physio.get(url("edit", draft))
    assertContains(closed, f'href="{opened(draft, item)}#item-{item.pk}"')
    response = physio.get(opened(draft, item))
    assertContains(response, fields_of(item))
    assertNotContains(response, fields_of(other))


def test_an_address_that_opens_nothing_is_no_error(physio, draft, add):
    item = add("Bridge")
    for asked in ("", "x", "\x00", str(draft.pk)):
        assertNotContains(physio.get(url("edit", draft), {"open": asked}), fields_of(item))


def test_the_fields_come_by_themselves(physio, draft, add):
    item = add("Bridge")
    response = physio.get(url("item_fields", draft, item))
    assertTemplateUsed(response, "programmes/_item_fields.html")
    assertContains(response, fields_of(item))
    assertContains(response, 'name="given_at"')
    assertNotContains(response, "<html")


def test_a_new_item_comes_open(physio, draft, add):
    item = add("Bridge")
    physio.post(url("remove_item", draft, item))
    version = item.exercise_version_id
    response = physio.post(url("add_item", draft), {"version": version}, headers=HTMX)
    assertContains(response, fields_of(draft.items.get()))


def test_a_closed_item_moves_and_stays_closed(physio, draft, add):
    add("A")
    item = add("B")
    before = dose_of(item)
    response = physio.post(url("move_item", draft, item), {"to": "up"}, headers=HTMX)
    assert names(draft) == ["B", "A"]
    assertNotContains(response, fields_of(item))
    response = physio.post(url("move_item", draft, item), {"to": "down"}, follow=True)
    assert names(draft) == ["A", "B"]
    assertNotContains(response, fields_of(item))
    item.refresh_from_db()
    assert dose_of(item) == before


def test_without_a_script_all_buttons_of_an_item_are_sent_to_its_address(physio, draft, add):
    add("A")
    item = add("B")
    address = url("change_item", draft, item)
    card = card_of(physio.get(url("edit", draft)), item)
    assert f'<form method="post" action="{address}#item-{item.pk}"' in card
    assert "formaction" not in card
    for pressed, after in (("up", ["B", "A"]), ("down", ["A", "B"]), ("remove", ["A"])):
        assert f'name="to" value="{pressed}"' in card
        assert physio.post(address, {"to": pressed}).status_code == 302
        assert names(draft) == after


def test_an_open_item_moves_and_stays_open(physio, draft, add):
    add("A")
    item = add("B")
    move, typed = url("move_item", draft, item), dose_of(item, to="up")
    assertContains(physio.post(move, typed | {"open": "yes"}, headers=HTMX), fields_of(item))
    assertNotContains(physio.post(move, typed, headers=HTMX), fields_of(item))  # closed again
    assertContains(physio.post(move, typed, follow=True), fields_of(item))


def test_what_is_wrong_stays_open(physio, draft, add):
    add("A")
    item = add("B")
    typed = dose_of(item, to="up", hold_seconds_min=99)
    response = physio.post(url("move_item", draft, item), typed, headers=HTMX)
    assertContains(response, 'value="99"', status_code=422)


def test_a_saved_change_says_the_new_dose(physio, draft, add):
    item = add("Bridge")
    typed = dose_of(item, hold_seconds_max=40, note="Slowly.")
    response = physio.post(url("change_item", draft, item), typed, headers=HTMX)
    for words in (
        f'id="item-{item.pk}-dose"',
        "20–40 s × 2–3 each leg",
        f'id="item-{item.pk}-said"',
    ):
        assertContains(response, words)

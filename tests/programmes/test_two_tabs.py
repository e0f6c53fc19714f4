"""Two tabs, two people: what a page only repeats overwrites nothing; a conflict is asked about."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from programmes.models import Item, ItemWords
from tests.at_once import all_at_once
from tests.programmes.conftest import HTMX, dose_of, opened, url
from tests.tabs import Tab


@pytest.fixture
def item(add) -> Item:
    """Hold 20 to 30 seconds, 2 or 3 times."""
    return add("Bridge")


@pytest.fixture
def tab(physio, draft, item):
    """Another tab with the draft's page, on the form of the item, which is open."""

    def tab(client=physio) -> Tab:
        return Tab(client, opened(draft, item), form=f"/items/{item.pk}/")

    return tab


@pytest.fixture
def colleague(cast, as_user):
    cast.colleague.name = "Amira Khan"
    cast.colleague.save()
    return as_user(cast.colleague)


def now(item: Item) -> Item:
    return Item.objects.get(pk=item.pk)


@pytest.mark.parametrize("headers", [None, HTMX])
def test_a_page_that_repeats_a_field_leaves_what_was_set_meanwhile(tab, item, headers):
    one, other = tab(), tab()
    one.send(hold_seconds_min="22", hold_seconds_max="32", headers=headers)
    other.send(note="Slowly.", headers=headers)
    assert (now(item).hold_seconds_min, now(item).hold_seconds_max) == (22, 32)
    assert now(item).note == "Slowly."


def test_line_breaks_and_the_order_of_ticks_are_no_change(tab, item):
    ItemWords.objects.update_or_create(item=item, defaults={"note": "One.\nTwo."})
    one, other = tab(), tab()
    one.send(note="Three.", weekdays=["0", "2"])
    response = other.send(weekdays=["6", "5", "4", "3", "2", "1", "0"], sets_max="4", sets_min=" 4")
    assert response.status_code == 302
    assert (now(item).note, now(item).weekdays, now(item).sets_max) == ("Three.", [0, 2], 4)


def test_two_who_set_one_field_are_asked_and_nothing_of_it_is_saved(tab, item, colleague):
    here, there = tab(), tab(colleague)
    there.send(hold_seconds_max="32")
    response = here.send(hold_seconds_max="28", note="Slowly.")
    words = "Meanwhile Amira Khan set this to 32. You set it to 28."
    assertContains(response, words, status_code=422)
    assertContains(response, "Keep 32", status_code=422)
    assertContains(response, "Use 28", status_code=422)
    assert (now(item).hold_seconds_max, now(item).note) == (32, "Slowly.")
    here.send()  # no answer is no answer
    assert now(item).hold_seconds_max == 32


@pytest.mark.parametrize(("answer", "kept"), [("mine", 28), ("theirs", 32)])
def test_either_answer_counts(tab, item, answer, kept):
    here, there = tab(), tab()
    there.send(hold_seconds_max="32")
    here.send(hold_seconds_max="28")
    here.send(**{"settle-hold_seconds_max": answer})
    assert now(item).hold_seconds_max == kept
    here = tab()
    assert here.shows["hold_seconds_max"] == [str(kept)]


def test_an_answer_to_what_has_changed_again_is_asked_once_more(tab, item):
    here, there = tab(), tab()
    there.send(hold_seconds_max="32")
    here.send(hold_seconds_max="28")
    tab().send(hold_seconds_max="34")
    response = here.send(**{"settle-hold_seconds_max": "mine"})
    assertContains(response, "Keep 34", status_code=422)
    assert now(item).hold_seconds_max == 34


def test_a_change_in_another_tab_of_ones_own_is_called_that(tab, item):
    here, there = tab(), tab()
    there.send(note="Slowly.")
    response = here.send(note="Gently.")
    words = "In another tab you set this to “Slowly”. Here you set it to “Gently”."
    assertContains(response, words, status_code=422)


def test_the_same_typing_sent_again_is_no_conflict(tab, item):
    here = tab()
    for _again in range(2):
        assert here.send(hold_seconds_max="28").status_code == 302
    assert tab().send(hold_seconds_max="28", headers=HTMX).status_code == 200


def test_an_old_page_that_does_not_say_what_it_was_given_saves_as_before(physio, draft, item):
    response = physio.post(url("change_item", draft, item), dose_of(item, hold_seconds_max=40))
    assert response.status_code == 302
    assert now(item).hold_seconds_max == 40
    broken = dose_of(item, hold_seconds_max=41) | {"given-hold_seconds_max": "{", "given_at": "x"}
    assert physio.post(url("change_item", draft, item), broken).status_code == 302
    assert now(item).hold_seconds_max == 41


def test_a_range_that_two_tabs_would_turn_upside_down_is_refused(tab, item, colleague):
    Item.objects.filter(pk=item.pk).update(repetitions_min=2, repetitions_max=4)
    here, there = tab(), tab(colleague)
    there.send(repetitions_max="2")
    response = here.send(repetitions_min="3")
    assertContains(response, "Enter 3 or more.", status_code=422)
    assertContains(response, "Meanwhile Amira Khan set this to 2.", status_code=422)
    assert (now(item).repetitions_min, now(item).repetitions_max) == (2, 2)


def test_what_others_changed_comes_with_the_next_answer(tab, item):
    here, there = tab(), tab()
    there.send(hold_seconds_max="32")
    response = here.send(note="Slowly.", headers=HTMX)
    field = f"item-{item.pk}-hold_seconds_max"
    assertContains(response, f'id="div_{field}" class="mb-3" hx-swap-oob="true"')
    assertContains(response, 'value="32"')
    assertNotContains(response, f'id="div_item-{item.pk}-note"')
    assertNotContains(response, f'id="div_item-{item.pk}-hold_seconds_min"')


def test_after_a_saved_change_the_page_knows_the_new_value(tab, item):
    response = tab().send(hold_seconds_max="28", headers=HTMX)
    assertContains(response, 'name="given-hold_seconds_max" value="&quot;28&quot;"')


def test_a_move_keeps_and_asks_as_a_save_does(tab, item, add, draft):
    add("Squat")
    here, there = tab(), tab()
    there.send(hold_seconds_max="32", note="Slowly.")
    move = url("move_item", draft, item)
    response = here.send(move, hold_seconds_max="28", to="down")
    assertContains(response, "Here you set it to 28.", status_code=422)
    assert (now(item).hold_seconds_max, now(item).note, now(item).position) == (32, "Slowly.", 2)


def test_title_and_advice_are_two_fields(physio, draft):
    one, other = (Tab(physio, url("edit", draft), form="title") for _tab in range(2))
    one.send(title="Hips")
    other.send(advice="Warm up.")
    draft.refresh_from_db()
    assert (draft.title, draft.advice) == ("Hips", "Warm up.")
    response = Tab(physio, url("edit", draft), form="title").send(title="Knees")
    response = other.send(title="Back")
    assertContains(response, "In another tab you set this to “Knees”.", status_code=422)
    other.send(**{"settle-title": "mine"})
    draft.refresh_from_db()
    assert draft.title == "Back"


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_cannot_both_pass(tab, item, cast, as_user):
    tabs = [tab(as_user(cast.clinician)) for _each in range(4)]
    for round_ in range(3):
        values = [30 + 10 * (round_ + 1) + n for n in range(4)]
        answers = all_at_once(
            lambda n, tabs=tabs, values=values: tabs[n].send(hold_seconds_max=str(values[n])),
            times=4,
        )
        assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422]
        [first] = [n for n, answer in enumerate(answers) if answer.status_code == 302]
        assert now(item).hold_seconds_max == values[first]
        tabs = [tab(as_user(cast.clinician)) for _each in range(4)]

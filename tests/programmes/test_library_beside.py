"""The library beside a programme: a screenful with the page, the rest when it comes into sight."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from programmes.builder import AT_ONCE, PICKS
from tests.factories import ExerciseVersionFactory
from tests.programmes.conftest import HTMX, url

REST = HTMX | {"HX-Target": "rest"}


@pytest.fixture
def many() -> list[str]:
    names = [f"Exercise {number:02}" for number in range(PICKS + 5)]
    for name in names:
        ExerciseVersionFactory(name=name)
    return names


def shown(response) -> list[str]:
    return [str(pick.version) for pick in response.context["picks"]]


def test_a_screenful_comes_with_the_page(physio, draft, many):
    page = physio.get(url("edit", draft))
    assert shown(page) == many[:AT_ONCE]
    assertContains(page, f'hx-get="{url("edit", draft)}?rest&amp;"')
    assertNotContains(page, "There are more.")


def test_the_rest_comes_by_itself(physio, draft, many):
    rest = physio.get(url("edit", draft) + "?rest&", headers=REST)
    assert shown(rest) == many[AT_ONCE:PICKS]
    assertNotContains(rest, "<ul")
    assertContains(rest, "There are more. Type a word to find them.")


def test_a_link_shows_all_of_it_without_a_script(physio, draft, many):
    page = physio.get(url("edit", draft) + "?all&")
    assert shown(page) == many[:PICKS]
    assertContains(page, "There are more.")


def test_what_is_searched_stays_searched(physio, draft, many):
    for number in range(AT_ONCE + 2):
        ExerciseVersionFactory(name=f"Squat {number:02}", exercise__kind="strength")
    page = physio.get(url("edit", draft), {"q": "squat", "kind": "strength"})
    assertContains(page, "?rest&amp;kind=strength&amp;q=squat")
    rest = physio.get(url("edit", draft) + "?rest&kind=strength&q=squat", headers=REST)
    assert {*shown(page), *shown(rest)} == {f"Squat {n:02}" for n in range(AT_ONCE + 2)}
    assertNotContains(rest, "There are more.")


def test_few_need_no_more(physio, draft):
    ExerciseVersionFactory()
    assertNotContains(physio.get(url("edit", draft)), "Show more")


def test_what_is_left_out_is_chosen_from_boxes_that_come_when_they_are_opened(physio, draft):
    assertNotContains(physio.get(url("edit", draft)), 'name="avoid"')
    assertContains(physio.get(url("edit", draft)), f'data-when-opened="{url("avoid", draft)}"')
    assertContains(physio.get(url("avoid", draft)), 'name="avoid" value="NECK"')
    for query in ({"avoid": "NECK"}, {"open": "avoid"}):
        assertContains(physio.get(url("edit", draft), query), 'name="avoid" value="NECK"')

"""The library's filters: what is open comes with the page, the rest when it is opened."""

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from exercises import body_map
from exercises.search.facets import FACETS
from figures import outlines
from tests.factories import ExerciseVersionFactory, MembershipFactory

pytestmark = pytest.mark.django_db
LIST = "/exercises/"
HTMX = {"HX-Request": "true", "HX-Target": "results"}


@pytest.fixture
def staff(as_user):
    ExerciseVersionFactory(name="Bridge", muscles=["hamstrings"], position="lying on the back")
    ExerciseVersionFactory(name="Calf raise", muscles=["calf muscles"], position="standing")
    return as_user(MembershipFactory().user)


def shown(page) -> list[str]:
    """The filters whose boxes are on it."""
    return re.findall(r'<fieldset data-facet="(\w+)">', page.content.decode())


def test_the_page_has_the_boxes_of_open_filters_and_a_way_to_the_others(staff):
    page = staff.get(LIST)
    assert shown(page) == ["kept", "region", "kind"]
    for facet in FACETS[3:]:
        assertContains(page, f'data-when-opened="{reverse("exercises:filter", args=[facet.name])}"')
        assertContains(page, f'href="?open={facet.name}#facet-{facet.name}-group"')


def test_a_filter_with_something_chosen_is_open(staff):
    page = staff.get(LIST, {"muscle": "hamstrings"})
    assert shown(page) == ["kept", "region", "kind", "muscle"]
    assertContains(page, 'href="?muscle=hamstrings&amp;open=position#facet-position-group"')


def test_an_address_opens_one(staff):
    assert shown(staff.get(LIST, {"open": ["muscle", "yoga"]})) == [
        "kept",
        "region",
        "kind",
        "muscle",
    ]


def test_opened_it_has_its_boxes_with_the_numbers_of_the_search(staff):
    at = reverse("exercises:filter", args=["position"])
    assertContains(staff.get(at), 'value="standing"')
    narrowed = staff.get(at, {"muscle": "hamstrings"})
    assertContains(narrowed, 'value="lying on the back"')
    assertNotContains(narrowed, 'value="standing"')
    assertNotContains(narrowed, "<html")
    assert staff.get(reverse("exercises:filter", args=["yoga"])).status_code == 404


def test_answers_bring_the_numbers_of_what_the_page_shows(staff):
    answer = staff.get(LIST, headers=HTMX | {"X-Shown": "position,kind"}).content.decode()
    assert set(re.findall(r'id="facet-(\w+)"', answer)) == {"position", "kind"}
    answer = staff.get(LIST, {"muscle": "hamstrings"}, headers=HTMX).content.decode()
    assert set(re.findall(r'id="facet-(\w+)"', answer)) == {"muscle"}


def test_the_body_map_is_a_file_that_browsers_keep(staff):
    page = staff.get(LIST, {"muscle": "hamstrings"}).content.decode()
    used = set(re.findall(r'<use [^>]*href="([^"#]+)#([^"]+)"', page))
    [at] = {file for file, _name in used if "/body/" in file}
    body = staff.get(at)
    assert body["Content-Type"] == "image/svg+xml"
    assert body["Cache-Control"] == "private, max-age=31536000, immutable"
    for name in {name for file, name in used if file == at}:
        assertContains(body, f'<path id="{name}" d="M')
    old = staff.get(reverse("exercises:body", args=["0"]))
    assert old["Cache-Control"] == "private, no-store"


def test_front_and_back_have_the_outline_that_stands_in_the_page():
    front, back = outlines()
    assert front.body == back.body
    assert len(body_map.mark()) == 16

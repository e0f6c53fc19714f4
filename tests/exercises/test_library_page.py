"""The library's first page: the search as its address holds it, and what may be pressed there."""

import html
import re
from urllib.parse import parse_qs

import pytest
from django.urls import reverse

from exercises.models import Favourite
from exercises.services import favourites
from tests.factories import (
    LONG_AGO,
    ClinicFactory,
    ExerciseFactory,
    ExerciseVersionFactory,
    MembershipFactory,
)

pytestmark = pytest.mark.django_db

LIST = "/exercises/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def membership():
    return MembershipFactory()


@pytest.fixture
def staff(as_user, membership):
    return as_user(membership.user)


@pytest.fixture
def three():
    ExerciseVersionFactory(
        name="Hamstring stretch",
        regions=["back of thigh"],
        equipment=["chair"],
        precautions=["KNEE"],
        position="sitting",
    )
    ExerciseVersionFactory(
        name="Calf raise",
        exercise__kind="strength",
        regions=["calf"],
        equipment=["wall"],
        position="standing",
    )
    ExerciseVersionFactory(
        name="Bridge",
        exercise__kind="strength",
        regions=["buttock", "back of thigh"],
        position="lying on the back",
    )


def text(response) -> str:
    return " ".join(response.content.decode().split())


def names(response) -> set[str]:
    return set(re.findall(r'class="tile__link"[^>]*>([^<]+)<', response.content.decode()))


def box(page: str, facet: str, value: str) -> str:
    """A facet's box with its label and number."""
    found = re.search(
        rf'<input [^>]*name="{facet}" value="{value}".*?<span class="facet__number">\d+', page
    )
    assert found, (facet, value)
    return found[0]


EVERYTHING = {"Hamstring stretch", "Calf raise", "Bridge"}


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", EVERYTHING),
        ("q=hamsting", {"Hamstring stretch"}),
        ("q=bum", {"Bridge"}),
        ("kind=strength", {"Calf raise", "Bridge"}),
        ("kind=strength&q=thigh", {"Bridge"}),
        ("region=calf&region=buttock", {"Calf raise", "Bridge"}),
        ("region=calf&equipment=chair", set()),
        ("position=sitting&position=standing", {"Hamstring stretch", "Calf raise"}),
        ("avoid=KNEE", {"Calf raise", "Bridge"}),
        ("owner=shared", EVERYTHING),
        ("owner=mine", set()),
        ("kept=favourite", set()),
        # what cannot be is left out, never refused
        ("kind=yoga", EVERYTHING),
        ("region=yoga&region=calf", {"Calf raise"}),
        ("region=calf&region=calf", {"Calf raise"}),
        ("avoid=" + "x" * 5000, EVERYTHING),
        ("region=%00&region=%ff&kept=%27&owner=' OR 1=1 --", EVERYTHING),
        ("page=99", EVERYTHING),
        ("page=x", EVERYTHING),
        ("page=-1", EVERYTHING),
        ("q=%00", EVERYTHING),
        ("q=zzzz", set()),
        ("q=' OR 1=1 --", set()),
        (f"q={'x' * 5000}", set()),
        ("unheard=of", EVERYTHING),
        ("&".join(["region=calf"] * 500), {"Calf raise"}),
    ],
)
def test_the_address_holds_the_search(staff, three, query, seen):
    response = staff.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert names(response) == seen
    assert ("No exercise found" in text(response)) == (not seen)


def test_numbers_go_by_the_words_and_the_other_filters(staff, three):
    page = text(staff.get(f"{LIST}?q=thigh&equipment=chair&kind=stretch"))
    assert box(page, "equipment", "chair").endswith(">1")
    assert " checked" in box(page, "equipment", "chair")
    assert box(page, "region", "back of thigh").endswith(">1")
    assert " checked" not in box(page, "region", "back of thigh")
    assert 'value="wall"' not in page  # nothing of what was found
    assert box(text(staff.get(f"{LIST}?kind=stretch")), "kind", "strength").endswith(">2")


def test_a_chip_takes_its_filter_away_and_keeps_the_rest(staff, three):
    page = text(staff.get(f"{LIST}?q=thigh&region=buttock&region=calf&avoid=KNEE&page=2"))
    assert 'href="?q=thigh&amp;region=calf&amp;avoid=KNEE"' in page  # without the buttock
    assert 'href="?q=thigh&amp;region=buttock&amp;region=calf"' in page  # without the knee
    assert "Not for: painful knee" in page
    assert f'<a class="chip chip--quiet" href="{LIST}">Clear all</a>' in page
    assert "Clear all" not in text(staff.get(f"{LIST}?q=thigh"))


def test_the_body_map_does_what_the_boxes_do(staff, three):
    page = text(staff.get(f"{LIST}?q=thigh&region=buttock"))
    parts = dict(
        re.findall(
            r'(body-map__part[^"]*)" tabindex="-1" href="([^"]+)"[^>]*><title>Buttock<', page
        )
    )
    assert parts == {"body-map__part body-map__part--chosen": "?q=thigh"}
    assert 'href="?q=thigh&amp;region=buttock&amp;region=calf"' in page
    assert '<div class="body-map" id="body-map" aria-hidden="true">' in page
    assert 'class="body-map__muscle"' not in page
    assert 'class="body-map__muscle"' in text(staff.get(f"{LIST}?muscle=hamstrings"))


@pytest.mark.parametrize(
    "asked", ["", "q=thigh", "q=a%26b&kind=stretch", "region=calf", "muscle=hamstrings"]
)
def test_a_part_of_the_body_keeps_the_rest_of_the_search(staff, three, asked):
    page = staff.get(f"{LIST}?{asked}").content.decode()
    address = html.unescape(re.search(r'href="([^"]+)"[^>]*><title>Hip<', page)[1])
    chosen = parse_qs(asked)
    pressed = {**chosen, "region": [*chosen.get("region", []), "hip"]}
    assert parse_qs(address.removeprefix("?")) == pressed
    assert "THE-REST" not in page


def test_what_was_typed_stays_and_is_never_markup(staff, three):
    page = text(staff.get(LIST, {"q": '"><script>alert(1)</script>'}))
    assert "<script>alert" not in page
    assert "&quot;&gt;&lt;script&gt;" in page


def test_a_card_tells_enough_to_choose(staff, three):
    page = text(staff.get(f"{LIST}?q=hamstring"))
    assert "A gentle stretch." in page
    assert "20–30 s × 2–3 each leg, 2–3 a day" in page
    assert "Not yet reviewed by a physiotherapist" in page
    assert "CC BY 4.0" in page


def test_many_exercises_come_in_pages(staff):
    ExerciseVersionFactory.create_batch(30)
    first, second = (text(staff.get(f"{LIST}?kind=stretch&page={page}")) for page in (1, 2))
    assert first.count('class="tile"') == 24
    assert second.count('class="tile"') == 6
    assert "?kind=stretch&amp;page=2" in first
    assert 'role="status"> 30 exercises </p>' in first


def test_another_clinics_exercise_is_neither_found_nor_counted(staff, three):
    ExerciseVersionFactory(name="Secret", regions=["knee"], exercise__clinic=ClinicFactory())
    response = staff.get(f"{LIST}?q=secret")
    assert names(response) == set()
    page = text(staff.get(LIST))
    assert "Secret" not in page
    assert 'name="region" value="knee"' not in page
    assert 'role="status"> 3 exercises </p>' in page


@pytest.mark.parametrize(
    ("query", "queries"),
    [
        ("", 0),
        ("?q=stretch", 1),  # which ones the words find
        ("?q=strech", 2),  # as typed, and then what is spelled alike
        ("?region=calf&kept=favourite&avoid=KNEE&owner=shared", 0),
    ],
)
def test_queries_do_not_grow(staff, membership, django_assert_num_queries, query, queries):
    def more(number):
        for version in ExerciseVersionFactory.create_batch(number, regions=["calf"]):
            favourites.toggle_favourite(version.exercise, by=membership.user)

    more(1)
    staff.get(LIST)
    # session, person, two for the roles; drafts and archived ones; numbers, exercises
    for number in (0, 19):
        more(number)
        staff.get(f"{LIST}{query}")  # the first who sees an exercise waits for its card
        with django_assert_num_queries(7 + queries):
            response = staff.get(f"{LIST}{query}")
        assert text(response).count('class="tile"') == 1 + number


# --- favourites


def favourite(version) -> str:
    return reverse("exercises:favourite", args=[version.exercise_id])


def test_a_star_is_pressed_and_pressed_again(staff, membership):
    version = ExerciseVersionFactory(name="Bridge")
    after = f"{LIST}?q=bridge"
    response = staff.post(favourite(version), {"next": after})
    assert (response.status_code, response["Location"]) == (302, after)
    assert names(staff.get(f"{LIST}?kept=favourite")) == {"Bridge"}
    assert 'aria-pressed="true"' in text(staff.get(LIST))
    staff.post(favourite(version), {"next": after})
    assert 'aria-pressed="false"' in text(staff.get(LIST))
    assert not Favourite.objects.exists()


@pytest.mark.parametrize("elsewhere", ["", "https://evil.example/", "no-route"])
def test_a_star_never_leads_to_another_site_or_to_no_page(staff, elsewhere):
    response = staff.post(favourite(ExerciseVersionFactory()), {"next": elsewhere})
    assert (response.status_code, response["Location"]) == (302, LIST)


def test_htmx_takes_the_button_alone(staff):
    version = ExerciseVersionFactory(name="Bridge")
    page = text(staff.post(favourite(version), {"next": "/exercises/?q=b"}, headers=HTMX))
    assert 'aria-pressed="true"' in page
    assert "<form" not in page  # all stars share one
    assert "<html" not in page
    assert "Favourite: Bridge" in page


@pytest.mark.parametrize(
    "after", ["https://elsewhere.example/", "//elsewhere.example", "", "javascript:x"]
)
def test_nobody_is_sent_elsewhere(staff, after):
    response = staff.post(favourite(ExerciseVersionFactory()), {"next": after})
    assert response["Location"] == LIST


def changing(page: str) -> list[str]:
    """The places of the page that change as one types."""
    places = r'id="(results|found|chosen-filters|body-map|facet-\w+(?:-more)?)"'
    return sorted(re.findall(places, page))


def test_as_one_types_htmx_gets_the_answers_alone(staff, three, django_assert_num_queries):
    whole = text(staff.get(LIST))
    headers = HTMX | {"HX-Target": "results", "X-Shown": "kept,region,kind"}
    # Session, person, roles; what the words find, numbers, what is left of it, exercises: drafts and
    # archived ones are not counted again.
    with django_assert_num_queries(7):
        response = staff.get(f"{LIST}?q=calf&region=calf", headers=headers)
    page = text(response)
    assert "<h1" not in page
    assert "<form" not in re.sub(r'<form id="favourites".*?</form>', "", page)
    assert names(response) == {"Calf raise"}
    assert changing(page) == changing(whole)
    assert len(changing(page)) == 4 + 2 * 3


def test_the_back_button_gets_the_whole_page(staff, three):
    headers = HTMX | {"HX-Target": "results", "HX-History-Restore-Request": "true"}
    assert "<h1" in text(staff.get(LIST, headers=headers))


@pytest.mark.parametrize(
    "hidden",
    [
        {"exercise__clinic": None, "published_at": None},
        {"exercise__archived_at": LONG_AGO},
    ],
)
def test_what_is_not_in_the_library_gets_no_star(staff, hidden):
    version = ExerciseVersionFactory(**hidden)
    assert staff.post(favourite(version)).status_code == 404
    assert not Favourite.objects.exists()


def test_another_clinics_exercise_gets_no_star(staff):
    version = ExerciseVersionFactory(exercise=ExerciseFactory(clinic=ClinicFactory()))
    assert staff.post(favourite(version)).status_code == 404
    assert staff.get(favourite(version)).status_code == 405
    assert not Favourite.objects.exists()

"""A search that finds nothing says what the library covers, and offers to write one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from programmes import services
from tests.factories import LONG_AGO, ExerciseVersionFactory

LIBRARY = reverse("exercises:list")
TYPED = "Unicycle & co"


@pytest.fixture
def physio(cast, as_user):
    for number in range(3):
        ExerciseVersionFactory(name=f"Calf stretch {number}", regions=["calf"])
    return as_user(cast.clinician)


@pytest.fixture(params=["library", "builder", "builder by htmx"])
def look(request, physio, cast):
    """``look(text)``: the answer to a search, in the library and in the builder."""
    draft = services.create(cast.clinic, title="Low back", by=cast.clinician, now=LONG_AGO)
    address = reverse("programmes:edit", args=[draft.pk])
    headers = {"HX-Request": "true", "HX-Target": "found"}
    places = {
        "library": (LIBRARY, {}),
        "builder": (address, {}),
        "builder by htmx": (address, headers),
    }
    place, sent = places[request.param]
    return lambda text: physio.get(place, {"q": text}, headers=sent)


def test_it_says_what_there_is_and_offers_to_write_one(look):
    response = look(TYPED)
    assertContains(response, "The library has")
    assertContains(response, "calf (3)")
    assertContains(response, "stretch (")
    assertContains(response, reverse("exercises:create") + "?name=Unicycle%20%26%20co")
    assertContains(response, "Write “Unicycle &amp; co”")


def test_what_is_found_is_not_drowned(look):
    assertNotContains(look("calf"), "The library has")


def test_the_typed_name_is_filled_in(physio):
    page = physio.get(reverse("exercises:create"), {"name": TYPED})
    assert page.context["form"]["name"].value() == TYPED
    long = physio.get(reverse("exercises:create"), {"name": "x" * 5000})
    assert long.context["form"]["name"].value() == "x" * 120


def test_one_query_for_any_library(look):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            look(TYPED)
        return len(captured)

    few = queries()
    ExerciseVersionFactory.create_batch(9, regions=["calf"])
    assert queries() == few

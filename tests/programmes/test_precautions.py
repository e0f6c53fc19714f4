"""What asks somebody to ask first, in a programme and in the library beside it."""

from types import SimpleNamespace

import pytest

from exercises.models import Precaution
from programmes.precautions import AsksFirst, asking_first
from programmes.words import why_ask_first
from tests.factories import ExerciseVersionFactory
from tests.programmes.conftest import url


def item(name: str, *tags: str) -> SimpleNamespace:
    return SimpleNamespace(exercise_version=SimpleNamespace(name=name, precautions=list(tags)))


CURL_UP, BRIDGE, WALK = item("Curl-up", "OP", "NECK"), item("Bridge", "PREG"), item("Walk")


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ([], []),
        (["OST"], []),
        (["PREG"], [AsksFirst("Bridge", (Precaution.PREGNANCY,))]),
        (
            ["OP", "PREG", "NECK"],
            [
                AsksFirst("Curl-up", (Precaution.NECK, Precaution.SURGERY)),
                AsksFirst("Bridge", (Precaution.PREGNANCY,)),
            ],
        ),
    ],
)
def test_what_shares_a_tag_is_found_in_the_order_of_the_programme(tags, found):
    assert asking_first([CURL_UP, BRIDGE, WALK], tags) == found


def test_in_words():
    [asks] = asking_first([CURL_UP], ["NECK", "OP"])
    assert why_ask_first(asks) == "Curl-up: neck trouble, recent surgery"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", {"Bridge", "Curl-up", "Walk"}),
        ("?avoid=PREG", {"Curl-up", "Walk"}),
        ("?avoid=PREG&avoid=NECK", {"Walk"}),
        ("?avoid=XYZ&avoid=NECK", {"Bridge", "Walk"}),
    ],
)
def test_the_builders_library_leaves_out_what_asks_first(physio, draft, query, left):
    for name, tags in (("Bridge", ["PREG"]), ("Curl-up", ["NECK"]), ("Walk", [])):
        ExerciseVersionFactory(name=name, precautions=tags)
    page = physio.get(url("edit", draft) + query)
    shown = {pick.version.name for pick in page.context["picks"]}
    assert shown & {"Bridge", "Curl-up", "Walk"} == left
    assert ('name="avoid" value="NECK"' in page.text) is bool(query)  # else they are fetched
    assert 'name="avoid" value="NECK"' in physio.get(url("avoid", draft) + query).text

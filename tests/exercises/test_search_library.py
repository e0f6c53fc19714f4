"""What people type, and what of the whole library comes first."""

import pytest

from exercises import library
from exercises.models import ExerciseVersion
from exercises.search import find
from exercises.services import loading
from exercises.vocabulary import Position
from tests.factories import LONG_AGO, ProgrammeFactory

pytestmark = pytest.mark.django_db

FOUNDING = "Lying hamstring stretch"


@pytest.fixture
def shipped():
    loading.load(library.read(), now=LONG_AGO)


def found(text: str) -> list[str]:
    return [version.name for version in find(ExerciseVersion.objects.current(), text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("hamstring", FOUNDING),
        ("hamstrings", FOUNDING),
        ("hamstring stretch", FOUNDING),
        ("SLR", "Straight leg raise"),
        ("slr", "Straight leg raise"),
        ("TA", "Tummy tightening"),
        ("balance", "Single-leg stand"),
        ("calf", "Calf stretch"),
    ],
)
def test_what_comes_first(shipped, text, first):
    assert found(text)[0] == first


@pytest.mark.parametrize(
    ("text", "some"),
    [
        ("disc", {FOUNDING, "Back press-up", "Sciatic nerve slider"}),
        ("slipped disc", {FOUNDING, "Back press-up"}),
        ("spinal stenosis", {"Single knee to chest", "Pelvic tilt"}),
        ("osteoarthritis of the hip", {"Clamshell", "Sit-to-stand", "Single-leg stand"}),
        ("hip arthritis", {"Clamshell", "Sit-to-stand"}),
        ("chair", {"Sit-to-stand", "Sitting hamstring stretch", "Seated figure-four stretch"}),
        ("poor balance", {"Single-leg stand", "Heel raise"}),
        ("calf", {"Calf stretch", "Heel raise"}),
    ],
)
def test_what_is_among_it(shipped, text, some):
    names = found(text)
    assert some <= set(names)
    assert len(names) < len(library.read()) / 2


def test_lower_back_is_ranked_and_not_nearly_everything(shipped):
    for text in ("lower back", "low back"):
        names = found(text)
        assert 5 < len(names) < len(library.read()) / 2
        assert {"Pelvic tilt", "Cat-camel", "Knee rolls"} <= set(names)


def test_who_cannot_kneel_finds_no_kneeling(shipped):
    found_now = list(find(ExerciseVersion.objects.current(), "can't kneel"))
    assert found_now
    assert not {Position.KNEELING, Position.HANDS_AND_KNEES} & {v.position for v in found_now}
    first = [version for version in found_now if "can't kneel" in version.synonyms]
    assert len(first) >= 3
    assert found_now[: len(first)] == first


@pytest.mark.parametrize("page", ["library", "builder"])
def test_hamstring_puts_the_founding_stretch_first_on_both_pages(shipped, client, cast, page):
    draft = ProgrammeFactory(clinic=cast.clinic, created_by=cast.clinician, published_at=None)
    address = "/exercises/" if page == "library" else f"/programmes/{draft.pk}/"
    client.force_login(cast.clinician)
    html = client.get(address, {"q": "hamstring"}).text
    shown = {version.name: html.find(version.name) for version in ExerciseVersion.objects.all()}
    there = {name: at for name, at in shown.items() if at >= 0}
    assert min(there, key=lambda name: there[name]) == FOUNDING

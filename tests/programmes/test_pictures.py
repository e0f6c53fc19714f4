"""The pictures of a programme's exercises in one file."""

import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from exercises import drawing
from programmes.models import Programme
from tests.exercises.drawn import STEPS, lying
from tests.factories import LONG_AGO, ExerciseVersionFactory, ItemFactory, ProgrammeFactory
from tests.programmes.sprites import used

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


def programme_of(clinic, count=2, **fields):
    programme = ProgrammeFactory(clinic=clinic)
    for position in range(count):
        version = ExerciseVersionFactory(figure=lying(), steps=STEPS)
        ItemFactory(programme=programme, exercise_version=version, position=position, **fields)
    Programme.objects.filter(pk=programme.pk).update(published_at=LONG_AGO)
    return programme


def address(programme, mark=None):
    return reverse("programmes:pictures", args=[programme.pk, mark or drawing.mark()])


def symbols(response):
    root = ElementTree.fromstring(response.content)  # noqa: S314  our own
    return {symbol.get("id"): symbol for symbol in root.iter(f"{SVG}symbol")}


@pytest.fixture
def programme(cast):
    return programme_of(cast.clinic)


def test_each_item_has_a_small_picture_and_one_for_each_step(physio, programme):
    drawn = symbols(physio.get(address(programme)))
    assert set(drawn) == {
        name for item in ("p0", "p1") for name in (item, *(f"{item}-{n}" for n in range(1, 7)))
    }
    assert drawn["p0-1"].get("viewBox") == "0 0 320 240"
    assert drawn["p0"].get("viewBox") != "0 0 320 240", "the small one is cropped"


def test_shapes_carry_their_colours_and_no_class_or_style(physio, programme):
    content = physio.get(address(programme)).content.decode()
    assert 'fill="var(--drawing-near)"' in content
    assert "class=" not in content
    assert "style" not in content


def test_the_side_that_is_prescribed_is_shown_with_its_letter(physio, cast):
    left = physio.get(address(programme_of(cast.clinic, side="left"))).content.decode()
    right = physio.get(address(programme_of(cast.clinic, side="right"))).content.decode()
    assert left.count("matrix(-1") == left.count("<symbol")
    assert ">L</text>" in left
    assert "matrix(-1" not in right
    assert ">R</text>" in right


def test_browsers_keep_what_its_address_names_and_nothing_else(physio, programme):
    kept = physio.get(address(programme))["Cache-Control"]
    assert {"private", "immutable"} <= set(kept.split(", "))
    assert physio.get(address(programme, "older"))["Cache-Control"] == "private, no-store"


def test_a_draft_has_no_file_for_it_still_changes(physio, cast):
    draft = ProgrammeFactory(clinic=cast.clinic)
    ItemFactory(programme=draft, exercise_version=ExerciseVersionFactory(figure=lying()))
    assert physio.get(address(draft)).status_code == 404
    page = physio.get(reverse("programmes:preview", args=[draft.pk]))
    assert used(page.content.decode()) == []
    assert b'<svg class="drawing" viewBox' in page.content


def test_a_published_programme_s_pages_use_it_and_say_each_picture_in_words(physio, programme):
    for name in ("edit", "preview"):
        page = physio.get(reverse(f"programmes:{name}", args=[programme.pk]))
        assert {at for at, _name in used(page.content.decode())} == {address(programme)}
        known = symbols(physio.get(address(programme)))
        assert {symbol for _at, symbol in used(page.content.decode())} <= set(known)
        pictures = re.findall(r'<svg class="drawing" role="img"([^>]*)>', page.content.decode())
        assert len(pictures) == len(used(page.content.decode()))
        assert all(re.search(r'aria-label="[^"]{10,}"', picture) for picture in pictures)


def test_the_movement_is_fetched_through_the_programme(physio, programme):
    page = physio.get(reverse("programmes:preview", args=[programme.pk])).content.decode()
    [first, _second] = re.findall(r'data-motion-url="([^"]+)"', page)
    assert first.startswith(f"/programmes/{programme.pk}/items/")
    response = physio.get(first)
    assert response.json()["beats"]
    assert "immutable" in response["Cache-Control"]


def test_queries_of_the_file_do_not_grow(physio, cast, django_assert_num_queries):
    for count in (1, 20):
        programme = programme_of(cast.clinic, count)
        with django_assert_num_queries(5):
            physio.get(address(programme))

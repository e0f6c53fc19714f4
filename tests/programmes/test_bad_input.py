"""Whatever is typed: a word beside the field, the typed value kept, nothing saved."""

import re
from itertools import product

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from exercises.fields import LIMITS
from exercises.models import ExerciseVersion
from programmes.models import Item
from tests.programmes.conftest import dose_of, url

KINDS = {
    "hold": {},
    "minutes": {
        "dose_kind": ExerciseVersion.DoseKind.MINUTES,
        "hold_seconds_min": None,
        "hold_seconds_max": None,
        "repetitions_min": None,
        "repetitions_max": None,
        "minutes_min": 5,
        "minutes_max": 10,
    },
}
NUMBERS = [
    ("hold", "hold_seconds"),
    ("hold", "repetitions"),
    ("hold", "sets"),
    ("hold", "per_day"),
    ("minutes", "minutes"),
    ("minutes", "per_day"),
]
WRONG_NUMBERS = ["-1", "0", "999999", "9" * 5000, "abc", "2.5", "1e2", "２a", "\x00", "½"]


def test_every_number_of_a_dose_is_in_the_table():
    assert {part for _, part in NUMBERS} == set(LIMITS)


@pytest.mark.parametrize(("kind", "part"), NUMBERS)
def test_wrong_numbers(physio, draft, add, kind, part):
    item = add("Bridge", **KINDS[kind])
    for field, typed in product((f"{part}_min", f"{part}_max"), WRONG_NUMBERS):
        refused(physio, draft, item, field, dose_of(item, **{field: typed}))


@pytest.mark.parametrize(("kind", "part"), NUMBERS)
def test_the_smallest_number_comes_first(physio, draft, add, kind, part):
    item = add("Bridge", **KINDS[kind])
    typed = dose_of(item, **{f"{part}_min": 9, f"{part}_max": 8})
    refused(physio, draft, item, f"{part}_max", typed)


@pytest.mark.parametrize(("kind", "part"), [pair for pair in NUMBERS if pair[1] != "sets"])
def test_numbers_that_are_needed(physio, draft, add, kind, part):
    item = add("Bridge", **KINDS[kind])
    for field in (f"{part}_min", f"{part}_max"):
        refused(physio, draft, item, field, dose_of(item, **{field: " "}))


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("sets_min", 2),  # without a largest
        ("every_days", 0),
        ("every_days", 15),
        ("every_days", "often"),
        ("weekdays", []),
        ("weekdays", [7]),
        ("weekdays", ["monday"]),
        ("side", ""),
        ("side", "front"),
        ("note", "x" * 501),
        ("note", "\x00"),
    ],
)
def test_other_fields(physio, draft, add, field, typed):
    item = add("Bridge")
    response_field = "sets_max" if field == "sets_min" else field
    refused(physio, draft, item, response_field, dose_of(item, **{field: typed}))


def refused(physio, draft, item, field: str, typed: dict) -> None:
    """422 and words beside the field; the page keeps what was typed; none of it is saved."""
    response = physio.post(url("change_item", draft, item), typed)
    assert response.status_code == 422
    place = f'id="item-{item.pk}-{field}_error"'
    [words] = re.findall(rf"{place}.*?</div>", response.text, re.DOTALL)
    assert "invalid-feedback" in words
    keeps(response, item, typed)
    stored = Item.objects.get(pk=item.pk)
    assert (stored.dose, stored.note, stored.side) == (item.dose, "", "both")


def keeps(response, item, typed: dict) -> None:
    [form] = [row.form for row in response.context["rows"] if row.item.pk == item.pk]
    for name in form.fields:
        expected = typed.get(name, "")
        shown = form[name].value()
        if isinstance(expected, list):
            assert [str(value) for value in shown or []] == [str(value) for value in expected]
        else:
            assert str(shown or "") == str(expected)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("٢", 2), (" 2 ", 2), ("2.0", 2), ("02", 2)],
    ids=["Arabic digit", "spaces", "decimal", "zero first"],
)
def test_numbers_as_people_write_them(physio, draft, add, typed, kept):
    item = add("Bridge")
    physio.post(url("change_item", draft, item), dose_of(item, repetitions_min=typed))
    item.refresh_from_db()
    assert item.repetitions_min == kept


@pytest.mark.parametrize("words", ["Ünïcödé 🦵 <b>bold</b> & 'quotes'", "x" * 500, "one\r\ntwo"])
def test_notes_as_people_write_them(physio, draft, add, words):
    item = add("Bridge")
    typed = dose_of(item, note=words)
    response = physio.post(url("change_item", draft, item), typed, follow=True)
    assert response.status_code == 200
    item.refresh_from_db()
    assert item.note == words.replace("\r\n", "\n")  # a line break is one
    assert "<b>bold" not in response.text


@pytest.mark.parametrize(
    ("title", "advice", "field"),
    [
        ("", "", "title"),
        ("   ", "", "title"),
        ("x" * 121, "", "title"),
        ("a\x00b", "", "title"),
        ("Low back", "x" * 2001, "advice"),
    ],
    ids=["none", "spaces", "huge", "null", "huge advice"],
)
def test_title_and_advice(physio, draft, title, advice, field):
    response = physio.post(url("edit", draft), {"title": title, "advice": advice})
    assert response.status_code == 422
    assert field in response.context["describe"].errors
    assertContains(response, f'id="programme-{field}"', status_code=422)
    assert response.context["describe"]["advice"].value() == advice
    draft.refresh_from_db()
    assert (draft.title, draft.advice) == ("Low back", "")


@pytest.mark.parametrize(
    "title", ["", "  ", "x" * 121, "\x00"], ids=["none", "spaces", "huge", "null"]
)
def test_a_new_programme_needs_a_title(physio, title):
    response = physio.post("/programmes/new/", {"title": title})
    assert response.status_code == 422
    assert "title" in response.context["form"].errors


def test_a_new_programme_with_a_title(physio):
    response = physio.post("/programmes/new/", {"title": "Ünïcödé 🦵"})
    assertRedirects(response, response["Location"])

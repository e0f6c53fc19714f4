"""Whatever is typed into a draft: 422, words next to the field, nothing typed lost, nothing saved."""

import pytest
from django.test import Client

from exercises.models import ExerciseVersion
from exercises.services import writing
from tests.cast import Cast
from tests.exercises.writing_desk import address, typed
from tests.factories import LONG_AGO, ClinicFactory, ExerciseFactory, ExerciseVersionFactory

NUL, HUGE = "a\x00b", "x" * 10_000
NOBODY = "7c1bfb26-6bd3-4f5c-9f43-4f9f4f9f4f9f"  # nothing has this key


@pytest.fixture
def physio(cast: Cast, as_user) -> Client:
    return as_user(cast.clinician)


@pytest.fixture
def draft(cast: Cast) -> ExerciseVersion:
    return writing.create(cast.clinic, name="Wall sit", by=cast.clinician, now=LONG_AGO)


def row(draft: ExerciseVersion) -> dict:
    return ExerciseVersion.objects.filter(pk=draft.pk).values().get()


BAD = {
    "name": ["", "   ", NUL, HUGE, "x" * 121],
    "summary": [NUL, HUGE, "x" * 201],
    "synonyms": [NUL, HUGE, "x" * 81, ",".join(f"name {n}" for n in range(21))],
    "position": ["upside down", NUL, HUGE],
    "steps": [[NUL], [HUGE], ["ok", "x" * 301], [f"Step {n}." for n in range(50)], ["s"] * 13],
    "phases": [["dance"], [NUL], ["move", HUGE]],
    "cues": [[NUL], ["x" * 81], ["c"] * 4],
    "cautions": [[NUL], ["x" * 301], ["c"] * 13],
    "feel": [NUL, HUGE, "x" * 601],
    "progress": [NUL, HUGE],
    "why": [NUL, HUGE, "\n".join("abcdefghijk")],
    "beside": [NUL, HUGE],
    "why_for_patient": [NUL, HUGE, "x" * 301],
    "beside_for_patient": [NUL, HUGE, "x" * 301],
    "on_paper": [NUL, HUGE, "x" * 201],
    "source": [NUL, HUGE],
    "kind": ["", "juggling", NUL],
    "dose_kind": ["", "forever", NUL],
    "dose_basis": ["", "hearsay", NUL],
    "flexes": ["sideways", NUL],
    "side_kind": ["true", "wing", NUL],
    "equipment": [["trapeze"], [NUL], ["wall", HUGE]],
    "muscles": [["wing"], [NUL]],
    "regions": [["tail"], [NUL]],
    "conditions": [["gloom"], [NUL]],
    "precautions": [["XYZ"], [NUL]],
    "hold_seconds_min": ["", "-1", "0", "601", "abc", "2.5", NUL, "9" * 5000],
    "hold_seconds_max": ["", "0", "19", "41", NUL],  # 19 is below the smallest, 41 too wide
    "repetitions_min": ["", "0", "101", "½"],
    "repetitions_max": ["", "1", "5"],  # 5 is more than twice the smallest
    "sets_max": ["11", "3"],  # 3 without a smallest
    "per_day_min": ["", "13"],
    "per_day_max": ["", "0", "3"],
    "guide_hold_seconds_min": ["0", "601", "abc", NUL, "15"],  # 15 without a largest
    "guide_hold_seconds_max": ["2.5", "601", NUL, "60"],
    "guide_repetitions_min": ["101", "½", "1"],
    "guide_repetitions_max": ["0", "many", "3"],
    "guide_sets_min": ["11", "1"],
    "guide_sets_max": ["0", "3"],
    "guide_per_day_min": ["13", "1"],
    "guide_per_day_max": ["0", "2"],
    "weekdays": [[], ["7"], ["monday"], [NUL]],
    "every_days": ["0", "15", "often"],
    "easier": [["nonsense"], [NUL], [NOBODY], [HUGE]],
    "harder": [["1"], [NOBODY]],
}
# Where the words stand, if not at the field itself.
ELSEWHERE = {
    ("sets_max", "3"): "sets_min",
    ("guide_hold_seconds_min", "15"): "guide_hold_seconds_max",
    ("guide_hold_seconds_max", "60"): "guide_hold_seconds_min",
    ("guide_repetitions_min", "1"): "guide_repetitions_max",
    ("guide_repetitions_max", "3"): "guide_repetitions_min",
    ("guide_sets_min", "1"): "guide_sets_max",
    ("guide_sets_max", "3"): "guide_sets_min",
    ("guide_per_day_min", "1"): "guide_per_day_max",
    ("guide_per_day_max", "2"): "guide_per_day_min",
}
CASES = [(field, value) for field, values in BAD.items() for value in values]


@pytest.mark.parametrize(("field", "value"), CASES, ids=lambda case: repr(case)[:24])
def test_bad_input(physio, draft, field, value):
    before = row(draft)
    kept = {"beside": "Kept as typed."} if field != "beside" else {"feel": "Kept as typed."}
    data = typed(draft, **kept, **{field: value})
    response = physio.post(address(draft), data)
    assert response.status_code == 422
    form = response.context["form"]
    place = ELSEWHERE.get((field, value), field) if isinstance(value, str) else field
    assert place in form.errors
    assert f'id="id_{place}_error"' in response.text
    for name, words in kept.items():
        assert form[name].value() == words
    if field in form.fields and field not in {"easier", "harder"}:
        assert as_text(form[field].value()) == as_text(value)
    assert row(draft) == before


def as_text(value) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def test_every_field_that_can_be_wrong_is_in_the_table(draft):
    fields = set(typed(draft)) - {"seen", "do", "find", "had_easier", "had_harder"}
    assert fields - {"sets_min"} <= BAD.keys() | {"minutes_min", "minutes_max"}


def test_a_wrong_line_says_which(physio, draft):
    response = physio.post(address(draft), typed(draft, steps=["", "Good.", "x" * 301]))
    rows = response.context["form"]["steps"].rows
    assert [bool(row.errors) for row in rows] == [False, False, True]
    assert "Line 3:" in response.text
    assert [row.text for row in rows] == ["", "Good.", "x" * 301]


@pytest.mark.parametrize("seen", ["", "yesterday", NUL, HUGE])
def test_a_save_that_does_not_know_what_it_saw_is_stale(physio, draft, seen):
    response = physio.post(address(draft), typed(draft, name="Mine", seen=seen))
    assert response.status_code == 422
    assert response.context["form"]["name"].value() == "Mine"
    assert row(draft)["name"] == "Wall sit"


def test_fields_left_out_altogether(physio, draft):
    response = physio.post(address(draft), {"do": "publish"})
    assert response.status_code == 422
    assert {"name", "kind", "dose_kind"} <= response.context["form"].errors.keys()


@pytest.mark.parametrize("find", [NUL, HUGE, "%_'\"", "   "])
def test_any_words_can_be_looked_for(physio, draft, find):
    response = physio.post(address(draft), typed(draft, find=find, do="find"))
    assert response.status_code == 200
    assert response.context["offers"] == []


def test_neighbours_are_the_clinics_own_or_shared(physio, draft):
    foreign = ExerciseVersionFactory(exercise=ExerciseFactory(clinic=ClinicFactory()))
    unpublished = ExerciseVersionFactory(published_at=None, exercise=ExerciseFactory())
    itself = draft
    for version in (foreign, unpublished, itself):
        data = typed(draft, easier=[str(version.exercise_id)])
        response = physio.post(address(draft), data)
        assert response.status_code == 422
        assert "easier" in response.context["form"].errors


@pytest.mark.parametrize("do", ["easier nonsense", f"easier {NOBODY}", "drop \x00", "dose"])
def test_buttons_with_odd_values_change_nothing(physio, draft, do):
    before = row(draft)
    assert physio.post(address(draft), typed(draft, do=do)).status_code == 200
    assert row(draft) == before


@pytest.mark.parametrize("words", ["Ünïcödé 🦵 <b>bold</b> & 'quotes'", "{{ 7 }} {% now %}"])
def test_words_as_people_write_them(physio, draft, words):
    data = typed(draft, name=words, steps=[words], cautions=[words], why=words, feel=words)
    response = physio.post(address(draft), data, follow=True)
    assert response.status_code == 200
    assert "<b>bold" not in response.text
    draft.refresh_from_db()
    assert (draft.name, draft.steps, draft.why, draft.feel) == (words, [words], [words], words)

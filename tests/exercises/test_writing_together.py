"""Several exercises and several people: stale saves, neighbours, circles."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import AuditEvent
from exercises.models import ExerciseVersion, Progression
from exercises.services import writing
from tests.cast import Cast
from tests.exercises.writing_desk import address, of_version, ready_draft, typed
from tests.factories import LONG_AGO, ExerciseVersionFactory


@pytest.fixture
def physio(cast: Cast, as_user) -> Client:
    return as_user(cast.clinician)


@pytest.fixture
def draft(cast: Cast) -> ExerciseVersion:
    return writing.create(cast.clinic, name="Wall sit", by=cast.clinician, now=LONG_AGO)


def fresh(version: ExerciseVersion) -> ExerciseVersion:
    return ExerciseVersion.objects.select_related("exercise").get(pk=version.pk)


@time_machine.travel(datetime(2026, 11, 23, 10, 42, tzinfo=UTC), tick=False)
def test_a_stale_save_is_told_and_loses_nothing(as_user, cast, draft):
    physio = as_user(cast.clinician)
    mine = typed(draft, name="Mine", feel="Half a sentence")
    colleague = as_user(cast.colleague)
    colleague.post(address(draft), typed(draft, name="Theirs"))
    response = physio.post(address(draft), mine)
    assert response.status_code == 422
    assertContains(response, f"{cast.colleague} changed this draft", status_code=422)
    assertContains(response, "Mon 23 Nov at 10:42", status_code=422)
    assertContains(response, 'value="Mine"', status_code=422)
    assert response.context["form"]["feel"].value() == "Half a sentence"
    assert fresh(draft).name == "Theirs"
    again = {**mine, "seen": response.context["seen"]}
    assertRedirects(physio.post(address(draft), again), address(draft))
    assert fresh(draft).name == "Mine"


def test_the_same_save_twice_is_one(physio, draft):
    data = typed(draft, name="Wall squat")
    for _ in range(2):
        assertRedirects(physio.post(address(draft), data), address(draft))
    assert AuditEvent.objects.filter(action="exercise_saved").count() == 1


def test_neighbours_are_found_picked_and_saved(physio, draft):
    bridge = ExerciseVersionFactory(name="Bridge").exercise
    squat = ExerciseVersionFactory(name="Squat").exercise
    response = physio.post(address(draft), typed(draft, find="bridge", do="find"))
    assert [version.name for version in response.context["offers"]] == ["Bridge"]
    response = physio.post(
        address(draft), typed(draft, harder=[squat.pk], do=f"easier {bridge.pk}")
    )
    assert [[v.name for v in versions] for _, versions, _ in response.context["sides"]] == [
        ["Bridge"],
        ["Squat"],
    ]
    assert not Progression.objects.exists()
    physio.post(address(draft), typed(draft, easier=[bridge.pk], harder=[squat.pk]))
    exercise = fresh(draft).exercise
    assert (exercise.easier.get(), exercise.harder.get()) == (bridge, squat)
    response = physio.post(address(draft), typed(draft, do=f"drop {bridge.pk}"))
    assert [len(versions) for _, versions, _ in response.context["sides"]] == [0, 1]
    physio.post(address(draft), typed(draft, easier=[]))
    assert list(exercise.easier.all()) == []
    assert exercise.harder.get() == squat


def test_a_step_set_from_the_other_exercise_meanwhile_stays(physio, cast, draft):
    other = ready_draft(cast.clinic, by=cast.clinician, name="Squat")
    writing.publish(other, by=cast.clinician, now=LONG_AGO)
    opened_before = typed(draft, name="Wall squat")
    Progression.objects.create(easier=other.exercise, harder=draft.exercise)
    page = physio.post(address(draft), {**opened_before, "do": "steps add"})
    assert [list(had) for _, _, had in page.context["sides"]] == [[], []]  # as it was opened
    physio.post(address(draft), opened_before)
    assert fresh(draft).name == "Wall squat"
    assert draft.exercise.easier.get() == other.exercise


def test_a_circle_is_refused_in_plain_words(physio, draft):
    names = ("Bridge", "Squat")
    bridge, squat = (ExerciseVersionFactory(name=name).exercise for name in names)
    Progression.objects.create(easier=bridge, harder=squat)
    data = typed(draft, name="New name", easier=[squat.pk], harder=[bridge.pk])
    response = physio.post(address(draft), data)
    assertContains(response, "lead round in a circle", status_code=422)
    for name in names:
        assertContains(response, name, status_code=422)
    assert fresh(draft).name == "Wall sit"
    assert Progression.objects.count() == 1
    both = typed(draft, easier=[squat.pk], harder=[squat.pk])
    assertContains(
        physio.post(address(draft), both), "cannot be both easier and harder", status_code=422
    )


def test_a_circle_through_the_shared_exercise_that_ours_replaces(physio, cast):
    low = ExerciseVersionFactory(exercise__slug="low", name="Low")
    high = ExerciseVersionFactory(exercise__slug="high", name="High")
    Progression.objects.create(easier=low.exercise, harder=high.exercise)
    physio.post(of_version(low, "own"))
    own = ExerciseVersion.objects.drafts().get()
    response = physio.post(address(own), typed(own, easier=[high.exercise_id]))
    assertContains(response, "Low → High → Low", status_code=422)

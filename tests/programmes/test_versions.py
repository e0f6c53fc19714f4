"""A newer version of an exercise in a draft: told, taken at a press, given back at another."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent
from exercises.models import Exercise, ExerciseVersion
from exercises.services import writing
from programmes import services
from programmes.models import Item
from tests.at_once import all_at_once
from tests.factories import LONG_AGO, ClinicFactory, ExerciseVersionFactory, ProgrammeFactory
from tests.programmes.conftest import HTMX, dose_of, url

HINT = "A newer version of this exercise exists."


@pytest.fixture
def item(add) -> Item:
    return add("Bridge")


def next_of(item: Item, **fields) -> ExerciseVersion:
    exercise = item.exercise_version.exercise
    return ExerciseVersionFactory(exercise=exercise, number=2, name="Bridge", **fields)


def take(physio, item: Item, version, **typed):
    address = url("take_version", item.programme, item)
    return physio.post(address, dose_of(item, **typed) | {"version": version.pk})


def test_the_new_version_is_taken_with_all_that_was_chosen(physio, draft, item):
    before, newer = item.exercise_version, next_of(item)
    page = physio.get(url("edit", draft))
    assertContains(page, HINT)
    assertContains(page, f'name="version" value="{newer.pk}"')
    dose = item.dose
    answer = take(physio, item, newer, note="Slowly.")
    after = f"{url('edit', draft)}?taken={item.pk}&before={before.pk}"
    assertRedirects(answer, f"{after}#item-{item.pk}")
    item = Item.objects.get(pk=item.pk)
    assert (item.exercise_version, item.note, item.dose) == (newer, "Slowly.", dose)
    page = physio.get(after)
    assertNotContains(page, HINT)
    assertContains(page, f'name="version" value="{before.pk}"')
    take(physio, item, before)
    item = Item.objects.get(pk=item.pk)
    assert (item.exercise_version, item.note, item.dose) == (before, "Slowly.", dose)
    assert AuditEvent.objects.filter(action="item_version_taken").count() == 2


@pytest.mark.parametrize(("sided", "was", "side"), [(True, "", "both"), (False, "left", "")])
def test_sides_follow_the_exercise(draft, add, cast, sided, was, side):
    item = add("Bridge", is_sided=not sided)
    Item.objects.filter(pk=item.pk).update(side=was)
    item.refresh_from_db()
    services.take_version(item, next_of(item, is_sided=sided), by=cast.clinician, now=LONG_AGO)
    assert Item.objects.get(pk=item.pk).side == side


@pytest.mark.parametrize("state", [{"published_at": None}, {"exercise__archived_at": LONG_AGO}])
def test_nothing_is_told_of_what_cannot_be_taken(physio, draft, item, state):
    archived = state.pop("exercise__archived_at", None)
    newer = next_of(item, **state)
    Exercise.objects.filter(pk=newer.exercise_id).update(archived_at=archived)
    assertNotContains(physio.get(url("edit", draft)), HINT)


def test_a_published_programme_stays(physio, draft, item, cast):
    services.publish(draft, by=cast.clinician, now=LONG_AGO)
    newer = next_of(item)
    assertNotContains(physio.get(url("edit", draft)), HINT)
    take(physio, item, newer)
    assert Item.objects.get(pk=item.pk).exercise_version == item.exercise_version


def test_only_a_published_version_of_the_same_exercise_is_taken(physio, item):
    for other in (ExerciseVersionFactory(), next_of(item, published_at=None)):
        take(physio, item, other)
        assert Item.objects.get(pk=item.pk).exercise_version == item.exercise_version


def test_an_item_of_another_clinic_is_not_there(physio, item):
    item.programme = ProgrammeFactory(clinic=ClinicFactory())
    assert take(physio, item, next_of(item)).status_code == 404


def test_the_hint_moves_with_its_exercise(physio, draft, item, add):
    add("Clam")
    next_of(item)
    address = url("move_item", draft, item)
    assertContains(physio.post(address, dose_of(item) | {"to": "down"}, headers=HTMX), HINT)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_added_while_it_is_deleted_it_is_in_or_gone(draft, cast, as_user, _round):
    version = ExerciseVersionFactory(exercise__clinic=cast.clinic)
    clients = [as_user(cast.clinician) for _ in range(3)]

    def act(n: int):
        if n == 0:
            return writing.remove(version.exercise, by=cast.clinician, now=LONG_AGO)
        address = reverse("programmes:add_item", args=[draft.pk])
        return clients[n - 1].post(address, {"version": version.pk}).status_code

    removed, *answers = all_at_once(act, times=4)
    assert answers == [302, 302, 302]
    assert removed is (not Exercise.objects.filter(pk=version.exercise_id).exists())
    assert draft.items.count() == (0 if removed else 1)


def test_what_was_deleted_a_moment_ago_is_refused_in_words(draft, cast):
    version = ExerciseVersionFactory(exercise__clinic=cast.clinic)
    writing.remove(version.exercise, by=cast.clinician, now=LONG_AGO)
    with pytest.raises(services.Gone, match="just been deleted"):
        services.add_item(draft, version, by=cast.clinician, now=LONG_AGO)
    assert not draft.items.exists()

"""What can happen to a programme, verb by verb."""

from collections import Counter
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from exercises.fields import DoseFields
from programmes import services
from programmes.models import Item, Programme
from tests.cast import Cast
from tests.factories import (
    ClinicFactory,
    ExerciseVersionFactory,
    UserFactory,
    published_programme,
)

NOW = datetime(2026, 3, 2, 10, 42, tzinfo=UTC)
LATER = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
DOSE = {
    "hold_seconds_min": 10,
    "hold_seconds_max": 15,
    "repetitions_min": 4,
    "repetitions_max": 5,
    "per_day_min": 1,
    "per_day_max": 2,
    "weekdays": [0, 2, 4],
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def draft(by):
    return services.create(ClinicFactory(), title="Low back", by=by, now=NOW)


def order(programme: Programme) -> list[tuple[int, str]]:
    return [(item.position, str(item)) for item in programme.items.all()]


def fill(draft: Programme, *names: str, by) -> list[Item]:
    versions = [ExerciseVersionFactory(name=name) for name in names]
    return [services.add_item(draft, version, by=by, now=NOW) for version in versions]


def test_create_makes_an_empty_draft_template(draft, by):
    assert (draft.version, draft.is_template, draft.is_published) == (1, True, False)
    assert (draft.created_by, draft.saved_at) == (by, NOW)


def test_describe_saves_words_and_moment(draft, by):
    services.describe(draft, title="Hips", advice="Warm up first.", by=by, now=LATER)
    draft.refresh_from_db()
    assert (draft.title, draft.advice, draft.saved_at) == ("Hips", "Warm up first.", LATER)


def test_an_added_item_takes_the_library_dose_and_both_sides(draft, by):
    version = ExerciseVersionFactory(weekdays=[0, 2, 4])
    item = services.add_item(draft, version, by=by, now=LATER)
    item.refresh_from_db()
    assert (item.position, item.side) == (1, Item.Side.BOTH)
    for field in DoseFields._meta.get_fields():
        assert getattr(item, field.name) == getattr(version, field.name)
    draft.refresh_from_db()
    assert draft.saved_at == LATER


def test_an_exercise_without_sides_gets_none(draft, by):
    version = ExerciseVersionFactory(is_sided=False)
    assert services.add_item(draft, version, by=by, now=NOW).side == Item.Side.NONE


def test_an_exercise_is_added_once_whatever_its_version(draft, by):
    [item] = fill(draft, "Bridge", by=by)
    newer = ExerciseVersionFactory(exercise=item.exercise_version.exercise, number=2)
    for version in (item.exercise_version, newer):
        with pytest.raises(services.AlreadyThere, match="Bridge is already") as refusal:
            services.add_item(draft, version, by=by, now=NOW)
        assert refusal.value.item == item
    assert draft.items.count() == 1


def test_change_item(draft, by):
    [item] = fill(draft, "Bridge", by=by)
    services.change_item(item, **DOSE, side="left", note="Slowly.", by=by, now=LATER)
    item.refresh_from_db()
    assert str(item.dose.hold_seconds) == "10–15"
    assert (item.weekdays, item.side, item.note) == ([0, 2, 4], "left", "Slowly.")
    draft.refresh_from_db()
    assert draft.saved_at == LATER


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"repetitions_max": 101}, "repetitions_max"),
        ({"per_day_min": 0}, "per_day_min"),
        ({"side": ""}, "side"),
        ({"side": "front"}, "side"),
        ({"weekdays": [7]}, "weekdays"),
        ({"weekdays": []}, "weekdays"),
    ],
)
def test_change_item_refuses_what_cannot_be(draft, by, wrong, field):
    [item] = fill(draft, "Bridge", by=by)
    with pytest.raises(ValidationError) as refusal:
        services.change_item(item, **{**DOSE, "side": "left", **wrong}, note="", by=by, now=NOW)
    assert field in refusal.value.message_dict
    assert Item.objects.get().dose.hold_seconds == (20, 30)


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"hold_seconds_min": 16}, "item_hold_seconds_is_a_range"),
        ({"hold_seconds_min": None, "hold_seconds_max": None}, "item_dose_fits_its_kind"),
        ({"minutes_min": 5, "minutes_max": 5}, "item_dose_fits_its_kind"),
    ],
)
def test_the_database_refuses_a_dose_that_is_none(draft, by, wrong, rule):
    [item] = fill(draft, "Bridge", by=by)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        services.change_item(item, **{**DOSE, **wrong}, side="left", note="", by=by, now=NOW)


def test_a_side_for_an_exercise_without_sides_is_refused(draft, by):
    item = services.add_item(draft, ExerciseVersionFactory(is_sided=False), by=by, now=NOW)
    with pytest.raises(ValidationError) as refusal:
        services.change_item(item, **DOSE, side="left", note="", by=by, now=NOW)
    assert "side" in refusal.value.message_dict


def test_items_change_places(draft, by):
    first, second, third = fill(draft, "A", "B", "C", by=by)
    services.move_item(third, up=True, by=by, now=NOW)
    assert order(draft) == [(1, "A"), (2, "C"), (3, "B")]
    services.move_item(first, up=False, by=by, now=NOW)
    assert order(draft) == [(1, "C"), (2, "A"), (3, "B")]


def test_at_the_end_of_the_list_nothing_moves(draft, by):
    first, second = fill(draft, "A", "B", by=by)
    services.move_item(first, up=True, by=by, now=LATER)
    services.move_item(second, up=False, by=by, now=LATER)
    assert order(draft) == [(1, "A"), (2, "B")]
    draft.refresh_from_db()
    assert draft.saved_at == NOW


def test_a_move_starts_from_where_the_item_is_now(draft, by):
    first, _, _ = fill(draft, "A", "B", "C", by=by)
    seen_before = Item.objects.get(pk=first.pk)
    services.move_item(first, up=False, by=by, now=NOW)
    services.move_item(seen_before, up=False, by=by, now=NOW)
    assert order(draft) == [(1, "B"), (2, "C"), (3, "A")]


def test_removing_closes_the_gap_and_restoring_opens_it(draft, by):
    _, second, _ = fill(draft, "A", "B", "C", by=by)
    services.change_item(second, **DOSE, side="left", note="Slowly.", by=by, now=NOW)
    services.remove_item(second, by=by, now=NOW)
    assert order(draft) == [(1, "A"), (2, "C")]
    services.restore_item(second, by=by, now=LATER)
    assert order(draft) == [(1, "A"), (2, "B"), (3, "C")]
    assert draft.items.get(position=2).note == "Slowly."


def test_restoring_into_a_shorter_list_puts_the_item_last(draft, by):
    first, second, third = fill(draft, "A", "B", "C", by=by)
    for item in (third, second, first):
        services.remove_item(item, by=by, now=NOW)
    services.restore_item(third, by=by, now=NOW)
    assert order(draft) == [(1, "C")]


def test_what_was_added_again_is_not_restored(draft, by):
    [item] = fill(draft, "A", by=by)
    services.remove_item(item, by=by, now=NOW)
    services.add_item(draft, item.exercise_version, by=by, now=NOW)
    with pytest.raises(services.AlreadyThere):
        services.restore_item(item, by=by, now=NOW)


def test_publish(draft, by):
    fill(draft, "A", by=by)
    services.publish(draft, by=by, now=LATER)
    assert draft.is_published
    draft.refresh_from_db()
    assert (draft.published_at, draft.saved_at) == (LATER, LATER)


def test_an_empty_programme_is_not_published(draft, by):
    with pytest.raises(services.NotPublishable, match="Add at least one exercise"):
        services.publish(draft, by=by, now=NOW)
    draft.refresh_from_db()
    assert not draft.is_published


def test_a_published_programme_refuses_every_verb(by):
    programme = published_programme(items=2)
    item = programme.items.first()
    refused = [
        lambda: services.describe(programme, title="X", advice="", by=by, now=NOW),
        lambda: services.add_item(programme, ExerciseVersionFactory(), by=by, now=NOW),
        lambda: services.change_item(item, **DOSE, side="left", note="", by=by, now=NOW),
        lambda: services.move_item(item, up=False, by=by, now=NOW),
        lambda: services.remove_item(item, by=by, now=NOW),
        lambda: services.restore_item(item, by=by, now=NOW),
        lambda: services.publish(programme, by=by, now=NOW),
        lambda: services.discard(programme, by=by, now=NOW),
    ]
    before = order(programme)
    for verb in refused:
        with pytest.raises(services.Frozen, match="published"):
            verb()
    assert order(programme) == before


@pytest.mark.parametrize("patient_id", [None, uuid4()], ids=["template", "of a patient"])
def test_a_copy_is_its_own_line_and_published_like_the_original(by, patient_id):
    original = published_programme(items=2, advice="Breathe.")
    twin = services.copy(original, patient_id=patient_id, by=by, now=NOW)
    twin.refresh_from_db()
    assert twin.line_id != original.line_id
    assert (twin.version, twin.patient_id, twin.published_at) == (1, patient_id, NOW)
    assert twin.is_template == (patient_id is None)
    assert (twin.title, twin.advice) == (original.title, "Breathe.")
    assert like(twin) == like(original)


def like(programme: Programme) -> list[tuple]:
    return [(i.position, i.exercise_version, i.dose, i.side, i.note) for i in programme.items.all()]


def test_a_copy_of_a_draft_is_a_draft(draft, by):
    fill(draft, "A", by=by)
    assert not services.copy(draft, patient_id=None, by=by, now=NOW).is_published


def test_a_copy_to_work_on_is_a_draft_template(by):
    original = published_programme(is_template=False)
    twin = services.copy_as_draft(original, title="Copy", by=by, now=NOW)
    twin.refresh_from_db()
    assert (twin.title, twin.is_template, twin.is_published) == ("Copy", True, False)
    assert like(twin) == like(original)


def test_revise_starts_the_next_version_once(by):
    programme = published_programme(items=2, is_template=False)
    draft = services.revise(programme, by=by, now=NOW)
    assert (draft.line_id, draft.version) == (programme.line_id, 2)
    assert (draft.is_template, draft.is_published) == (False, False)
    assert like(draft) == like(programme)
    assert services.revise(programme, by=by, now=LATER) == draft
    assert services.revise(draft, by=by, now=LATER) == draft
    assert Programme.objects.filter(line_id=programme.line_id).count() == 2


def test_revising_an_older_version_comes_after_the_newest(by):
    first = published_programme(title="One")
    second = services.revise(first, by=by, now=NOW)
    services.describe(second, title="Two", advice="", by=by, now=NOW)
    services.publish(second, by=by, now=NOW)
    third = services.revise(first, by=by, now=LATER)
    assert (third.version, third.title) == (3, "One")


def test_discard_deletes_a_draft_and_keeps_the_line(by):
    programme = published_programme()
    draft = services.revise(programme, by=by, now=NOW)
    services.discard(draft, by=by, now=NOW)
    assert list(Programme.objects.filter(line_id=programme.line_id)) == [programme]


def test_each_verb_leaves_one_line_in_the_audit_trail(cast: Cast):
    by, version = cast.clinician, ExerciseVersionFactory()
    draft = services.create(cast.clinic, title="Low back", by=by, now=NOW)
    services.describe(draft, title="Hips", advice="", by=by, now=NOW)
    item = services.add_item(draft, version, by=by, now=NOW)
    services.add_item(draft, ExerciseVersionFactory(), by=by, now=NOW)
    services.change_item(item, **DOSE, side="left", note="", by=by, now=NOW)
    services.move_item(item, up=False, by=by, now=NOW)
    services.remove_item(item, by=by, now=NOW)
    services.restore_item(item, by=by, now=NOW)
    services.publish(draft, by=by, now=NOW)
    services.discard(services.revise(draft, by=by, now=NOW), by=by, now=NOW)
    services.copy(draft, patient_id=uuid4(), by=by, now=NOW)
    assert Counter(AuditEvent.objects.values_list("action", flat=True)) == {
        "programme_created": 1,
        "programme_described": 1,
        "item_added": 2,
        "item_changed": 1,
        "item_moved": 1,
        "item_removed": 1,
        "item_restored": 1,
        "programme_published": 1,
        "programme_revised": 1,
        "programme_discarded": 1,
        "programme_copied": 1,
    }
    assert set(AuditEvent.objects.values_list("actor", "clinic")) == {(by.pk, cast.clinic.pk)}

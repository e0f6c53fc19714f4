"""What the database itself refuses, whoever asks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.db.models import F

from programmes.models import Item, ItemWords, Programme
from tests.constraints import refused
from tests.factories import (
    LONG_AGO,
    ExerciseVersionFactory,
    ItemFactory,
    ProgrammeFactory,
    published_programme,
)

MUCH_LATER = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"archived_at": MUCH_LATER},
        {"is_template": True},
        {"version": 2},
        {"published_at": None},
        {"published_at": MUCH_LATER},
        {"saved_at": MUCH_LATER},
    ],
    ids=lambda change: next(iter(change)),
)
def test_programme_published_is_frozen(change):
    programme = published_programme(is_template=False)
    row = Programme.objects.filter(pk=programme.pk)
    refused(lambda: row.update(**change), "programme_published_is_frozen")
    refused(
        lambda: Programme(**{**values(programme), **change}).save(force_update=True),
        "programme_published_is_frozen",
    )


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["is_template", "version", "published_at"])
def test_of_a_template_only_its_name_and_its_place_in_the_list_may_change(column):
    row = Programme.objects.filter(pk=published_programme().pk)
    row.update(title="Another", archived_at=MUCH_LATER)
    other = {"is_template": False, "version": 2, "published_at": MUCH_LATER}
    change = {"title": "Third", "archived_at": None, column: other[column]}
    refused(lambda: row.update(**change), "programme_published_is_frozen")
    assert row.get().title == "Another"


@pytest.mark.django_db
def test_programme_archived_is_a_template():
    copy = Programme.objects.filter(pk=ProgrammeFactory(is_template=False).pk)
    refused(lambda: copy.update(archived_at=MUCH_LATER), "programme_archived_is_a_template")


def values(row) -> dict:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.django_db
def test_a_published_programme_is_not_deleted():
    programme = published_programme()
    refused(
        lambda: Programme.objects.filter(pk=programme.pk)._raw_delete("default"),
        "programme_published_is_frozen",
    )


@pytest.mark.django_db
def test_item_of_published_is_frozen():
    programme = published_programme()
    elsewhere = ItemFactory()
    items = Item.objects.filter(programme=programme)
    for change in (
        lambda: ItemFactory(programme=programme, position=9),
        lambda: items.update(hold_seconds_max=F("hold_seconds_max") + 1),
        lambda: items.update(programme=elsewhere.programme),
        lambda: Item.objects.filter(pk=elsewhere.pk).update(programme=programme, position=9),
        lambda: items.delete(),
        lambda: programme.delete(),
    ):
        refused(change, "item_of_published_is_frozen")
    assert items.count() == 1


@pytest.mark.django_db
def test_a_draft_may_change_and_go():
    item = ItemFactory(note="Softly.")
    ItemWords.objects.filter(item=item).update(note="Slowly.")
    Programme.objects.filter(pk=item.programme_id).update(title="Another")
    item.programme.delete()
    assert not Item.objects.exists()


@pytest.mark.django_db
def test_item_exercise_once():
    item = ItemFactory(position=1)
    refused(
        lambda: ItemFactory(
            programme=item.programme, exercise_version=item.exercise_version, position=2
        ),
        "item_exercise_once",
    )


@pytest.mark.django_db
def test_item_position_once():
    item = ItemFactory(position=1)

    def second_first():
        ItemFactory(programme=item.programme, position=1)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS item_position_once IMMEDIATE")

    refused(second_first, "item_position_once")


@pytest.mark.django_db
def test_programme_version_once():
    programme = published_programme()
    refused(lambda: published_programme(line_id=programme.line_id), "programme_version_once")


@pytest.mark.django_db
def test_programme_one_draft_per_line():
    draft = ProgrammeFactory()
    refused(
        lambda: ProgrammeFactory(line_id=draft.line_id, version=2), "programme_one_draft_per_line"
    )


@pytest.mark.django_db(transaction=True)
def test_nothing_slips_in_while_a_programme_is_being_published():
    """An insert that began before the publication was committed waits for it, then is refused."""
    programme = ItemFactory(position=1).programme
    version = ExerciseVersionFactory()

    def add():
        try:
            refused(
                lambda: ItemFactory(programme=programme, exercise_version=version, position=2),
                "item_of_published_is_frozen",
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Programme.objects.filter(pk=programme.pk).update(published_at=LONG_AGO)
            adding = pool.submit(add)
            wait_for_a_waiting_query()
        adding.result()
    assert programme.items.count() == 1


def wait_for_a_waiting_query() -> None:
    """Until another connection stands behind a lock of ours."""
    with connection.cursor() as cursor:
        for _ in range(50_000):
            cursor.execute(
                "SELECT count(*) FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waited")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", [{"patient_id": None}, {"is_template": True}], ids=["nobody's", "a template"]
)
def test_programme_is_a_template_or_a_patients(change):
    draft = Programme.objects.filter(pk=ProgrammeFactory(is_template=False).pk)
    refused(lambda: draft.update(**change), "programme_is_a_template_or_a_patients")

"""Two requests at once take turns: a real database, real threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from threading import Barrier

import pytest
from django.db import connection

from programmes import services
from programmes.models import Item, Programme
from tests.factories import (
    LONG_AGO,
    ExerciseVersionFactory,
    ItemFactory,
    ProgrammeFactory,
    UserFactory,
    published_programme,
)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*verbs: Callable[[], object]) -> list:
    """What each gave or raised, begun together."""
    barrier = Barrier(len(verbs))

    def run(verb):
        try:
            barrier.wait(timeout=10)
            return verb()
        except Exception as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(run, verbs))


def positions(programme: Programme) -> list[int]:
    return list(programme.items.values_list("position", flat=True))


def test_two_moves():
    programme, by = ProgrammeFactory(), UserFactory()
    items = [ItemFactory(programme=programme, position=n) for n in range(1, 6)]
    for _ in range(5):
        outcomes = at_once(
            *(
                lambda item=item, up=up: services.move_item(
                    Item.objects.get(pk=item.pk), up=up, by=by, now=LONG_AGO
                )
                for item, up in ((items[1], True), (items[2], True), (items[3], False))
            )
        )
        assert outcomes == [None, None, None]
        assert positions(programme) == [1, 2, 3, 4, 5]


def test_two_taps_on_add():
    programme, by, version = ProgrammeFactory(), UserFactory(), ExerciseVersionFactory()
    outcomes = at_once(
        *(lambda: services.add_item(programme, version, by=by, now=LONG_AGO) for _ in range(3))
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        "AlreadyThere",
        "AlreadyThere",
        "Item",
    ]
    assert positions(programme) == [1]


def test_two_exercises_added():
    programme, by = ProgrammeFactory(), UserFactory()
    versions = ExerciseVersionFactory.create_batch(4)
    at_once(
        *(
            lambda version=version: services.add_item(programme, version, by=by, now=LONG_AGO)
            for version in versions
        )
    )
    assert positions(programme) == [1, 2, 3, 4]


def test_two_taps_on_remove():
    programme, by = ProgrammeFactory(), UserFactory()
    items = [ItemFactory(programme=programme, position=n) for n in range(1, 4)]
    outcomes = at_once(
        *(
            lambda: services.remove_item(Item.objects.get(pk=items[0].pk), by=by, now=LONG_AGO)
            for _ in range(2)
        )
    )
    assert any(isinstance(outcome, Item.DoesNotExist) for outcome in outcomes)
    assert positions(programme) == [1, 2]


def test_two_taps_on_put_it_back():
    programme, by = ProgrammeFactory(), UserFactory()
    items = [ItemFactory(programme=programme, position=n) for n in range(1, 4)]
    services.remove_item(items[1], by=by, now=LONG_AGO)
    kept = [copy(items[1]) for _ in range(3)]
    outcomes = at_once(
        *(lambda item=item: services.restore_item(item, by=by, now=LONG_AGO) for item in kept)
    )
    assert outcomes == [None, None, None]
    assert positions(programme) == [1, 2, 3]


def test_two_taps_on_change_it():
    programme, by = published_programme(), UserFactory()
    first, second = at_once(
        *(lambda: services.revise(programme, by=by, now=LONG_AGO) for _ in range(2))
    )
    assert first == second
    assert Programme.objects.filter(line_id=programme.line_id).count() == 2


def test_a_change_and_a_publication():
    """Either the note is in the published programme, or its author is told that it is not."""
    by = UserFactory()
    for _ in range(5):
        item = ItemFactory(position=1)
        changed, published = at_once(
            lambda item=item: services.change_item(
                Item.objects.get(pk=item.pk), side="left", note="Slowly.", by=by, now=LONG_AGO
            ),
            lambda item=item: services.publish(item.programme, by=by, now=LONG_AGO),
        )
        assert published is None
        note = Item.objects.get(pk=item.pk).note
        assert (changed is None and note == "Slowly.") or (
            isinstance(changed, services.Frozen) and note == ""
        )

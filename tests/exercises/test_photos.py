"""A draft's photos, and their files: nothing is left behind, nothing goes missing."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

import clock
from accounts.models import AuditEvent
from exercises import tasks
from exercises.models import Photo, Shown
from exercises.services import photos
from exercises.services.photos import MOST, NotADraft, TooMany
from exercises.services.turns import take_turn
from tests.at_once import all_at_once
from tests.exercises.photos import draft_of, publish, taken, with_photos
from tests.factories import (
    LONG_AGO,
    ClinicFactory,
    ExerciseVersionFactory,
    MembershipFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)
ONE, TWO, THREE = "Lying down", "Knee over the hip", "Leg straight up"


@pytest.fixture
def draft():
    return draft_of(ClinicFactory())


@pytest.fixture
def by(draft):
    return MembershipFactory(clinic=draft.exercise.clinic).user


def words(version) -> list[tuple[int, str]]:
    return list(version.shown.values_list("position", "words"))


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def names() -> set[str]:
    return set(Photo.objects.values_list("file", flat=True))


def undone(act) -> None:
    """It went well, and what it was part of did not."""
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


def publish_in_turn(draft) -> None:
    with transaction.atomic():
        take_turn(draft.exercise.clinic)
        publish(draft)


def test_added_in_their_order_under_names_that_say_nothing(draft, by, own_photos):
    photos.add(draft, [taken(ONE), taken(TWO)], by=by, now=LONG_AGO)
    photos.add(draft, [taken(THREE, size=(70, 90))], by=by, now=LONG_AGO)
    assert words(draft) == [(1, ONE), (2, TWO), (3, THREE)]
    last = draft.shown.last().photo
    assert (last.width, last.height, last.uploaded_by) == (70, 90, by)
    assert last.clinic == draft.exercise.clinic
    assert files(own_photos) == names()
    assert all(len(name) == 37 and name.endswith(".webp") for name in names())
    assert AuditEvent.objects.filter(action="photo_added", actor=by).count() == 3


def test_only_our_own_process_may_read_the_files(draft, own_photos):
    with_photos(draft)
    [path] = own_photos.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert own_photos.stat().st_mode & 0o777 == 0o700


def test_no_more_than_six_and_no_file_of_the_seventh(draft, by, own_photos):
    with_photos(draft, *"abcde")
    with pytest.raises(TooMany):
        photos.add(draft, [taken(ONE), taken(TWO)], by=by, now=LONG_AGO)
    assert draft.shown.count() == 5
    assert files(own_photos) == names()


def test_nothing_is_added_to_what_is_published(draft, by, own_photos):
    publish(draft)
    with pytest.raises(NotADraft):
        photos.add(draft, [taken()], by=by, now=LONG_AGO)
    assert files(own_photos) == set()


def test_what_is_shared_with_everyone_has_no_photos(by, own_photos):
    shared = ExerciseVersionFactory(published_at=None)
    with pytest.raises(NotADraft):
        photos.add(shared, [taken()], by=by, now=LONG_AGO)
    assert files(own_photos) == set()


def test_a_failure_leaves_no_row_and_a_file_that_is_tidied_away(draft, by, own_photos):
    undone(lambda: photos.add(draft, [taken()], by=by, now=LONG_AGO))
    assert not Photo.objects.exists()
    assert len(files(own_photos)) == 1
    photos.tidy(now=clock.now() + timedelta(hours=23))
    assert len(files(own_photos)) == 1  # its row might be on its way
    assert photos.tidy(now=clock.now() + timedelta(hours=25)).files == 1
    assert files(own_photos) == set()


def test_described(draft, by):
    [shown] = with_photos(draft)
    photos.describe(shown, words=TWO, by=by, now=LONG_AGO)
    assert words(draft) == [(1, TWO)]
    photos.describe(shown, words=TWO, by=by, now=LONG_AGO)
    assert AuditEvent.objects.filter(action="photo_described").count() == 1


@pytest.mark.parametrize(
    ("which", "up", "order"),
    [
        (0, True, [ONE, TWO, THREE]),
        (0, False, [TWO, ONE, THREE]),
        (1, True, [TWO, ONE, THREE]),
        (2, True, [ONE, THREE, TWO]),
        (2, False, [ONE, TWO, THREE]),
    ],
)
def test_moved(draft, by, which, up, order):
    shown = with_photos(draft, ONE, TWO, THREE)
    photos.move(shown[which], up=up, by=by, now=LONG_AGO)
    assert words(draft) == list(enumerate(order, start=1))


def test_removed_with_its_file(draft, by, own_photos):
    shown = with_photos(draft, ONE, TWO, THREE)
    for _ in range(2):  # pressed twice
        photos.remove(shown[1], by=by, now=LONG_AGO)
    assert words(draft) == [(1, ONE), (2, THREE)]
    assert files(own_photos) == names()
    assert len(names()) == 2


def test_a_removal_that_fails_keeps_the_file(draft, by, own_photos):
    [shown] = with_photos(draft)
    undone(lambda: photos.remove(shown, by=by, now=LONG_AGO))
    assert words(draft)
    assert files(own_photos) == names() != set()


@pytest.mark.parametrize(
    "change",
    [
        lambda shown, **who: photos.describe(shown, words=TWO, **who),
        lambda shown, **who: photos.move(shown, up=False, **who),
        lambda shown, **who: photos.remove(shown, **who),
    ],
)
def test_the_photos_of_what_is_published_stay(draft, by, own_photos, change):
    shown = with_photos(draft, ONE, TWO)
    publish(draft)
    with pytest.raises(NotADraft):
        change(shown[0], by=by, now=LONG_AGO)
    assert words(draft) == [(1, ONE), (2, TWO)]
    assert files(own_photos) == names()


def test_the_next_draft_shows_the_same_photos(draft, by, own_photos):
    [shown, _] = with_photos(draft, ONE, TWO)
    publish(draft)
    following = draft_of(draft.exercise.clinic, exercise=draft.exercise, number=2)
    photos.carry_over(draft, following)
    assert words(following) == words(draft) == [(1, ONE), (2, TWO)]
    photos.remove(following.shown.get(photo=shown.photo), by=by, now=LONG_AGO)
    assert words(following) == [(1, TWO)]
    assert words(draft) == [(1, ONE), (2, TWO)]
    assert files(own_photos) == names()
    assert len(names()) == 2


def test_a_photo_never_travels_to_another_clinic(draft):
    with_photos(draft)
    elsewhere = draft_of(ClinicFactory())
    photos.carry_over(draft, elsewhere)
    assert words(elsewhere) == []


def test_nothing_is_carried_over_to_what_is_published(draft):
    with_photos(draft)
    published = ExerciseVersionFactory(exercise__clinic=draft.exercise.clinic)
    with pytest.raises(NotADraft):
        photos.carry_over(draft, published)


def test_a_discarded_draft_takes_its_photos_along(draft, own_photos):
    with_photos(draft)
    kept = draft_of(draft.exercise.clinic)
    with_photos(kept)
    clinic = draft.exercise.clinic
    with transaction.atomic():
        draft.delete()
        photos.delete_unused(clinic)
        assert len(files(own_photos)) == 2  # not before it is final
    assert names() == {kept.shown.get().photo.file.name}
    assert files(own_photos) == names()


def test_only_the_clinics_own_photos_are_looked_at(draft, own_photos):
    with_photos(draft)
    Shown.objects.all().delete()
    photos.delete_unused(ClinicFactory())
    assert files(own_photos) == names() != set()


def test_tidied_as_often_as_one_likes(draft, own_photos):
    with_photos(draft, ONE, TWO)
    Shown.objects.filter(words=ONE).delete()
    (own_photos / "stray.webp").write_bytes(b"left by a crash")
    later = clock.now() + timedelta(days=2)
    assert photos.tidy(now=later) == photos.Tidied(photos=1, files=1)
    assert photos.tidy(now=later) == photos.Tidied(photos=0, files=0)
    assert files(own_photos) == names()
    assert len(names()) == 1


def test_tidied_before_there_is_a_folder(own_photos):
    assert photos.tidy(now=LONG_AGO) == photos.Tidied(photos=0, files=0)


def test_tidied_by_hand(draft, own_photos):
    with_photos(draft)
    Shown.objects.all().delete()
    said = StringIO()
    call_command("tidy_photos", stdout=said)
    assert said.getvalue() == "1 photos and 0 files deleted.\n"
    assert files(own_photos) == names() == set()


def test_tidied_every_night(draft, own_photos):
    with_photos(draft)
    Shown.objects.all().delete()
    tasks.tidy_photos()
    assert files(own_photos) == names() == set()


def test_six_at_once_for_the_last_two_places(draft, by, own_photos):
    with_photos(draft, *"abcd")
    one = taken()
    outcomes = all_at_once(lambda n: photos.add(draft, [one], by=by, now=LONG_AGO))
    refused = [outcome for outcome in outcomes if isinstance(outcome, TooMany)]
    assert len(refused) == 4
    assert [position for position, _ in words(draft)] == list(range(1, MOST + 1))
    assert files(own_photos) == names()


def test_moved_and_removed_at_once(draft, by, own_photos):
    shown = with_photos(draft, *"abcdef")
    acts = [
        lambda one: photos.remove(one, by=by, now=LONG_AGO),
        lambda one: photos.move(one, up=True, by=by, now=LONG_AGO),
    ]
    outcomes = all_at_once(lambda n: acts[n % 2](shown[n]))
    assert outcomes == [None] * 6
    assert [position for position, _ in words(draft)] == [1, 2, 3]
    assert files(own_photos) == names()


def test_added_while_it_is_published(draft, by, own_photos):
    one = taken()
    acts = [
        lambda: photos.add(draft, [one], by=by, now=LONG_AGO),
        lambda: publish_in_turn(draft),
    ]
    added, _ = all_at_once(lambda n: acts[n](), times=2)
    assert isinstance(added, NotADraft) is (draft.shown.count() == 0)
    assert files(own_photos) == names()

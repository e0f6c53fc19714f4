"""A draft's own photos: add, describe, order, remove, carry over, tidy.

Each verb waits for the clinic's turn first, so that positions stay 1, 2, 3 … and nothing
is added to a version while it is published. When files are written and deleted stands in
``pictures.storage``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions import Action
from accounts.models import Clinic, User
from exercises.models import ExerciseVersion, Photo, Shown
from exercises.services.turns import take_turn
from pictures import storage
from pictures.sanitiser import Picture

MOST = 6  # photos of one version


class NotADraft(Exception):
    """The version is published, or its draft is gone."""

    def __init__(self) -> None:
        super().__init__(_("This version is published. Its photos stay as they are."))


class TooMany(Exception):
    """A version shows at most ``MOST`` photos."""

    def __init__(self) -> None:
        super().__init__(_("Six photos are the most. Remove one to add another."))


@dataclass(frozen=True)
class Taken:
    """A picture made safe, and what it shows in words."""

    picture: Picture
    words: str


@dataclass(frozen=True)
class Tidied:
    """How many photos that nothing shows, and files that no photo has, were deleted."""

    photos: int
    files: int


def add(draft: ExerciseVersion, taken: Sequence[Taken], *, by: User, now: datetime) -> list[Shown]:
    """Put pictures last among a draft's photos, all of them or none.

    Raises NotADraft or TooMany.
    """
    photos = [_written(one.picture, draft, by=by, now=now) for one in taken]
    try:
        with transaction.atomic():
            return _show(draft, photos, [one.words for one in taken], by=by, now=now)
    except (NotADraft, TooMany):  # anything else might have reached the database after all
        for photo in photos:
            photo.file.delete(save=False)
        raise


def _written(picture: Picture, draft: ExerciseVersion, *, by: User, now: datetime) -> Photo:
    """A photo whose file is there, and its row not yet. Raises NotADraft."""
    clinic = _owner(draft)
    return Photo(
        clinic=clinic,
        file=storage.write(picture),
        width=picture.width,
        height=picture.height,
        uploaded_by=by,
        uploaded_at=now,
    )


def _show(
    draft: ExerciseVersion, photos: list[Photo], words: list[str], *, by: User, now: datetime
) -> list[Shown]:
    current = open_draft(draft)
    last = current.shown.count()
    if last + len(photos) > MOST:
        raise TooMany
    Photo.objects.bulk_create(photos)
    for position, (photo, said) in enumerate(zip(photos, words, strict=True), start=last + 1):
        Shown.objects.create(version=current, photo=photo, position=position, words=said)
        _record(by, Action.PHOTO_ADDED, current, now=now)
    return list(current.shown.filter(photo__in=photos))


@transaction.atomic
def describe(shown: Shown, *, words: str, by: User, now: datetime) -> None:
    """Say in other words what a draft's photo shows. Raises NotADraft."""
    draft = open_draft(shown.version)
    if draft.shown.filter(pk=shown.pk).exclude(words=words).update(words=words):
        _record(by, Action.PHOTO_DESCRIBED, draft, now=now)


@transaction.atomic
def move(shown: Shown, *, up: bool, by: User, now: datetime) -> None:
    """Change places with the neighbour; at the end of the row nothing moves. Raises NotADraft."""
    draft = open_draft(shown.version)
    row = list(draft.shown.all())
    here = next((n for n, other in enumerate(row) if other.pk == shown.pk), None)
    if here is None:
        return
    there = here - 1 if up else here + 1
    if not 0 <= there < len(row):
        return
    row[here].position, row[there].position = row[there].position, row[here].position
    Shown.objects.bulk_update([row[here], row[there]], ["position"])
    _record(by, Action.PHOTO_MOVED, draft, now=now)


@transaction.atomic
def remove(shown: Shown, *, by: User, now: datetime) -> None:
    """Take a photo off a draft; one that no other version shows is deleted. Raises NotADraft."""
    draft = open_draft(shown.version)
    place = draft.shown.filter(pk=shown.pk).first()
    if place is None:
        return
    place.delete()
    draft.shown.filter(position__gt=place.position).update(position=F("position") - 1)
    _delete(Photo.objects.unused().filter(pk=place.photo_id))
    _record(by, Action.PHOTO_REMOVED, draft, now=now)


@transaction.atomic
def carry_over(source: ExerciseVersion, draft: ExerciseVersion) -> None:
    """Show a version's photos in a new draft too, in the same places and words.

    Only within the clinic: its photos never travel to another one. Raises NotADraft.
    """
    target = open_draft(draft)
    ours = source.shown.filter(photo__clinic=target.exercise.clinic_id)
    Shown.objects.bulk_create(
        Shown(version=target, photo_id=place.photo_id, position=position, words=place.words)
        for position, place in enumerate(ours, start=1)
    )


@transaction.atomic
def delete_unused(clinic: Clinic) -> None:
    """After a draft or an exercise of this clinic is deleted: delete the photos only it showed."""
    take_turn(clinic)
    _delete(Photo.objects.unused().filter(clinic=clinic))


def tidy(*, now: datetime) -> Tidied:
    """Delete photos that nothing shows, and files that no photo has. Twice is as good as once."""
    with transaction.atomic():
        unused = _delete(Photo.objects.unused())
    known = set(Photo.objects.values_list("file", flat=True))
    return Tidied(photos=unused, files=storage.delete_strays(known, now=now))


def open_draft(draft: ExerciseVersion) -> ExerciseVersion:
    """The draft as it is now, in its clinic's turn. Raises NotADraft."""
    take_turn(_owner(draft))
    drafts = ExerciseVersion.objects.drafts().select_related("exercise__clinic")
    found: ExerciseVersion | None = drafts.filter(pk=draft.pk).first()
    if found is None:
        raise NotADraft
    return found


def _owner(draft: ExerciseVersion) -> Clinic:
    """Whose photos they are. What is shared with everyone has none. Raises NotADraft."""
    clinic = draft.exercise.clinic
    if clinic is None:
        raise NotADraft
    return clinic


def _delete(photos: Iterable[Photo]) -> int:
    """Their rows now, their files once that is final."""
    gone = list(photos)
    Photo.objects.filter(pk__in=[photo.pk for photo in gone]).delete()
    for photo in gone:
        storage.delete_after_commit(photo.file)
    return len(gone)


def _record(by: User, action: Action, draft: ExerciseVersion, *, now: datetime) -> None:
    audit.record(by, action, draft, clinic=draft.exercise.clinic, now=now)

"""Put exercises into the library: every change is a new version."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from exercises.library import Entry
from exercises.models import Exercise, ExerciseVersion, Progression


@dataclass(frozen=True)
class Published:
    """What became of one entry: its version now, and whether that one is new."""

    slug: str
    number: int
    is_new: bool


@transaction.atomic
def load(entries: Iterable[Entry], *, now: datetime) -> list[Published]:
    """Bring the shared library to these entries. Loading the same again changes nothing.

    Changed words become the next version; programmes keep the one they were
    made with. Exercises that are not among the entries stay as they are.
    """
    entries = list(entries)
    published = [_publish(entry, now=now) for entry in entries]
    _set_progressions(entries)
    return published


def _publish(entry: Entry, *, now: datetime) -> Published:
    exercise = _identity(entry)
    newest = exercise.versions.order_by("-number").first()
    if newest and newest.content_hash == entry.content_hash:
        return Published(entry.slug, newest.number, is_new=False)
    version = ExerciseVersion.objects.create(
        exercise=exercise,
        number=newest.number + 1 if newest else 1,
        content_hash=entry.content_hash,
        saved_at=now,
        published_at=now,
        **entry.columns,
    )
    return Published(entry.slug, version.number, is_new=True)


def _identity(entry: Entry) -> Exercise:
    """The shared exercise of this slug, locked so that two loads number its versions in turn."""
    shared = Exercise.objects.select_for_update(of=("self",))
    exercise, created = shared.get_or_create(
        clinic=None, slug=entry.slug, defaults={"kind": entry.kind}
    )
    if exercise.kind != entry.kind:
        exercise.kind = entry.kind
        exercise.save(update_fields=["kind"])
    return exercise


def _set_progressions(entries: list[Entry]) -> None:
    """Make the steps up from these entries what their files say."""
    slugs = {entry.slug for entry in entries}
    shared = dict(Exercise.objects.filter(clinic=None, slug__in=slugs).values_list("slug", "pk"))
    wanted = {(shared[entry.slug], shared[harder]) for entry in entries for harder in entry.harder}
    present = Progression.objects.filter(easier__in=shared.values(), harder__clinic=None)
    known = {(step.easier_id, step.harder_id): step.pk for step in present}
    Progression.objects.filter(pk__in=[known[pair] for pair in known.keys() - wanted]).delete()
    Progression.objects.bulk_create(
        Progression(easier_id=easier, harder_id=harder) for easier, harder in wanted - known.keys()
    )

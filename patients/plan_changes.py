"""When a patient's exercises changed, and what sort of change it was. Reads only.

A version is in force from the first day that was laid out with it. What is said of a change
stands in templates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Min, QuerySet

from accounts.kept_query import AnyOf, KeptQuery
from patients.models import Day, Patient
from programmes import changes
from programmes.models import Item

NONE_KNOWN: Mapping[UUID, Sequence[Item]] = MappingProxyType({})


class Kind(StrEnum):
    """What a new version brought; of several, the first that holds."""

    BEGAN = "began"  # a programme of its own, not a change of the one before
    NEW = "new"  # there are exercises that were not there before
    FEWER = "fewer"  # some have gone
    CHANGED = "changed"  # the same exercises, prescribed otherwise
    SAME = "same"  # the same exercises: only its title or its advice differ


@dataclass(frozen=True)
class Version:
    """A version of a patient's programme, and its first day."""

    on: date
    programme_id: UUID
    assignment_id: UUID


@dataclass(frozen=True)
class PlanChange:
    """A version that came into force, and what it brought."""

    on: date
    programme_id: UUID
    kind: Kind


def versions_of(patient: Patient, *, until: date) -> list[Version]:
    """Every version that was in force by this day, oldest first. One query."""
    rows = VERSIONS(patient=patient.pk, until=until)
    return [Version(row["first_on"], row["programme"], row["assignment"]) for row in rows]


def _versions(patient: UUID, until: date) -> QuerySet[Any, Any]:
    days = Day.objects.filter(assignment__patient=patient, on__lte=until)
    first = days.order_by().values("assignment", "programme").annotate(first_on=Min("on"))
    return first.order_by("first_on", "assignment__assigned_at", "programme__version")


VERSIONS: KeptQuery[dict[str, Any]] = KeptQuery(_versions, patient=UUID, until=date)


def changes_of(patient: Patient, *, since: date, until: date) -> list[PlanChange]:
    """Oldest first; what was in force on the first day is none. Two queries."""
    return changes_among(versions_of(patient, until=until), since=since)


def changes_among(
    versions: Sequence[Version], *, since: date, known: Mapping[UUID, Sequence[Item]] = NONE_KNOWN
) -> list[PlanChange]:
    """Of these versions, oldest first. ``known`` are the items of some of them; one query for the
    others, if there are any.
    """
    pairs = [(old, new) for old, new in pairwise(versions) if since < new.on]
    wanted = {one.programme_id for pair in pairs for one in pair} - known.keys()
    items = {**known, **_items_of(list(wanted))}
    return [PlanChange(new.on, new.programme_id, _kind(old, new, items)) for old, new in pairs]


def _items_of(programmes: list[UUID]) -> Mapping[UUID, Sequence[Item]]:
    found: dict[UUID, list[Item]] = {pk: [] for pk in programmes}
    for item in ITEMS(programmes=programmes) if programmes else ():
        found[item.programme_id].append(item)
    return found


ITEMS: KeptQuery[Item] = KeptQuery(
    lambda programmes: (
        Item.objects.filter(AnyOf("programme", programmes)).for_record_page().order_by("position")
    ),
    programmes=list[UUID],
)


def _kind(old: Version, new: Version, items: Mapping[UUID, Sequence[Item]]) -> Kind:
    if old.assignment_id != new.assignment_id:
        return Kind.BEGAN
    found = changes.between(items[old.programme_id], items[new.programme_id])
    if found.added:
        return Kind.NEW
    if found.removed:
        return Kind.FEWER
    return Kind.CHANGED if found.changed else Kind.SAME

"""Who chose an exercise for a patient, and when. What is said of it is in ``patients.words``."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.kept_query import KeptQuery
from accounts.models import User
from patients.models import Assignment, Patient
from patients.schedule import local_date
from programmes import origin
from programmes.models import Item, Programme


@dataclass(frozen=True)
class Choice:
    """``who``: the person's name with role and clinic; the clinic's where nobody is known.

    ``on`` is the patient's date.
    """

    who: str
    on: date


@dataclass(frozen=True)
class _Made:
    """``by`` is None where nobody is known to have published the version."""

    by: User | None
    at: datetime


def plan_of(patient: Patient, item: Item) -> Assignment | None:
    """The plan of theirs that this item, with its programme, is of a version of."""
    return next(iter(PLAN(patient=patient.pk, line=item.programme.line_id)), None)


PLAN: KeptQuery[Assignment] = KeptQuery(
    lambda patient, line: (
        Assignment.objects.filter(patient=patient, programme__line_id=line)
        .select_related("programme", "patient__clinic", "assigned_by")
        .order_by("pk")[:1]
    ),
    patient=UUID,
    line=UUID,
)


def choices(items: Sequence[Item], assignment: Assignment) -> dict[UUID, Choice]:
    """For each item, of any version of this plan, who chose it.

    The person who gave the plan; for an exercise that a later version brought in, the one who
    published that version. Three queries, however many items.
    """
    made = _made(items, assignment)
    clinic, zone = assignment.patient.clinic, assignment.patient.zone
    names = origin.people_in_words({one.by for one in made.values() if one.by}, clinic)
    return {
        item_id: Choice(
            who=names[one.by.pk] if one.by else clinic.name, on=local_date(one.at, zone)
        )
        for item_id, one in made.items()
    }


def _made(items: Sequence[Item], assignment: Assignment) -> dict[UUID, _Made]:
    line = _Line(assignment)
    came_with = {item.pk: line.came_with(item) for item in items}
    later = origin.publications({p.pk for p in came_with.values() if p != line.first})
    made = {}
    for item_id, programme in came_with.items():
        event = later.get(programme.pk)
        if programme == line.first:
            made[item_id] = _Made(assignment.assigned_by, assignment.assigned_at)
        elif event:
            made[item_id] = _Made(event.actor, event.at)
        else:
            made[item_id] = _Made(None, programme.published_at or assignment.assigned_at)
    return made


OF_LINE: KeptQuery[Item] = KeptQuery(
    lambda line: (
        Item.objects.filter(programme__line_id=line)
        .select_related(None)
        .select_related("programme", "exercise_version")
        .only("programme__version", "programme__published_at", "exercise_version__exercise_id")
    ),
    line=UUID,
)


class _Line:
    """The published versions of a plan, and which exercises each holds."""

    def __init__(self, assignment: Assignment) -> None:
        self.held: dict[UUID, set[UUID]] = defaultdict(set)
        programmes: dict[UUID, Programme] = {}
        for item in OF_LINE(line=assignment.programme.line_id):
            if item.programme.is_published:
                programmes[item.programme_id] = item.programme
                self.held[item.programme_id].add(item.exercise_version.exercise_id)
        self.versions = sorted(programmes.values(), key=lambda programme: programme.version)

    @property
    def first(self) -> Programme:
        return self.versions[0]

    def came_with(self, item: Item) -> Programme:
        """The version since which the exercise has been in it without a break."""
        exercise = item.exercise_version.exercise_id
        place = [version.pk for version in self.versions].index(item.programme_id)
        while place and exercise in self.held[self.versions[place - 1].pk]:
            place -= 1
        return self.versions[place]

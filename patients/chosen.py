"""Who chose an exercise for a patient, and when: what stands beneath it for the patient."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from patients.models import Assignment
from patients.schedule import local_date
from programmes import origin
from programmes.models import Item, Programme


@dataclass(frozen=True)
class Choice:
    """``by`` is None where nobody is known to have published the version."""

    by: User | None
    at: datetime


def in_words(items: Sequence[Item], assignment: Assignment) -> dict[UUID, str]:
    """For each item, of any version of this plan: "Chosen for you by …, on 4 May 2026."

    By whoever gave the plan; an exercise that a later version brought in, by whoever
    published that version. The date is the patient's. Three queries, however many items.
    """
    chosen = _choices(items, assignment)
    clinic = assignment.patient.clinic
    people = {choice.by for choice in chosen.values() if choice.by}
    names = origin.people_in_words(people, clinic)
    return {
        item_id: _sentence(names[choice.by.pk] if choice.by else clinic.name, choice, assignment)
        for item_id, choice in chosen.items()
    }


def _sentence(who: str, choice: Choice, assignment: Assignment) -> str:
    on = local_date(choice.at, assignment.patient.zone)
    words = {"who": who, "date": date_format(on, "LONG_DATE")}
    return _("Chosen for you by %(who)s, on %(date)s.") % words


def _choices(items: Sequence[Item], assignment: Assignment) -> dict[UUID, Choice]:
    line = _Line(assignment)
    came_with = {item.pk: line.came_with(item) for item in items}
    later = origin.publications({p.pk for p in came_with.values() if p != line.first})
    chosen = {}
    for item_id, programme in came_with.items():
        event = later.get(programme.pk)
        if programme == line.first:
            chosen[item_id] = Choice(assignment.assigned_by, assignment.assigned_at)
        elif event:
            chosen[item_id] = Choice(event.actor, event.at)
        else:
            chosen[item_id] = Choice(None, programme.published_at or assignment.assigned_at)
    return chosen


class _Line:
    """The published versions of a plan, and which exercises each holds."""

    def __init__(self, assignment: Assignment) -> None:
        line = Item.objects.filter(programme__line_id=assignment.programme.line_id)
        self.held: dict[UUID, set[UUID]] = defaultdict(set)
        programmes: dict[UUID, Programme] = {}
        bare = line.select_related(None).select_related("programme", "exercise_version")
        for item in bare.only(
            "programme__version", "programme__published_at", "exercise_version__exercise_id"
        ):
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

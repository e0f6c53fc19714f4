"""Which exercise is a step up from which: set by who writes one, never round in a circle."""

from collections.abc import Collection
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Self
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Clinic
from exercises.models import Exercise, ExerciseVersion, Progression


class Circle(Exception):
    """The steps up would lead back to where they began."""

    def __init__(self, slugs: list[str], clinic: Clinic) -> None:
        way = " → ".join(_names(slugs, clinic))
        super().__init__(_("The steps up would lead round in a circle: %(way)s.") % {"way": way})


@dataclass(frozen=True)
class Neighbours:
    """Keys of the exercises one step down and one step up."""

    easier: frozenset[UUID]
    harder: frozenset[UUID]

    @classmethod
    def of(cls, exercise: Exercise) -> Self:
        """As they were set for this very exercise; a clinic's own has the shared one's as well."""
        return cls(
            easier=frozenset(exercise.steps_down.values_list("easier", flat=True)),
            harder=frozenset(exercise.steps_up.values_list("harder", flat=True)),
        )

    def on_top_of(self, current: Self, *, had: Self) -> Self:
        """This choice, made while ``had`` stood on the page, laid over what stands there now.

        A step belongs to two exercises: what was set from the other one meanwhile stays.
        """
        return type(self)(
            easier=(current.easier - (had.easier - self.easier)) | (self.easier - had.easier),
            harder=(current.harder - (had.harder - self.harder)) | (self.harder - had.harder),
        )


def set_neighbours(exercise: Exercise, neighbours: Neighbours) -> None:
    """Make these the exercise's neighbours. Raises Circle.

    The caller has the clinic's turn, so that two people cannot close a circle together.
    """
    exercise.steps_down.exclude(easier__in=neighbours.easier).delete()
    exercise.steps_up.exclude(harder__in=neighbours.harder).delete()
    down = [Progression(easier_id=key, harder=exercise) for key in neighbours.easier]
    up = [Progression(easier=exercise, harder_id=key) for key in neighbours.harder]
    Progression.objects.bulk_create([*down, *up], ignore_conflicts=True)
    if exercise.clinic is not None:
        _refuse_circles(exercise.clinic, told_from=exercise.slug)


def _refuse_circles(clinic: Clinic, *, told_from: str) -> None:
    """A clinic's own exercise counts as the shared one that it stands in place of.

    The circle is told from the exercise that is being written, if it is a part of it.
    """
    steps_up: dict[str, set[str]] = {}
    for easier, harder in _steps(clinic).values_list("easier__slug", "harder__slug"):
        steps_up.setdefault(easier, set()).add(harder)
    try:
        TopologicalSorter(steps_up).prepare()
    except CycleError as error:
        # Python's way goes from each node to one that waits for it: down the ladder.
        way = list(reversed(error.args[1]))[1:]
        start = way.index(told_from) if told_from in way else 0
        raise Circle([*way[start:], *way[:start], way[start]], clinic) from error


def _steps(clinic: Clinic) -> QuerySet[Progression]:
    """Steps between exercises that the clinic has: shared ones and its own."""
    return Progression.objects.filter(
        Q(easier__clinic=None) | Q(easier__clinic=clinic),
        Q(harder__clinic=None) | Q(harder__clinic=clinic),
    )


def _names(slugs: Collection[str], clinic: Clinic) -> list[str]:
    """What the exercises of these slugs are called now, in the same order."""
    owners = Q(exercise__clinic=None) | Q(exercise__clinic=clinic)
    versions = ExerciseVersion.objects.filter(owners, exercise__slug__in=slugs).order_by("number")
    called = dict(versions.values_list("exercise__slug", "name"))
    return [called[slug] for slug in slugs]

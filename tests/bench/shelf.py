"""A library of thousands: shared exercises and a clinic's own, named, tagged and drawn in earnest."""

import random
from datetime import datetime, timedelta
from typing import Any

from accounts.models import Clinic, User
from exercises import library
from exercises.models import Exercise, ExerciseVersion, Favourite, Kind, LastUse, Precaution
from exercises.vocabulary import Condition, Equipment, Muscle, Position, Region
from tests.bench.crowd import bulk
from tests.factories import ExerciseVersionFactory

SHARED, OWN = 4_500, 500
# Every so many exercises have been published twice.
TWICE = 5
FAVOURITES, USES = 30, 60
HOW = ["lying", "sitting", "standing", "kneeling", "strap", "doorway", "wall", "gentle", "slow"]
WHERE = ["hamstring", "piriformis", "buttock", "calf", "hip", "low back", "tummy", "shoulder"]
WHAT = ["stretch", "slide", "raise", "hold", "tilt", "rotation", "press-up", "bridge", "march"]


def fill(clinic: Clinic, user: User, *, now: datetime, shared: int = SHARED) -> int:
    """Put the exercises there, the same each time; how many. ``shared`` of them are everyone's."""
    chance = random.Random(5)
    figures = [entry.columns["figure"] for entry in library.read()]
    exercises = bulk(
        Exercise, [_exercise(n, None if n < shared else clinic, user) for n in range(SHARED + OWN)]
    )
    versions = [_version(exercise, 1, chance) for exercise in exercises]
    versions += [_version(exercise, 2, chance) for exercise in exercises[::TWICE]]
    for version in versions:
        version.figure = chance.choice(figures)
    bulk(ExerciseVersion, versions)
    bulk(Favourite, [Favourite(user=user, exercise=one) for one in exercises[:FAVOURITES]])
    uses = [
        LastUse(user=user, exercise=one, used_at=now - timedelta(hours=place))
        for place, one in enumerate(exercises[-USES:])
    ]
    bulk(LastUse, uses)
    return len(exercises)


def _exercise(number: int, clinic: Clinic | None, user: User) -> Exercise:
    own: dict[str, Any] = {"clinic": clinic, "created_by": user} if clinic else {}
    kind = Kind.values[number % len(Kind.values)]
    return Exercise(slug=f"shelf-{number}", kind=kind, **own)


def _version(exercise: Exercise, number: int, chance: random.Random) -> ExerciseVersion:
    def some(values: list[str], most: int) -> list[str]:
        return chance.sample(values, chance.randint(1, most))

    return ExerciseVersionFactory.build(
        exercise=exercise,
        number=number,
        name=" ".join(chance.choice(words) for words in (HOW, WHERE, WHAT)).capitalize(),
        synonyms=[f"{chance.choice(WHERE)} {chance.choice(WHAT)}"],
        position=chance.choice(Position.values),
        equipment=some(Equipment.values, 2),
        regions=some(Region.values, 3),
        muscles=some(Muscle.values, 4),
        conditions=some(Condition.values, 2),
        precautions=some(Precaution.values, 2),
    )

"""What can be done: exercises, their immutable versions with photos and signatures, and what
staff keep at hand."""

from exercises.models.exercise import (
    CUES,
    Exercise,
    ExerciseQuerySet,
    ExerciseVersion,
    ExerciseVersionQuerySet,
    Kind,
    Progression,
)
from exercises.models.personal import Favourite, LastUse
from exercises.models.photo import Photo, Shown
from exercises.models.precaution import Precaution
from exercises.models.searched import Word
from exercises.models.signature import Signature
from exercises.phases import Phase

__all__ = [
    "CUES",
    "Exercise",
    "ExerciseQuerySet",
    "ExerciseVersion",
    "ExerciseVersionQuerySet",
    "Favourite",
    "Kind",
    "LastUse",
    "Phase",
    "Photo",
    "Precaution",
    "Progression",
    "Shown",
    "Signature",
    "Word",
]

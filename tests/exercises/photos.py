"""Drafts that show photos."""

from typing import Any

from accounts.models import Clinic
from exercises.models import ExerciseVersion, Shown
from exercises.services import photos
from exercises.services.photos import Taken
from tests.factories import (
    LONG_AGO,
    ExerciseFactory,
    ExerciseVersionFactory,
    MembershipFactory,
)
from tests.pictures.files import picture

WORDS = "Lying on the back, one leg up"


def taken(words: str = WORDS, **options: Any) -> Taken:
    return Taken(picture(**options), words)


def draft_of(clinic: Clinic, **fields: Any) -> ExerciseVersion:
    exercise = fields.pop("exercise", None) or ExerciseFactory(clinic=clinic)
    return ExerciseVersionFactory(exercise=exercise, published_at=None, content_hash="", **fields)


def publish(draft: ExerciseVersion) -> None:
    ExerciseVersion.objects.filter(pk=draft.pk).update(published_at=LONG_AGO)


def with_photos(draft: ExerciseVersion, *words: str) -> list[Shown]:
    """The draft's photos, one for each of these words, added by someone of its clinic."""
    by = MembershipFactory(clinic=draft.exercise.clinic).user
    shown = [taken(one) for one in words or [WORDS]]
    return photos.add(draft, shown, by=by, now=LONG_AGO)

"""Real pictures made on the spot, and drafts that show them."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import Clinic
from exercises.models import ExerciseVersion, Shown
from exercises.photo_sanitiser import Picture, made_safe
from exercises.services import photos
from exercises.services.photos import Taken
from tests.factories import (
    LONG_AGO,
    ExerciseFactory,
    ExerciseVersionFactory,
    MembershipFactory,
)

WORDS = "Lying on the back, one leg up"


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def picture_file(
    kind: str = "JPEG",
    size: tuple[int, int] = (80, 60),
    mode: str = "RGB",
    colour: Any = "teal",
    **options: Any,
) -> bytes:
    """A picture of one colour, as a camera or a program would write it."""
    return encoded(Image.new(mode, size, colour), kind, **options)


def upload(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def taken(words: str = WORDS, **options: Any) -> Taken:
    return Taken(picture(**options), words)


def picture(**options: Any) -> Picture:
    return made_safe(io.BytesIO(picture_file(**options)))


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

"""Real pictures made on the spot."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from pictures.sanitiser import Picture, made_safe


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


def picture(**options: Any) -> Picture:
    return made_safe(io.BytesIO(picture_file(**options)))

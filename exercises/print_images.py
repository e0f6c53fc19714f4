"""Figures, photos and logos for paper, each an SVG that needs nothing else; photos as an address
that is the picture itself, for a page that needs nothing else.
"""

import io
import logging
from base64 import b64encode
from functools import lru_cache
from typing import IO, NamedTuple

from django.db.models.fields.files import FieldFile
from PIL import Image

from accounts.models import Clinic
from exercises.drawing import letter
from exercises.models import Photo
from figures import VIEW_BOX, Figure, style

logger = logging.getLogger("pictures")

# A rim, so that the working muscle is seen where nothing has a colour.
RIM = ".d-muscle{stroke:#fff;stroke-width:2px}"
LONG_SIDE = 700  # pixels; 300 for each inch that a handout gives a photo
QUALITY = 80  # of JPEG, in per cent
QUALITY_ON_A_SCREEN = 65
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{inside}</svg>'


class Inline(NamedTuple):
    """A picture in its own address (data:), and its size in pixels."""

    address: str
    width: int
    height: int


def drawing(figure: Figure, index: int, side: str, amount: str = "") -> str:
    """One pose in the colours of paper, mirrored to the side it is done on, with its letter.

    ``amount`` is how long it is held or how often it is done, beside the sign for that.
    """
    shapes = figure.still(index, side, tag=letter(side), amount=amount)
    return SVG.format(box=VIEW_BOX, inside=f"<style>{_colours()}</style>{shapes}")


def photo(photo: Photo) -> str:
    """A photo as large as a handout shows it; nothing if its file is missing."""
    return _picture(photo.file, "JPEG", quality=QUALITY)


def logo(clinic: Clinic) -> str:
    """With sharp edges; nothing for a clinic without one, or if its file is missing."""
    return _picture(clinic.logo, "PNG") if clinic.logo else ""


def small_photo(photo: Photo, *, long_side: int) -> Inline | None:
    """A photo of at most so many pixels a side; None if its file is missing."""
    return _inline(photo.file, "JPEG", long_side, quality=QUALITY_ON_A_SCREEN)


def _picture(file: FieldFile, kind: str, **options: int) -> str:
    found = _inline(file, kind, LONG_SIDE, **options)
    if found is None:
        return ""
    inside = f'<image width="{found.width}" height="{found.height}" href="{found.address}"/>'
    return SVG.format(box=f"0 0 {found.width} {found.height}", inside=inside)


def _inline(file: FieldFile, kind: str, long_side: int, **options: int) -> Inline | None:
    try:
        with file.open("rb") as opened:
            width, height, content = _smaller(opened, kind, long_side, **options)
    except FileNotFoundError:
        logger.error("a picture's file is missing", extra={"file": file.name})
        return None
    data = f"data:image/{kind.lower()};base64,{b64encode(content).decode('ascii')}"
    return Inline(data, width, height)


@lru_cache(maxsize=1)
def _colours() -> str:
    return style(paper=True) + RIM


def _smaller(file: IO[bytes], kind: str, long_side: int, **options: int) -> tuple[int, int, bytes]:
    """Width and height in pixels, and a file of them. Pictures were made safe when they came."""
    buffer = io.BytesIO()
    with Image.open(file, formats=["WEBP"]) as image:
        image.thumbnail((long_side, long_side), Image.Resampling.LANCZOS)
        image.convert("RGB").save(buffer, kind, **options)
        return (*image.size, buffer.getvalue())

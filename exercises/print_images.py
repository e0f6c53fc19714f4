"""Figures and photos for paper: each an SVG that needs nothing else."""

import io
import logging
from base64 import b64encode
from functools import lru_cache
from typing import IO

from PIL import Image

from exercises.drawing import letter
from exercises.models import Photo
from figures import VIEW_BOX, Figure, style

logger = logging.getLogger("photos")

# A rim, so that the working muscle is seen where nothing has a colour.
RIM = ".d-muscle{stroke:#fff;stroke-width:2px}"
LONG_SIDE = 700  # pixels; 300 for each inch that a handout gives a photo
QUALITY = 80  # of JPEG, in per cent
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{inside}</svg>'


def drawing(figure: Figure, index: int, side: str, amount: str = "") -> str:
    """One pose in the colours of paper, mirrored to the side it is done on, with its letter.

    ``amount`` is how long it is held or how often it is done, beside the sign for that.
    """
    shapes = figure.still(index, side, tag=letter(side), amount=amount)
    return SVG.format(box=VIEW_BOX, inside=f"<style>{_colours()}</style>{shapes}")


def photo(photo: Photo) -> str:
    """A photo as large as a handout shows it; nothing if its file is missing."""
    try:
        with photo.file.open("rb") as file:
            width, height, content = _smaller(file)
    except FileNotFoundError:
        logger.error("a photo's file is missing", extra={"photo": str(photo.pk)})
        return ""
    data = b64encode(content).decode("ascii")
    inside = f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{data}"/>'
    return SVG.format(box=f"0 0 {width} {height}", inside=inside)


@lru_cache(maxsize=1)
def _colours() -> str:
    return style(paper=True) + RIM


def _smaller(file: IO[bytes]) -> tuple[int, int, bytes]:
    """Width and height in pixels, and a JPEG of them. Photos were made safe when they came."""
    buffer = io.BytesIO()
    with Image.open(file, formats=["WEBP"]) as image:
        image.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
        image.convert("RGB").save(buffer, "JPEG", quality=QUALITY)
        return (*image.size, buffer.getvalue())

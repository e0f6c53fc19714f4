"""A clinic's logo: without the empty margin of its file, and small enough to load at once."""

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageChops

from pictures.sanitiser import Picture, Refused, encoded

# Pixels that are kept, three for each of those that the head of a page gives it.
WIDTH, HEIGHT = 480, 120
SEEN = 24  # by how much of 255 a colour differs from white to be seen on it

NOT_SEEN = _(
    "On white, nothing of this logo can be seen. Choose it in darker colours, or with a"
    " background of its own."
)


def as_logo(image: Image.Image) -> Picture:
    """For ``made_safe``: what can be seen of a picture on white, with its edges kept sharp."""
    box = _seen(image)
    if box is None:
        raise Refused(NOT_SEEN)
    logo = image.crop(box)
    logo.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    return encoded(logo, lossless=True)


def _seen(image: Image.Image) -> tuple[int, int, int, int] | None:
    """The smallest box around all that is not white, or nearly so."""
    red, green, blue = ImageChops.invert(image).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point(lambda value: 255 if value >= SEEN else 0).getbbox()

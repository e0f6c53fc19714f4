"""Make a picture that someone sent safe to show: decode it, turn it upright, write it again.

What a file is called, and what the browser says it is, count for nothing: its content
decides. Nothing of the file survives but the pixels: no place or time of a camera, no
colour profile, nothing hidden before, between or behind.
"""

import io
import logging
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

logger = logging.getLogger("pictures")

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONG_SIDE = 1600  # pixels; as large as a photo is kept
QUALITY = 82  # of WebP, in per cent
HEAD = 32  # bytes that tell what a file is
# Of a JPEG: what begins one of its parts, which then says how long it is.
MARKER = re.compile(rb"\xff([\xc0-\xcf\xd9-\xfe])")
SCAN, END = b"\xda", b"\xd9"
SCANS = 40  # programs write about ten, and each costs as much as a whole picture

# Pillow's own guard, behind ours: anything larger is an error, not a warning.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

# A large picture takes some 200 MB while it is decoded: one at a time in each process.
one_at_a_time = Lock()

UNREADABLE = _("We could not read this file. It may be damaged. Choose another one.")
TOO_MANY_BYTES = _("This picture is larger than 10 MB. Choose a smaller one.")
TOO_MANY_PIXELS = _("This picture has more than 50 megapixels. Choose a smaller one.")
MOVES = _("This picture moves. Choose a still one.")
NOT_A_PICTURE = _("This is not a picture that we can show. Choose a JPEG, PNG or WebP file.")
FROM_A_PHONE = _(
    "This is a HEIC photo, which many browsers cannot show. Save or send it as JPEG, and choose"
    " that file."
)
BRANDS_OF_PHONES = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


class Refused(Exception):
    """Says in plain words why the file cannot be shown, and what to do."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(str(words))


@dataclass(frozen=True)
class Picture:
    """A still WebP image in sRGB, upright, without metadata. Sizes are in pixels."""

    content: bytes
    width: int
    height: int


def made_safe(file: BinaryIO, *, write: Callable[[Image.Image], Picture] | None = None) -> Picture:
    """The picture in this file, at most 1600 pixels long. Raises Refused.

    ``write`` makes it of the clean pixels, where it is not to be kept as a photo is.
    """
    kind = _kind(_head(file))
    if kind == "JPEG":
        _refuse_many_scans(file)
    try:
        with one_at_a_time, Image.open(file, formats=[kind]) as image:
            _refuse_by_header(image)
            return (write or as_photo)(_on_white(_in_srgb(_upright(image))))
    except (Refused, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Refused(TOO_MANY_PIXELS) from bomb
    except Exception as error:  # a decoder says in many ways that bytes are no picture
        logger.info("unreadable", extra={"kind": kind, "error": type(error).__name__})
        raise Refused(UNREADABLE) from error


def _head(file: BinaryIO) -> bytes:
    """The first bytes of a file that is not too large."""
    size = file.seek(0, io.SEEK_END)
    if size > MAX_BYTES:
        raise Refused(TOO_MANY_BYTES)
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return head


def _kind(head: bytes) -> str:
    """JPEG, PNG or WEBP, by the bytes that such a file begins with."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and head[8:12] in BRANDS_OF_PHONES:
        raise Refused(FROM_A_PHONE)
    raise Refused(NOT_A_PICTURE)


def _refuse_by_header(image: Image.Image) -> None:
    """What the header says, before any pixel is decoded."""
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise Refused(TOO_MANY_PIXELS)
    # A JPEG of several frames is a phone's photo with a preview or a depth map behind it.
    if image.format in {"PNG", "WEBP"} and getattr(image, "is_animated", False):
        raise Refused(MOVES)


def _refuse_many_scans(file: BinaryIO) -> None:
    """A few bytes can ask for a thousand passes over a JPEG. What lies behind its end is free."""
    content, at, scans = file.read(), 0, 0
    file.seek(0)
    while (marker := MARKER.search(content, at)) and marker[1] != END and scans <= SCANS:
        scans += marker[1] == SCAN
        at = marker.end() + int.from_bytes(content[marker.end() : marker.end() + 2])
    if scans > SCANS:
        raise Refused(UNREADABLE)


def _upright(image: Image.Image) -> Image.Image:
    """No longer than it will be kept, and turned as the camera was held."""
    image.draft(None, (LONG_SIDE, LONG_SIDE))  # a JPEG need not be decoded larger than that
    image = _in_plain_mode(image)
    image.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS, reducing_gap=2)
    ImageOps.exif_transpose(image, in_place=True)
    return image


def _in_plain_mode(image: Image.Image) -> Image.Image:
    """L, RGB, RGBA or CMYK, eight bits a channel: what can be made smaller smoothly."""
    if image.mode.startswith("I"):  # sixteen bits of grey
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in {"P", "PA", "LA"} or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    image.load()
    return image


def _in_srgb(image: Image.Image) -> Image.Image:
    """RGB or RGBA, with the colours that its profile means; a broken profile means nothing."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
        srgb = ImageCms.createProfile("sRGB")
        changed = ImageCms.profileToProfile(image, given, srgb, outputMode=mode)
    except (KeyError, ImageCms.PyCMSError, OSError, ValueError):
        changed = None
    return changed or image.convert(mode)


def _on_white(image: Image.Image) -> Image.Image:
    """Without transparency, and on a new image: nothing of the old one's extras comes along."""
    clean = Image.new("RGB", image.size, "white")
    clean.paste(image, mask=image if image.mode == "RGBA" else None)
    return clean


def as_photo(image: Image.Image) -> Picture:
    return encoded(image, quality=QUALITY)


def encoded(image: Image.Image, **options: Any) -> Picture:
    """Write clean pixels, with Pillow's options for WebP."""
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", **options)
    return Picture(buffer.getvalue(), *image.size)

"""Hand out a photo, or a figure's movement, to someone who may see it.

Who may is the view's question.
"""

import logging

from django.http import Http404, HttpResponse

from exercises import drawing
from exercises.models import ExerciseVersion, Photo

logger = logging.getLogger("photos")

KEPT = f"private, max-age={365 * 24 * 3600}, immutable"


def answer_with(photo: Photo) -> HttpResponse:
    """The picture, and never anything but a picture. No browser keeps it: who has left the
    clinic, or shares the machine, finds nothing."""
    response = HttpResponse(_content(photo), content_type="image/webp")
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": "inline",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    for name, value in headers.items():
        response[name] = value
    return response


def _content(photo: Photo) -> bytes:
    try:
        with photo.file.open("rb") as file:
            content: bytes = file.read()
    except FileNotFoundError as missing:
        logger.error("a photo's file is missing", extra={"photo": str(photo.pk)})
        raise Http404 from missing
    return content


def answer_with_motion(version: ExerciseVersion, mark: str) -> HttpResponse:
    """The movement of a version's figure. Its address changes with it: browsers may keep it
    until somebody signs out."""
    if not version.figure:
        raise Http404
    motion = drawing.motion(version)
    response = HttpResponse(motion.text, content_type="application/json")
    response["Cache-Control"] = KEPT if mark == motion.mark else "private, no-store"
    return response

"""Hand out a photo, pictures or a movement to someone who may see them.

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
    """The movement of a version's figure, whose mark stands in the address."""
    if not version.figure:
        raise Http404
    figure = drawing.drawn(version)
    response = HttpResponse(drawing.motion(figure), content_type="application/json")
    return kept(response, is_it=mark == drawing.motion_mark(figure))


def answer_with_sprite(sprite: str, mark: str) -> HttpResponse:
    """The pictures of a programme's version, which never changes."""
    response = HttpResponse(sprite, content_type="image/svg+xml")
    response["Content-Security-Policy"] = "default-src 'none'"
    return kept(response, is_it=mark == drawing.mark())


def kept(response: HttpResponse, *, is_it: bool) -> HttpResponse:
    """Browsers keep it until somebody signs out, if it is what its address says."""
    response["Cache-Control"] = KEPT if is_it else "private, no-store"
    return response

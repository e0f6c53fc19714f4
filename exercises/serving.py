"""Hand out a photo to someone who may see it. Who may is the view's question."""

import logging

from django.http import Http404, HttpResponse

from exercises.models import Photo

logger = logging.getLogger("photos")


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

"""Hand out a photo to somebody who may see it. Who may is the view's question."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from exercises.models import Photo

logger = logging.getLogger("photos")

# A day: its bytes never change, but who has left the clinic should not see it for ever.
KEPT_FOR = 24 * 60 * 60  # seconds


def answer_with(request: HttpRequest, photo: Photo) -> HttpResponse:
    """The picture, or 304 to a browser that has it. Never anything but a picture."""
    etag = f'"{photo.pk.hex}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        _content(photo), content_type="image/webp"
    )
    headers = {
        "Cache-Control": f"private, max-age={KEPT_FOR}, immutable",
        "Content-Disposition": "inline",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "ETag": etag,
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

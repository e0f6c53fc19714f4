"""Hand out a picture to someone who may see it. Who may is the view's question."""

import logging

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpResponse

logger = logging.getLogger("pictures")

KEPT = f"private, max-age={365 * 24 * 3600}, immutable"
NOT_KEPT = "private, no-store"


def answer_with(file: FieldFile) -> HttpResponse:
    """The picture, and never anything but a picture. No browser keeps it: who has left the
    clinic, or shares the machine, finds nothing."""
    response = HttpResponse(_content(file), content_type="image/webp")
    headers = {
        "Cache-Control": NOT_KEPT,
        "Content-Disposition": "inline",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    for name, value in headers.items():
        response[name] = value
    return response


def _content(file: FieldFile) -> bytes:
    try:
        with file.open("rb") as opened:
            content: bytes = opened.read()
    except FileNotFoundError as missing:
        logger.error("a picture's file is missing", extra={"file": file.name})
        raise Http404 from missing
    return content


def kept(response: HttpResponse, *, is_it: bool) -> HttpResponse:
    """Browsers keep it until somebody signs out, if it is what its address says."""
    response["Cache-Control"] = KEPT if is_it else NOT_KEPT
    return response

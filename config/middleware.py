"""Two thin middlewares: a request id on every log line, and private pages."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

logger = logging.getLogger("request")

current_request_id: ContextVar[str] = ContextVar("request_id", default="-")

GetResponse = Callable[[HttpRequest], HttpResponse]
WELL_FORMED = re.compile(r"^[A-Za-z0-9-]{8,64}$")
PROBES = ("/healthz", "/readyz")


def request_id(get_response: GetResponse) -> GetResponse:
    """Give each request an id, say it back, and log one line without personal data.

    The line holds the route's pattern, never the path: paths carry tokens.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        token = current_request_id.set(given if WELL_FORMED.match(given) else uuid.uuid4().hex)
        try:
            response = get_response(request)
            response["X-Request-ID"] = current_request_id.get()
            if request.path not in PROBES:
                match = request.resolver_match
                logger.info(
                    "answered",
                    extra={
                        "method": request.method,
                        "route": match.route if match else "",
                        "status": response.status_code,
                    },
                )
            return response
        finally:
            current_request_id.reset(token)

    return middleware


def private_pages(get_response: GetResponse) -> GetResponse:
    """Keep every page out of shared and back-button caches: links from e-mails open some of
    them without a sign-in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return middleware

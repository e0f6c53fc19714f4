"""Thin middlewares: a request id on every log line, what browsers may do, and private pages."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

logger = logging.getLogger("request")

current_request_id: ContextVar[str] = ContextVar("request_id", default="-")

GetResponse = Callable[[HttpRequest], HttpResponse]
WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")
KEYS = {"token", "key"}  # what addresses call the part that opens a page without a sign-in
PROBES = ("/healthz", "/readyz")


def request_id(get_response: GetResponse) -> GetResponse:
    """Give each request an id, say it back, and log one line without personal data.

    The id is always ours: the audit trail holds it, and nobody outside may choose what stands
    there. One that a client or a proxy gave is written next to it in this one line, to find the
    request by either. The line holds the route's pattern, never the path: paths carry tokens.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        token = current_request_id.set(uuid.uuid4().hex)
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
                        **_given_id(request),
                    },
                )
            return response
        finally:
            current_request_id.reset(token)

    return middleware


def _given_id(request: HttpRequest) -> dict[str, str]:
    given = request.headers.get("X-Request-ID", "")
    return {"client_request_id": given} if WELL_FORMED.fullmatch(given) else {}


def limited_browsers(get_response: GetResponse) -> GetResponse:
    """Tell browsers, with every answer, what our pages never do: no camera, no place, no
    payment; and that nobody else's page may show what is ours."""
    policy = ", ".join(
        [f"{feature}=(self)" for feature in settings.BROWSER_MAY]
        + [f"{feature}=()" for feature in settings.BROWSER_MAY_NOT]
    )

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Permissions-Policy"] = policy
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return middleware


def private_pages(get_response: GetResponse) -> GetResponse:
    """Keep every page out of shared and back-button caches, and every refusal, whichever middleware
    it is from: links from e-mails open some pages without a sign-in. The address of such a page is a key, and stays in it: a page that
    is opened from it, or a log of someone's proxy, learns only which site it came from."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        if _is_opened_by_a_key(request):
            # Not "no-referrer": browsers then send forms as from nowhere, and CSRF refuses them.
            response["Referrer-Policy"] = "strict-origin"
        return response

    return middleware


def _is_opened_by_a_key(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and KEYS & set(match.kwargs))

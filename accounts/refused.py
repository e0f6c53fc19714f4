"""The answer to someone who has used a limit up: the true time to wait."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import limits, words
from accounts.limits import Limit, Reached
from accounts.network import network_of


def with_wait(response: HttpResponse, reached: Reached, *, now: datetime) -> HttpResponse:
    """For programs what the page says in words."""
    response.status_code = 429
    response["Retry-After"] = str(reached.seconds(now))
    return response


def too_many(request: HttpRequest, reached: Reached, *, now: datetime) -> HttpResponse:
    """The page for it, where no form can say so."""
    page = render(request, "429.html", {"again": words.try_again(reached, now=now)})
    return with_wait(page, reached, now=now)


def if_too_many(request: HttpRequest, limit: Limit, *, now: datetime) -> HttpResponse | None:
    """Count one use of this limit by the network that asks; the refusal if it is one too many."""
    try:
        limits.use(limit, network_of(request), now=now)
    except Reached as reached:
        return too_many(request, reached, now=now)
    return None

"""What a view may rely on in a request, and what its decorators leave as it is."""

from collections.abc import Callable
from typing import Protocol, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from accounts.models import User

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
"""Decorates a view that shows a page and takes the form on it."""


class SignedInRequest(HttpRequest):
    """A request from a signed-in person: its ``user`` is a ``User``, never anonymous.

    For annotations only; nothing makes one. ``SignInFirst`` lets nobody else reach a view, so
    every view says ``request: SignedInRequest`` unless it is ``login_not_required``, and hands
    ``request.user`` on as ``by=`` without a cast. What a view calls takes a plain
    ``HttpRequest`` if it does not ask who it is.
    """

    user: User
    htmx: HtmxDetails  # of HtmxMiddleware; true in a condition if a script of ours asks


def is_page_of_ours(request: HttpRequest, address: str) -> bool:
    """Whether a redirect may lead to what a page or a link named as the next one.

    A bare word is none: ``redirect`` would look for a route of that name, and fail.
    """
    is_address = address.startswith(("/", "http://", "https://"))
    here = {request.get_host()}
    return is_address and url_has_allowed_host_and_scheme(address, here, request.is_secure())


def signed_in(request: HttpRequest) -> SignedInRequest | None:
    """The same request; None if nobody is signed in. For a view that is ``login_not_required``."""
    return cast(SignedInRequest, request) if request.user.is_authenticated else None


class Guard(Protocol):
    """A decorator of views: each keeps the type it was written with."""

    def __call__[View: Callable[..., HttpResponseBase]](self, view: View, /) -> View: ...

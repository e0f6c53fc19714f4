"""Browsers that have signed in before: wrong tries on other devices do not lock them out.

A signed cookie holds a random number and, hashed, for which accounts this browser has signed
in. It opens nothing: it only moves the limits of ``accounts.limits`` from the address to the
device. What ends all sessions of an account (a new password, access taken away) also makes
every device unknown to it. See docs/adr/0035.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from accounts.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]
SALT = "accounts.devices"
VALID_FOR = timedelta(days=365)
ACCOUNTS = 8  # on one shared device; the one that signed in longest ago is forgotten


@dataclass(frozen=True)
class Device:
    number: str
    marks: tuple[str, ...] = ()

    def knows(self, user: User) -> bool:
        return self._mark(user) in self.marks

    def with_account(self, user: User) -> "Device":
        return Device(self.number, (*self.marks, self._mark(user))[-ACCOUNTS:])

    def _mark(self, user: User) -> str:
        of = f"{self.number}:{user.pk}:{user.get_session_auth_hash()}"
        return salted_hmac(SALT, of, algorithm="sha256").hexdigest()[:32]


def of(request: HttpRequest) -> Device:
    """The device as its cookie says; a new one if there is none, or it is not ours."""
    try:
        number, marks = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=VALID_FOR
        )
    except (signing.BadSignature, ValueError):
        return Device(secrets.token_urlsafe(16))
    return Device(number, tuple(marks))


def known_devices(get_response: GetResponse) -> GetResponse:
    """Remember each browser in which someone is signed in, for that account."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and not of(request).knows(request.user):
            _remember(response, of(request).with_account(request.user))
        return response

    return middleware


def _remember(response: HttpResponse, device: Device) -> None:
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps([device.number, list(device.marks)], salt=SALT),
        max_age=VALID_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )

"""Browsers that have signed in before: wrong tries on other devices do not lock them out.

A signed cookie holds a random number and, hashed, for which accounts this browser has signed
in. It opens nothing: it only moves the limits of ``accounts.limits`` from the address to the
device. What ends all sessions of an account (a new password, access taken away) also makes
every device unknown to it. See docs/adr/0035.

It also remembers the accounts themselves, encrypted for this browser alone: one whose clinic has
closed the page is told so after its sessions have ended. See docs/adr/0049.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
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
    sealed: tuple[str, ...] = ()

    def knows(self, user: User) -> bool:
        return self._mark(user) in self.marks

    def with_account(self, user: User) -> "Device":
        """With what it remembers of this account, as the newest; the oldest is forgotten."""
        sealed = self._sealed(user)
        others = [each for each in self.sealed if each != sealed]
        return replace(
            self,
            marks=(*self.marks, self._mark(user))[-ACCOUNTS:],
            sealed=(*others, sealed)[-ACCOUNTS:],
        )

    def accounts(self) -> list[UUID]:
        """Who has signed in here: keys of accounts, which may be gone by now."""
        return [key for sealed in self.sealed for key in self._opened(sealed)]

    def _mark(self, user: User) -> str:
        of = f"{self.number}:{user.pk}:{user.get_session_auth_hash()}"
        return salted_hmac(SALT, of, algorithm="sha256").hexdigest()[:32]

    def _sealed(self, user: User) -> str:
        """Always the same on one device, and another one on each: it can be compared with none."""
        sealed = _cipher(settings.SECRET_KEY).encrypt(user.pk.bytes, [self.number.encode()])
        return urlsafe_b64encode(sealed).decode()

    def _opened(self, sealed: str) -> Iterator[UUID]:
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            try:
                of = [self.number.encode()]
                yield UUID(bytes=_cipher(secret).decrypt(urlsafe_b64decode(sealed), of))
            except InvalidTag:
                continue


def _cipher(secret: str | bytes) -> AESSIV:
    key = salted_hmac(f"{SALT}.account", "", secret=secret, algorithm="sha256")
    return AESSIV(key.digest())


def of(request: HttpRequest) -> Device:
    """The device as its cookie says; a new one if there is none, or it is not ours."""
    try:
        number, *lists = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=VALID_FOR
        )
    except (signing.BadSignature, ValueError):
        return Device(secrets.token_urlsafe(16))
    return Device(number, *map(tuple, lists))


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
        signing.dumps([device.number, list(device.marks), list(device.sealed)], salt=SALT),
        max_age=VALID_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )

"""Addresses that go into letters: always of this site, whatever Host a request claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse

if TYPE_CHECKING:  # letters, which hold such links, are models too
    from accounts.models import User


def absolute(path: str) -> str:
    """The full address of a path that starts with a slash."""
    return f"{settings.SITE_URL}{path}"


def password_link(user: User) -> str:
    """A link to choose a password: once, within PASSWORD_RESET_TIMEOUT seconds."""
    key = default_token_generator.make_token(user)
    return absolute(reverse("account_reset_password_from_key", args=[user.pk.hex, key]))

"""Addresses that go into letters: always of this site, whatever Host a request claimed."""

from django.conf import settings


def absolute(path: str) -> str:
    """The full address of a path that starts with a slash."""
    return f"{settings.SITE_URL}{path}"

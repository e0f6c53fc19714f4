"""What many tests of reminders stand on."""

import pytest
from django.test import Client


@pytest.fixture
def mail() -> Client:
    """A mail program's browser: no session, no cookie, and it would notice a missing CSRF token."""
    return Client(enforce_csrf_checks=True)

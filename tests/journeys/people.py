"""Small things that journeys share: a signed-in browser, a press, a zone far from midnight."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

import clock
from accounts import sessions
from accounts.models import User


def where_it_is_noon() -> str:
    """A zone whose midnight is far off, whenever this runs."""
    east = 12 - clock.now().hour
    return f"Etc/GMT{-east:+d}"  # these are named by the hours to the west


def signed_in(user: User, url: str):
    client = Client()
    client.force_login(user)
    session = client.session
    sessions.note_proof(session, now=clock.now())
    session.save()
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()

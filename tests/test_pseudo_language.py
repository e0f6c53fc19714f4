"""Every page in a made-up language: what is still English was never given to a translator."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.test import Client

from tests import pseudo
from tests.access_routes import Audience, Route
from tests.cast import Cast
from tests.own_words import own_words, without
from tests.test_access import ALLOWED, ROUTES, ask
from tests.visible import words_of

WHO = ("patient", "clinician", "lead", "operator")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
ADDRESS = re.compile(r"\S+@\S+|https?://\S+")


@pytest.fixture(scope="session")
def language(tmp_path_factory) -> Path:
    return pseudo.compiled(tmp_path_factory.mktemp("locale"))


@pytest.fixture(autouse=True)
def speak(language: Path, settings: LazySettings) -> None:
    settings.LOCALE_PATHS = [language]
    settings.LANGUAGES = [(pseudo.CODE, "Pseudo")]
    settings.LANGUAGE_CODE = pseudo.CODE


def english(page: str, own: set[str]) -> list[str]:
    """The pieces of a page that hold a word of English which nobody typed."""
    pieces = [ADDRESS.sub("", piece) for piece in words_of(page)]
    return [piece for piece in pieces if ENGLISH.search(without(piece, own))]


def key(route: Route) -> str:
    return f"{route.method} {route.name}"


def askers(route: Route, cast: Cast, as_user) -> Iterator[tuple[str, Client]]:
    for role in WHO:
        if role in ALLOWED[route.audience]:
            yield role, as_user(getattr(cast, role))
    if route.audience in (Audience.EVERYONE, Audience.OWN_ELSE_HELP):
        yield "nobody", Client()


@pytest.mark.parametrize("route", ROUTES, ids=key)
def test_no_page_is_left_in_english(route: Route, cast: Cast, as_user) -> None:
    route.prepare(cast)
    for role, client in askers(route, cast, as_user):
        with transaction.atomic():
            response = ask(client, route, cast)
            assert response.status_code < 500
            if not response.streaming and response["Content-Type"].startswith("text/html"):
                assert english(response.text, own_words()) == [], role
            transaction.set_rollback(True)

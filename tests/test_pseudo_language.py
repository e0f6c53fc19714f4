"""Every page in a made-up language: what is still English was never given to a translator."""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.http import HttpResponseBase
from django.template.base import Lexer, TokenType
from django.test import Client
from django.urls import reverse

from accounts.models import Clinic, Letter
from patients.models import Patient
from tests import pseudo
from tests.access_routes import Audience, Route
from tests.accounts import post
from tests.cast import Cast
from tests.own_words import PROPER, own_words, without
from tests.pdf import Read
from tests.test_access import ALLOWED, ROUTES, ask
from tests.visible import words_of

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.*") if path.is_file())
WHO = ("patient", "clinician", "lead", "operator")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
Ask = Callable[[Client, Route, Cast], HttpResponseBase]
ADDRESS = re.compile(r"\S+@\S+|https?://\S+")


@pytest.fixture(scope="session")
def language(tmp_path_factory) -> Path:
    return pseudo.compiled(tmp_path_factory.mktemp("locale"))


@pytest.fixture
def speak(language: Path, settings: LazySettings) -> None:
    settings.LOCALE_PATHS = [language]
    settings.LANGUAGES = [(pseudo.CODE, "Pseudo")]
    settings.LANGUAGE_CODE = pseudo.CODE


@pytest.fixture
def cast(cast: Cast, speak: None) -> Cast:
    """Everybody reads it: letters are written in the language of whoever gets them."""
    for model in (Clinic, Patient):
        model.objects.update(language=pseudo.CODE)
    cast.record.refresh_from_db()
    return cast


def english(pieces: list[str], own: set[str]) -> list[str]:
    """The pieces that hold a word of English which nobody typed."""
    plain = [ADDRESS.sub("", piece) for piece in pieces if piece not in own]
    return [
        piece for piece in plain if ENGLISH.search(piece) and ENGLISH.search(without(piece, own))
    ]


def pieces_of(response: HttpResponseBase) -> list[str]:
    """What a person reads of an answer: a page, a table or a PDF."""
    content = response.getvalue() if response.streaming else response.content
    match response.headers.get("Content-Type", "").split(";")[0]:
        case "text/html":
            return words_of(content.decode())
        case "text/csv":
            return [cell for row in csv.reader(content.decode().splitlines()) for cell in row]
        case "application/pdf":
            return [Read(content).text]
        case _:
            return []


def pieces_of_letters() -> list[str]:
    """Each letter that was written meanwhile, as its reader gets it."""
    letters = [(letter.subject, *post.words_of(letter)) for letter in Letter.objects.all()]
    return [
        piece
        for subject, text, html in letters
        for piece in (subject, *text.splitlines(), *words_of(html))
    ]


def key(route: Route) -> str:
    return f"{route.method} {route.name}"


def askers(route: Route, cast: Cast, as_user) -> Iterator[Client]:
    for role in WHO:
        if role in ALLOWED[route.audience]:
            yield as_user(getattr(cast, role))
    if route.audience in (Audience.EVERYONE, Audience.OWN_ELSE_HELP):
        yield Client()


def as_the_sweep(client: Client, route: Route, cast: Cast) -> HttpResponseBase:
    return ask(client, route, cast)


def by_script(client: Client, route: Route, cast: Cast) -> HttpResponseBase:
    """What htmx swaps into the page."""
    address = reverse(route.name, kwargs=route.kwargs(cast))
    send = client.post if route.method == "post" else client.get
    return send(address, route.data(cast), headers={"HX-Request": "true"})


def as_an_empty_form(client: Client, route: Route, cast: Cast) -> HttpResponseBase:
    """What each field says when nothing was filled in."""
    return client.post(reverse(route.name, kwargs=route.kwargs(cast)), follow=True)


@pytest.mark.parametrize("send", [as_the_sweep, by_script, as_an_empty_form])
@pytest.mark.parametrize("route", ROUTES, ids=key)
def test_no_answer_is_in_english(route: Route, send: Ask, cast: Cast, as_user) -> None:
    route.prepare(cast)
    for client in askers(route, cast, as_user):
        with transaction.atomic():
            response = send(client, route, cast)
            assert response.status_code < 500
            said = [*pieces_of(response), *pieces_of_letters()]
            assert english(said, own_words()) == []
            transaction.set_rollback(True)


def plain_text(template: str) -> str:
    """What a template says whatever happens: without its tags, and without its messages."""
    kept, is_left_out = [], False
    for token in Lexer(template).tokenize():
        match token.token_type, token.contents.split():
            case TokenType.BLOCK, ["blocktranslate" | "comment", *_]:
                is_left_out = True
            case TokenType.BLOCK, ["block", "side" | "page_class"]:  # names for the style sheet
                is_left_out = True
            case TokenType.BLOCK, ["endblocktranslate" | "endcomment" | "endblock", *_]:
                is_left_out = False
            case TokenType.TEXT, _ if not is_left_out:
                kept.append(token.contents)
            case TokenType.VAR, _:
                kept.append("x ")  # it may be the name of a tag
    return "".join(kept)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_has_words_outside_its_messages(path: Path) -> None:
    text = plain_text(path.read_text())
    pieces = words_of(text) if path.suffix == ".html" else text.splitlines()
    assert english(pieces, PROPER) == []

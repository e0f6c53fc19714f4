"""Every page in a made-up language: what is still English was never given to a translator."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponseBase
from django.template.base import Lexer, TokenType
from django.test import Client
from django.urls import resolve, reverse

from accounts.models import Clinic, Letter, User
from demo.people import CLINICIAN, LEAD
from patients.models import Patient
from tests import pseudo
from tests.access_routes import Audience, Route
from tests.accounts import post
from tests.cast import Cast
from tests.own_words import PROPER, own_words, rest_of
from tests.pdf import Read
from tests.reminders.test_letter import received
from tests.test_access import ALLOWED, ROUTES, ask
from tests.visible import words_of

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.*") if path.is_file())
WHO = ("patient", "clinician", "lead", "operator")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
Ask = Callable[[Client, Route, Cast], HttpResponseBase]
CODE = re.compile(r"[a-z]+([_:][a-z]+)+|[0-9a-f]{32}|[0-9T:+-]+")  # for programs, beside the words
ADDRESS = re.compile(r"\S+@\S+|https?://\S+")


@pytest.fixture
def cast(cast: Cast, speak: None) -> Cast:
    """Everybody reads it: letters are written in the language of whoever gets them."""
    for model in (Clinic, Patient):
        model.objects.update(language=pseudo.CODE)
    cast.record.refresh_from_db()
    return cast


def english(pieces: list[str], own: set[str]) -> list[str]:
    """The pieces, without addresses, that hold a word of English which nobody typed."""
    plain = [ADDRESS.sub("", piece) for piece in pieces if piece not in own]
    doubtful = [piece for piece in plain if ENGLISH.search(piece)]
    return [piece for piece in doubtful if ENGLISH.search(rest_of(piece, own))]


def pieces_of(response: HttpResponseBase) -> list[str]:
    """What a person reads of an answer: a page, a table or a PDF."""
    content = response.getvalue() if response.streaming else response.content
    match response.headers.get("Content-Type", "").split(";")[0]:
        case "text/html":
            return words_of(content.decode())
        case "text/csv":
            cells = [cell for row in csv.reader(content.decode().splitlines()) for cell in row]
            return [cell for cell in cells if not CODE.fullmatch(cell)]
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
    """Of a clinic's staff only the lead, where both may: a lead reads all that others do."""
    allowed = [role for role in WHO if role in ALLOWED[route.audience]]
    for role in allowed:
        if role != "clinician" or "lead" not in allowed:
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


@pytest.mark.parametrize("route", ROUTES, ids=key)
def test_no_answer_is_in_english(route: Route, cast: Cast, as_user) -> None:
    route.prepare(cast)
    before = own_words()  # an answer may tell what is gone now
    for client in askers(route, cast, as_user):
        for send in (as_the_sweep, by_script, as_an_empty_form):
            with transaction.atomic():
                response = send(client, route, cast)
                assert response.status_code < 500
                doubtful = english([*pieces_of(response), *pieces_of_letters()], before)
                if doubtful:  # an answer may tell what is there only now
                    assert english(doubtful, before | own_words()) == [], send.__name__
                transaction.set_rollback(True)


def plain_text(template: str) -> str:
    """What a template says whatever happens: without its tags, and without its messages."""
    kept, is_left_out = [], False
    for token in Lexer(template).tokenize():
        match token.token_type, token.contents.split():
            case TokenType.BLOCK, ["blocktranslate" | "comment", *_]:
                is_left_out = True
            case TokenType.BLOCK, ["block", "side" | "page_class" | "body_attributes"]:
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
    pieces = words_of(text) if path.suffix in (".html", ".svg") else text.splitlines()
    assert english(pieces, PROPER) == []


@pytest.fixture
def demo(db: None, speak: None, settings: LazySettings) -> None:
    settings.DEMO = True
    call_command("load_library", verbosity=0)
    call_command("load_demo", stdout=StringIO())


def test_no_page_of_the_demo_clinic_is_in_english(demo: None, as_user) -> None:
    """Every page that links lead to, with all that a busy clinic shows: two of each kind."""
    own = own_words()
    for email in ("patient@demo.example", CLINICIAN[0], LEAD[0]):
        leaks = list(leaks_from_the_first_page(as_user(User.objects.get(email=email)), own))
        assert leaks == [], "\n".join(leaks)


def leaks_from_the_first_page(client: Client, own: set[str]) -> Iterator[str]:
    seen, left = Counter(), ["/"]
    while left:
        address = left.pop()
        response = client.get(address, follow=True)
        yield from (f"{address}: {piece}" for piece in english(pieces_of(response), own))
        for link in links_of(response):
            name = resolve(urlsplit(link).path).view_name
            if seen[name] < 2 and link not in seen:
                seen.update([name, link])
                left.append(link)
    assert len(seen) > 20


def links_of(response: HttpResponseBase) -> list[str]:
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    return [unescape(link) for link in re.findall(r'href="(/(?!static/)[^"#]*)', response.text)]


def test_no_reminder_is_in_english(db: None, speak: None, smtp_server) -> None:
    message = received(smtp_server, assignment__patient__language=pseudo.CODE)
    text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    said = [message["Subject"], *text.splitlines(), *words_of(html)]
    assert english(said, own_words()) == []

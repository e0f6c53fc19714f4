"""Every form that changes something carries the token that lets it: tests' clients ask for none."""

import re
from pathlib import Path

import pytest

from tests.access_routes import Audience, Route
from tests.cast import Cast
from tests.test_access import ROUTES, ask

TEMPLATES = Path(__file__).parent.parent / "templates"
INCLUDE = re.compile(r"{%\s*include\s+[\"']([^\"']+)[\"'](.*?)%}")
FORM = re.compile(r"<form\b(?P<head>[^>]*)>(?P<body>.*?)</form>", re.DOTALL)
LEADS = (Audience.LEAD, Audience.RECORD_LEAD)
OWN = (Audience.PATIENTS, Audience.OWN_RECORD)
# Their address is the secret: a mail program's own browser may keep no cookie.
BY_LINK = ("reminders:", "today:new_address")


def needs_a_token(name: str) -> bool:
    source = (TEMPLATES / name).read_text()
    inner = (found for found, _rest in INCLUDE.findall(source) if (TEMPLATES / found).exists())
    return "csrf_token" in source or any(needs_a_token(one) for one in inner if one != name)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_a_part_with_a_form_gets_the_token(path: Path) -> None:
    """What is included with ``only`` gets nothing that it is not given."""
    for name, rest in INCLUDE.findall(path.read_text()):
        if rest.split()[-1:] == ["only"] and (TEMPLATES / name).exists() and needs_a_token(name):
            assert "csrf_token=csrf_token" in rest, name


def opened_by(route: Route, cast: Cast):
    if route.audience in LEADS:
        return cast.lead
    if route.audience is Audience.OPERATOR:
        return cast.operator
    return cast.patient if route.audience in OWN else cast.clinician


@pytest.mark.parametrize(
    "route", [r for r in ROUTES if r.method == "get" and not r.name.startswith(BY_LINK)], ids=str
)
def test_each_form_on_a_page_has_one(route: Route, cast: Cast, as_user) -> None:
    route.prepare(cast)
    answer = ask(as_user(opened_by(route, cast)), route, cast)
    page = "" if answer.streaming else answer.content.decode(errors="ignore")
    for form in FORM.finditer(page):
        if re.search(r"method=.?post", form["head"], re.IGNORECASE):
            assert "csrfmiddlewaretoken" in form["body"], form["head"]

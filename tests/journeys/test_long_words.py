"""A language whose words are a third longer fits the screen of a phone."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.journeys.conftest import PHONE

BUILT = Path(__file__).resolve().parent.parent.parent / "static/built"
SHEET = re.compile(r'<link rel="stylesheet" href="/static/(\w+\.css)">')
PAGES = [
    ("patient", "today:today"),
    ("patient", "today:progress"),
    ("patient", "today:settings"),
    ("patient", "reminders:settings"),
    ("lead", "caseload:caseload"),
    ("lead", "exercises:list"),
    ("lead", "programmes:list"),
    ("lead", "accounts:team"),
]


def with_its_style(page: str) -> str:
    """The style sheet inside the page: it is looked at without a server."""
    return SHEET.sub(lambda found: f"<style>{(BUILT / found[1]).read_text()}</style>", page)


def overflow(browser, content: str) -> int:
    """By how many pixels the page is wider than a phone."""
    page = browser.new_page(viewport=PHONE)
    page.set_content(with_its_style(content), wait_until="domcontentloaded")
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    page.close()
    return wider


@pytest.mark.parametrize(("who", "name"), PAGES)
def test_longer_words_fit_a_phone(who, name, browser, cast: Cast, speak, as_user) -> None:
    response = as_user(getattr(cast, who)).get(reverse(name))
    assert "[" in response.text
    assert overflow(browser, response.text) <= 0


def test_a_record_with_longer_words_fits_a_phone(browser, cast: Cast, speak, as_user) -> None:
    address = reverse("caseload:detail", kwargs={"patient_id": cast.record.pk})
    assert overflow(browser, as_user(cast.clinician).get(address).text) <= 0

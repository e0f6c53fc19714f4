"""What a browser seals, by its own means alone, the server opens: for that account only."""

import pytest
from playwright.sync_api import Page

from offline import seal
from patients.models import Day
from tests.factories import PatientFactory
from tests.journeys.modules import call, serve_scripts

TEXT = '{"note": "Das Knie knirscht. 膝が痛い"}'


@pytest.fixture
def page(day: Day, open_page) -> Page:
    page = open_page("patient", user=day.assignment.patient.user).page
    serve_scripts(page)
    page.goto("/today/")
    return page


def test_sealed_in_a_browser_and_opened_on_the_server(page: Page, day: Day) -> None:
    user = day.assignment.patient.user
    sealed = call(page, "offline/seal.js", "seal", TEXT)
    assert seal.open_for(user, sealed) == TEXT
    long = "ä" * 20_000
    assert seal.open_for(user, call(page, "offline/seal.js", "seal", long)) == long
    with pytest.raises(seal.NotOpened):
        seal.open_for(PatientFactory().user, sealed)
    words = sealed.split(".")[3]
    changed = sealed.replace(words, ("B" if words[0] == "A" else "A") + words[1:])
    with pytest.raises(seal.NotOpened):
        seal.open_for(user, changed)


def test_each_time_it_is_sealed_anew(page: Page) -> None:
    assert call(page, "offline/seal.js", "seal", TEXT) != call(
        page, "offline/seal.js", "seal", TEXT
    )


def test_without_a_key_nothing_is_sealed(page: Page) -> None:
    page.evaluate("() => document.querySelector('meta[name=seal]').remove()")
    assert call(page, "offline/seal.js", "seal", TEXT) == ""

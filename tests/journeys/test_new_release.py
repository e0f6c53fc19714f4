"""A new release while a page is open: it waits, the page says so, and nothing is lost."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from offline.views import kept
from tests.journeys.people import press
from tests.journeys.phone import TODAY, Phone
from tests.journeys.stack import wait_until
from tests.offline.build import Build

NEWER = "A newer version is here"
USE = "Use the newer version"
STYLE = "document.querySelector('link[rel=stylesheet]').href"
WAITING = "async () => Boolean((await navigator.serviceWorker.ready).waiting)"
RELEASES = "async () => (await caches.keys()).filter((name) => name.startsWith('shell-'))"


@pytest.fixture
def build(tmp_path, settings) -> Build:
    return Build(tmp_path, settings)


@pytest.fixture
def behind(phone, build) -> Phone:
    """A page was opened, all of it was kept, and a new release came out since."""
    phone.keep()
    build.change("patient.css", "patient.js")
    return phone.come_back_to_the_page()


def says_so(page: Page) -> None:
    expect(page.get_by_text(NEWER)).to_be_visible()


def let_in(page: Page) -> None:
    with page.expect_navigation():
        press(page, USE)


def test_on_the_first_visit_nothing_is_newer(phone) -> None:
    """The first worker waits a moment too, and takes over from nobody."""
    phone.keep()
    expect(phone.page.get_by_text(NEWER)).to_be_hidden()


def test_a_new_release_waits_until_it_is_let_in(behind) -> None:
    says_so(behind.page)
    old = behind.page.evaluate(STYLE)
    behind.eye.look("newer-version")
    assert len(behind.page.evaluate(RELEASES)) == 2
    let_in(behind.page)
    wait_until(lambda: len(behind.page.evaluate(RELEASES)) == 1, "the old release to go", 20)
    expect(behind.page.get_by_text(NEWER)).to_be_hidden()
    assert behind.page.evaluate(STYLE) != old
    behind.cut().go()
    assert behind.page.evaluate(STYLE) != old
    assert behind.is_styled()
    assert behind.eye.troubles == []


def test_until_then_the_old_one_goes_on_without_a_network_too(behind) -> None:
    says_so(behind.page)
    old = behind.page.evaluate(STYLE)
    behind.cut().go()
    assert behind.page.evaluate(STYLE) == old
    assert behind.is_styled()
    says_so(behind.page)


def test_a_page_that_was_kept_before_has_its_own_files(behind, monkeypatch) -> None:
    """It is let in, and the network goes before anything is kept again."""
    says_so(behind.page)
    old = behind.page.evaluate(STYLE)
    with monkeypatch.context() as trouble:
        trouble.setattr(kept, "KeptPages", lambda *facts: 1 / 0)
        let_in(behind.page)
        assert behind.page.evaluate(STYLE) != old
        assert behind.page.evaluate(WAITING) is False
        behind.cut().go()
    assert behind.page.evaluate(STYLE) == old
    assert behind.page.evaluate("async (url) => Boolean(await caches.match(url))", old)
    assert behind.is_styled()


def test_nothing_typed_is_lost_by_it(behind) -> None:
    says_so(behind.page)
    behind.go(reverse("today:settings"))
    says_so(behind.page)
    zone = behind.page.locator("main select, main input:not([type=hidden])").first
    zone.evaluate("(field) => { field.value = 'Europe/Paris'; }")
    press(behind.page, USE)
    expect(behind.page.get_by_text("First save or finish")).to_be_visible()
    assert zone.input_value() == "Europe/Paris"
    assert len(behind.page.evaluate(RELEASES)) == 2


def test_nothing_is_said_of_it_during_a_session(behind, day) -> None:
    says_so(behind.page)
    behind.go(reverse("today:session", args=[day.pk, day.programme_id]))
    behind.page.wait_for_load_state("networkidle")
    expect(behind.page.get_by_text(NEWER)).to_be_hidden()
    behind.go(TODAY)
    says_so(behind.page)


def test_another_tab_is_left_as_it_is(behind) -> None:
    says_so(behind.page)
    other = behind.context.new_page()
    other.goto(reverse("today:help"))
    says_so(other)
    other.evaluate("window.isAsItWas = true")
    let_in(behind.page)
    wait_until(lambda: len(other.evaluate(RELEASES)) == 1, "the old release to go", 20)
    assert other.evaluate("window.isAsItWas") is True
    let_in(other)
    assert not other.evaluate("window.isAsItWas")

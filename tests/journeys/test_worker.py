"""A phone whose network goes: what was kept on it is shown, and nothing else."""

import threading
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import Error, expect

import today.views.today
from offline import release
from offline.kept_page import KeptPage
from offline.views import kept
from patients.models import Day
from tests.factories import MembershipFactory
from tests.journeys.phone import TODAY, Phone
from tests.journeys.stack import wait_until

PROGRESS = reverse("today:progress")
# A network that answers for every page but the list of what is to be kept, in which all has changed.
HOTEL = """async (status) => {
  await registration.navigationPreload?.disable();
  const real = self.fetch;
  self.fetch = async (what, how) => {
    const headers = { "Content-Type": "text/html" };
    if (!String(what.url ?? what).endsWith("/offline/kept/")) {
      return new Response("<h1>Welcome to the hotel</h1>", { status, headers });
    }
    const answer = await real(what, how);
    const list = await answer.json();
    const pages = list.pages.map((page) => ({ ...page, mark: "changed" }));
    return Response.json({ ...list, pages }, { headers: { "X-Signed-In": list.person } });
  };
}"""


@pytest.fixture
def own_pages(day: Day) -> list[str]:
    """Today, an exercise in full, the session, and whom to call."""
    return [
        TODAY,
        reverse("today:item", args=[day.programme.items.first().pk]),
        reverse("today:session", args=[day.pk, day.programme_id]),
        reverse("today:help"),
    ]


@pytest.fixture
def lists(monkeypatch) -> Callable[..., None]:
    """The server lists these pages, instead of those that a patient would need."""
    return lambda *pages: monkeypatch.setattr(kept, "KeptPages", lambda *facts: pages)


@pytest.fixture
def also(monkeypatch) -> Callable[[str], None]:
    """The worker's browser is another one: this is run before the worker's script."""
    script = release.script()
    return lambda first: monkeypatch.setattr(release, "script", lambda: f"{first}\n{script}")


def routes_asked(caplog) -> list[str]:
    return [record.route for record in caplog.records if hasattr(record, "route")]


def test_without_a_network_what_is_kept_is_shown(phone, own_pages) -> None:
    phone.keep().cut()
    for address in own_pages:
        phone.go(address)
        expect(phone.page.get_by_role("heading", name="No network")).to_have_count(0)
        assert phone.page.url.endswith(address)
        assert phone.is_styled()
    assert phone.eye.troubles == []


@pytest.mark.parametrize("where", ["/", reverse("today:start")])
def test_without_a_network_the_first_page_is_today(phone, where) -> None:
    phone.keep().cut().go(where)
    assert phone.page.url.endswith(TODAY)


def test_a_page_that_is_not_kept_says_that_there_is_no_network(phone) -> None:
    phone.keep().cut().go(PROGRESS).shows("No network")
    assert phone.page.url.endswith(PROGRESS)
    phone.eye.look("no-network")
    phone.context.set_offline(False)
    phone.page.get_by_role("link", name="Try again").click()
    phone.shows("Progress")


def test_a_page_of_another_day_is_not_shown(phone, lists) -> None:
    lists(KeptPage(PROGRESS, "1", TODAY, date(2020, 1, 1)))
    phone.keep().cut().go().shows("No network")


def test_what_has_changed_is_fetched_again_and_nothing_else(
    phone, own_pages, lists, caplog
) -> None:
    today_page, item, session, help_page = own_pages
    lists(*(KeptPage(url, "1") for url in own_pages))
    phone.keep()
    caplog.clear()
    lists(KeptPage(today_page, "1"), KeptPage(item, "2"), KeptPage(help_page, "1"))
    phone.keep_again()
    assert routes_asked(caplog) == ["offline/kept/", "today/items/<uuid:item_id>/"]
    assert sorted(phone.kept()) == sorted([today_page, item, help_page])
    phone.cut().go(session).shows("No network")


def test_only_pages_are_kept_that_are_given_to_this_person(phone, lists) -> None:
    lists(*(KeptPage(url, "1") for url in ("/", TODAY, "/today/nothing/", "/settings/team/")))
    assert phone.keep().kept() == [TODAY]


def test_photos_are_left_out_where_data_is_saved(phone, lists, own_pages, also, caplog) -> None:
    also("Object.defineProperty(navigator, 'connection', { value: { saveData: true } });")
    pages = [*own_pages, f"{own_pages[1]}photos/{uuid4()}/"]
    lists(*(KeptPage(url, "1") for url in pages))
    assert sorted(phone.keep().kept()) == sorted(own_pages)
    assert not [route for route in routes_asked(caplog) if "photos" in route]


def test_a_network_that_does_not_answer_is_none(phone, monkeypatch) -> None:
    phone.keep()
    answers = threading.Event()
    left = today.views.today.seconds_left
    monkeypatch.setattr(
        today.views.today, "seconds_left", lambda *facts: answers.wait(30) and left(*facts)
    )
    try:
        phone.page.goto(TODAY, timeout=12_000, wait_until="commit")
        assert phone.page.url.endswith(TODAY)
        phone.page.get_by_role("link", name="Start").first.wait_for()
    finally:
        answers.set()


@pytest.mark.parametrize("knows_routes", [True, False])
def test_the_clinics_side_is_left_alone(phone, day, also, caplog, knows_routes) -> None:
    """Also by a browser that cannot be told beforehand; nothing is asked twice."""
    if not knows_routes:
        also("delete InstallEvent.prototype.addRoutes;")
    MembershipFactory(user=day.assignment.patient.user, clinic=day.assignment.patient.clinic)
    caseload = reverse("caseload:caseload")
    phone.keep()
    caplog.clear()
    phone.go(caseload).shows("Caseload")
    assert routes_asked(caplog) == ["patients/"]
    assert caseload not in phone.kept()
    phone.cut()
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED|ERR_FAILED"):
        phone.go(caseload)


def test_a_page_is_asked_for_once(phone, caplog) -> None:
    phone.keep()
    caplog.clear()
    phone.go()
    assert routes_asked(caplog).count("today/") == 1


def test_staff_have_no_worker(open_page, day) -> None:
    clinician = day.assignment.patient.clinician
    theirs = Phone(open_page("clinician", user=clinician, service_workers="allow")).go("/patients/")
    count = "async () => (await navigator.serviceWorker.getRegistrations()).length"
    assert theirs.page.evaluate(count) == 0


def test_a_browser_without_background_sync_keeps_pages_all_the_same(phone) -> None:
    phone.context.add_init_script("delete globalThis.SyncManager")
    phone.keep().cut().go()
    expect(phone.page.get_by_role("heading", name="No network")).to_have_count(0)


def test_switched_off_it_takes_itself_away(phone, settings) -> None:
    phone.keep()
    settings.WORKER = False
    phone.go()
    gone = "async () => (await navigator.serviceWorker.getRegistrations()).length === 0"
    wait_until(lambda: phone.page.evaluate(gone), "the worker to go", patience=20)
    assert phone.caches() == []


@pytest.mark.parametrize("status", [200, 404, 511])
def test_a_page_of_the_networks_own_is_neither_kept_nor_shown_for_ours(phone, status) -> None:
    kept = phone.keep().kept()
    [worker] = phone.context.service_workers
    worker.evaluate(HOTEL, status)
    phone.page.evaluate("() => navigator.serviceWorker.controller.postMessage({ do: 'send' })")
    wait_until(lambda: phone.kept_at() == 0, "what is to be kept to be looked at")
    phone.go()
    assert sorted(phone.kept()) == sorted(kept)
    expect(phone.page.get_by_text("Welcome to the hotel")).to_have_count(0)
    expect(phone.page.get_by_text("This page was kept on this phone")).to_be_visible()


def test_a_page_of_the_networks_own_is_no_file_of_ours(phone, also) -> None:
    also("self.fetch = async () => new Response('', { headers: { 'Content-Type': 'text/html' } });")
    phone.go()
    state = """async () => new Promise((done) => {
      navigator.serviceWorker.ready.then(() => done("at work"));
      setTimeout(() => done("not there"), 3000);
    })"""
    assert phone.page.evaluate(state) == "not there"

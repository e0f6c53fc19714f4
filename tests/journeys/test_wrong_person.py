"""A phone in other hands: whoever holds it neither reads nor sends what another person did on it."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session as SignIn
from playwright.sync_api import Page, expect

import clock
from accounts.not_saved import person_id
from patients.models import ClosedBecause, Day, Patient, Session
from patients.services import access
from tests.factories import PatientFactory
from tests.journeys.look import Eye
from tests.journeys.people import press
from tests.journeys.phone import KEPT
from tests.journeys.phones import (
    QUEUE,
    hold,
    on_this_phone,
    queue_of,
    tick_without_a_network,
    with_a_network,
)
from tests.journeys.saving import wait_for

PHONE = {"width": 390, "height": 844}
SECRET = "The left knee clicked."
WORKER = {"service_workers": "allow"}
NOTHING_WAITS = f"async () => (await ({QUEUE})()).length === 0"


@pytest.fixture
def patient(day: Day) -> Patient:
    clinic = day.assignment.patient.clinic
    clinic.telephone = "+442079460958"
    clinic.save()
    patient: Patient = day.assignment.patient
    return patient


@pytest.fixture(params=["with a worker", "without"])
def eye(request, patient: Patient, open_page: Callable[..., Eye]) -> Eye:
    """Today is open, some of it is kept on this phone, and a session waits there."""
    worker = WORKER if request.param == "with a worker" else {}
    eye = open_page("patient", user=patient.user, viewport=PHONE, **worker)
    eye.page.goto("/today/")
    if worker:
        wait_for(lambda: eye.page.evaluate(KEPT)["at"] > 0)
    tick_without_a_network(eye.page, SECRET)
    assert SECRET in on_this_phone(eye.page)
    return eye


def nothing_can_be_read_of(patient: Patient, page: Page) -> None:
    wait_for(lambda: _is_sealed(page) and patient.name not in on_this_phone(page))
    left = on_this_phone(page)
    assert SECRET not in left
    assert f"kept-{person_id(patient.user or patient.closed_user)}" not in left
    assert str(patient.assignments.get().programme_id) not in left


def _is_sealed(page: Page) -> bool:
    [entry] = queue_of(page)
    return entry["plain"] is None and entry["sealed"].count(".") == 4 and not entry["about"]


def it_is_sent_once(page: Page) -> None:
    wait_for(Session.objects.exists)
    page.wait_for_function(NOTHING_WAITS)
    again = page.context.new_page()  # the first goes on by itself, at a moment of its own
    again.goto("/today/")
    assert queue_of(again) == []
    assert Session.objects.get().note == SECRET


def test_another_person_neither_sees_nor_sends_it(
    eye: Eye, patient: Patient, live_server, open_page
) -> None:
    page, other = eye.page, PatientFactory(name="Nora Bell").user
    sent = []
    page.context.on("request", lambda request: sent.append(request.post_data or ""))
    hold(page, other, live_server.url)
    with_a_network(page)
    tab = page.context.new_page()
    tab.goto("/today/")
    nothing_can_be_read_of(patient, tab)
    expect(tab.get_by_role("main")).not_to_contain_text(patient.name)
    expect(tab.get_by_role("heading", name="Saved on this phone")).to_have_count(0)
    assert not Session.objects.exists()
    page.close()
    sent.clear()
    tab.reload()
    [entry] = queue_of(tab)
    assert not any(entry["client_id"] in body for body in sent)
    hold(tab, patient.user, live_server.url)
    tab.goto("/today/")
    it_is_sent_once(tab)


def test_their_open_page_cannot_sign_the_other_person_out(day: Day, open_page, live_server) -> None:
    page = open_page("patient", user=day.assignment.patient.user, viewport=PHONE).page
    page.goto("/settings/you/")
    hold(page, PatientFactory(name="Nora Bell").user, live_server.url)
    press(page, "Sign out")
    expect(page.get_by_text("Nora Bell")).to_be_visible()
    assert SignIn.objects.count() == 2


@pytest.mark.parametrize("eye", ["with a worker"], indirect=True)
@pytest.mark.parametrize("is_other", [True, False], ids=["another person", "nobody"])
def test_a_kept_page_leaves_the_screen_at_the_first_contact(
    eye: Eye, patient: Patient, live_server, is_other
) -> None:
    page, other = eye.page, PatientFactory(name="Nora Bell").user
    page.goto("/today/")
    expect(page.locator("body[data-kept-page]")).to_have_count(1)
    hold(page, other if is_other else None, live_server.url)
    with_a_network(page)
    expect(page.locator("body[data-kept-page]")).to_have_count(0)
    expect(page.locator("body")).not_to_contain_text(patient.name)


@pytest.mark.parametrize("eye", ["with a worker"], indirect=True)
def test_a_kept_page_leaves_the_screen_once_the_worker_has_wiped(eye: Eye) -> None:
    """On a slow network it was shown before the answer came that nobody is signed in."""
    page = eye.page
    page.goto("/today/")
    expect(page.locator("body[data-kept-page]")).to_have_count(1)
    page.evaluate(WIPED)
    expect(page.get_by_role("heading", name="No network")).to_be_visible()


WIPED = """async () => {
  for (const name of await caches.keys()) if (name.startsWith("kept-")) await caches.delete(name);
  const channel = new BroadcastChannel("offline");
  channel.postMessage({ wiped: true });
}"""
TYPED = """(person) => {
  const until = Date.now() + 3600000;
  localStorage.setItem(`session:${person}:r:d`, JSON.stringify({ version: 1, until, pain: 7 }));
  for (const place of ["/today/sessions/1/", "/programmes/1/"]) {
    const typed = { at: Date.now(), sent: "", fields: [["note", ["It burns"]]] };
    localStorage.setItem(`kept:${person}:${place}`, JSON.stringify(typed));
  }
}"""
KEYS = "() => Object.keys(localStorage).map((key) => key.split(':').at(-1)).sort()"


@pytest.mark.parametrize("eye", ["without"], indirect=True)
def test_typing_and_a_session_under_way_are_gone_for_another_person(
    eye: Eye, patient: Patient, live_server
) -> None:
    """They wait for whoever was only signed out; a colleague's typing waits in any case."""
    page, other = eye.page, PatientFactory(name="Nora Bell").user
    page.evaluate(TYPED, person_id(patient.user))
    hold(page, None, live_server.url)
    with_a_network(page)
    page.goto("/today/")
    assert page.evaluate(KEYS) == ["/programmes/1/", "/today/sessions/1/", "d"]
    hold(page, other, live_server.url)
    page.goto("/today/")
    wait_for(lambda: page.evaluate(KEYS) == ["/programmes/1/"])


def test_once_the_sign_in_is_over_nobody_reads_it(eye: Eye, patient: Patient, live_server) -> None:
    page = eye.page
    SignIn.objects.all().delete()
    with_a_network(page)
    page.goto("/today/")
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    nothing_can_be_read_of(patient, page)
    hold(page, patient.user, live_server.url)
    page.goto("/today/")
    it_is_sent_once(page)


LONG_AGO = """async () => {
  const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const database = await asked(indexedDB.open("homestretch"));
  const store = database.transaction("queue", "readwrite").objectStore("queue");
  for (const entry of await asked(store.getAll())) await asked(store.put({ ...entry, until: 1 }));
  database.close();
}"""


def test_what_is_sealed_goes_after_its_days(eye: Eye, patient: Patient, live_server) -> None:
    page = eye.page
    SignIn.objects.all().delete()
    with_a_network(page)
    page.goto("/today/")
    nothing_can_be_read_of(patient, page)
    assert 13 < (queue_of(page)[0]["until"] / 1000 - clock.now().timestamp()) / 86400 <= 14
    page.evaluate(LONG_AGO)
    hold(page, patient.user, live_server.url)
    page.goto("/today/")
    wait_for(lambda: queue_of(page) == [])
    assert not Session.objects.exists()


def test_a_closed_page_is_gone_from_the_phone_and_says_whom_to_call(
    eye: Eye, patient: Patient
) -> None:
    page = eye.page
    access.close_access(patient, because=ClosedBecause.OTHER, by=patient.clinician, now=clock.now())
    with_a_network(page)
    said = page.locator("[data-not-saved]")
    expect(said).to_contain_text("Your clinic has closed this page")
    expect(said.get_by_role("link", name="020 7946 0958")).to_be_visible()
    nothing_can_be_read_of(patient, page)
    eye.troubles.clear()  # 410, to the page that was open
    eye.look("closed-while-open")
    page.goto("/today/")
    expect(page.get_by_text("Your clinic has closed your page here.")).to_be_visible()
    expect(page.get_by_role("link", name="020 7946 0958")).to_be_visible()
    eye.look("closed")
    nothing_can_be_read_of(patient, page)
    assert not Session.objects.exists()

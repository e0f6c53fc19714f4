"""A warning sign told on a phone that has no network, or loses it."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

import clock
from patients.models import Day, WarningSign
from patients.schedule import local_date
from patients.services import signs
from tests.factories import PatientFactory
from tests.journeys.people import where_it_is_noon
from tests.journeys.phone import TODAY, Phone
from tests.journeys.stack import wait_until
from tests.patients.scene import running

WAITS = "Saved on this phone. It is not sent yet: call your clinic."
KNOWN = "You told us of a warning sign. There is no network just now"
SENT = "We have sent"
EXERCISES = "[data-exercising], [data-session], .item-card, .figure"
SENDING = "**/offline/sessions/"
QUEUED = """() => new Promise((resolve) => {
  indexedDB.open("homestretch").onsuccess = ({ target }) => {
    const queue = target.result.transaction("queue").objectStore("queue");
    queue.getAll().onsuccess = ({ target }) => resolve(target.result.map((one) => one.kind).sort());
  };
})"""


@pytest.fixture
def day(transactional_db: None) -> Day:
    """Today, of somebody who has just begun with two exercises."""
    now = clock.now()
    patient = PatientFactory(name="Sam Reed", time_zone=where_it_is_noon())
    today = local_date(now, patient.zone)
    return running({}, {}, patient=patient, starts_on=today, now=now).days.get(on=today)


@pytest.fixture
def warning(day: Day) -> str:
    return reverse("today:warning", args=[day.assignment.patient_id])


@pytest.fixture
def session(day: Day) -> str:
    return reverse("today:session", args=[day.pk, day.programme_id])


@pytest.fixture
def to_exercise_by(day: Day, session: str) -> list[str]:
    return [TODAY, reverse("today:item", args=[day.programme.items.first().pk]), session]


def tell(page: Page, warning: str) -> None:
    page.goto(warning)
    page.get_by_role("button", name="Stop and tell my clinic").click()


def shows_the_notice(page: Page, words: str = WAITS) -> None:
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_role("heading", name="Stop: no exercises for now")).to_be_visible()
    expect(page.locator("a[href^='tel:']").first).to_be_visible()
    expect(page.locator(EXERCISES)).to_have_count(0)


def is_told() -> bool:
    return WarningSign.objects.exists()


def test_a_sign_told_without_a_network_hides_every_exercise_and_reaches_the_clinic(
    phone: Phone, warning, to_exercise_by, open_page, day
) -> None:
    phone.keep()
    tabs = [phone.context.new_page() for _each in to_exercise_by]
    for tab, address in zip(tabs, to_exercise_by, strict=True):
        tab.goto(address)
    phone.cut()
    tell(phone.page, warning)
    shows_the_notice(phone.page)
    phone.eye.look("sign-waits")
    for tab in tabs:  # at once
        shows_the_notice(tab)
    for tab in tabs[1:]:
        tab.close()
    for address in [*to_exercise_by, warning]:  # and on every page that is kept
        phone.go(address)
        shows_the_notice(phone.page)
        # Not even for a moment: what the phone kept of it is not opened at all.
        expect(phone.page).to_have_title("Get help now · Homestretch")
    phone.page.reload()
    shows_the_notice(phone.page)
    assert not is_told()
    phone.context.set_offline(False)
    wait_until(is_told, "the sign to be sent", patience=20)
    expect(phone.page.get_by_text(SENT)).to_be_visible()
    patient = day.assignment.patient
    clinician = open_page("clinician", user=patient.clinician)
    clinician.page.goto(reverse("caseload:record", args=[patient.pk]))
    expect(clinician.page.get_by_text("warning sign").first).to_be_visible()
    assert [sign.patient for sign in WarningSign.objects.all()] == [patient]


def test_which_sign_it_is_goes_with_it(phone: Phone, warning) -> None:
    phone.keep().cut().go(warning)
    phone.page.get_by_text("Say which sign it is, if you like").click()
    phone.page.get_by_label("chest pain").check()
    phone.page.get_by_role("button", name="Stop and tell my clinic").click()
    shows_the_notice(phone.page)
    phone.context.set_offline(False)
    wait_until(is_told, "the sign to be sent", patience=20)
    assert WarningSign.objects.get().which == ["chest_pain"]


def test_a_session_that_is_led_ends_and_what_was_done_of_it_is_not_lost(
    phone: Phone, warning, session
) -> None:
    phone.keep()
    led = phone.context.new_page()
    led.goto(session)
    led.get_by_role("button", name="I’m ready").click()
    led.get_by_role("button", name="Skip").click()
    led.get_by_role("button", name="No time").click()
    phone.cut()
    tell(phone.page, warning)
    shows_the_notice(led)
    assert led.evaluate(QUEUED) == ["session", "sign"]


def test_with_a_network_the_clinics_notice_comes_at_once(phone: Phone, warning) -> None:
    phone.keep()
    tell(phone.page, warning)
    expect(phone.page.get_by_text(SENT)).to_be_visible()
    assert WarningSign.objects.count() == 1
    phone.cut()
    for address in (TODAY, warning):
        phone.go(address)
        expect(phone.page.get_by_role("heading", name="Stop: no exercises")).to_be_visible()
        expect(phone.page.locator(EXERCISES)).to_have_count(0)


def test_a_sign_whose_sending_fails_half_way_waits_and_is_sent_again(phone: Phone, warning) -> None:
    phone.keep()
    phone.page.route(SENDING, lambda route: route.abort("connectionreset"))
    tell(phone.page, warning)
    shows_the_notice(phone.page)
    assert not is_told()
    phone.page.unroute(SENDING)
    wait_until(is_told, "the sign to be sent again", patience=30)
    expect(phone.page.get_by_text(SENT)).to_be_visible()


def test_a_sign_told_elsewhere_hides_what_this_phone_keeps_once_it_has_heard_of_it(
    phone: Phone, day, to_exercise_by
) -> None:
    patient = day.assignment.patient
    phone.keep()
    sign = signs.tell(patient, by=patient.user, now=clock.now())
    phone.come_back_to_the_page()
    expect(phone.page.get_by_text(SENT)).to_be_visible()
    phone.cut()
    for address in to_exercise_by:
        phone.go(address)
        expect(phone.page.locator(EXERCISES)).to_have_count(0)
        shows_the_notice(phone.page, KNOWN)
    by = patient.clinician
    signs.check(sign, note="Rang", goes_on=True, by=by, now=clock.now())
    phone.context.set_offline(False)
    phone.come_back_to_the_page()
    expect(phone.page.locator("[data-exercising]")).to_be_visible()
    phone.keep_again().cut().go()
    expect(phone.page.locator("[data-exercising]")).to_be_visible()


def test_where_a_phone_keeps_nothing_a_sign_is_told_as_without_a_script(
    phone: Phone, warning
) -> None:
    phone.context.add_init_script("indexedDB.open = () => { throw new Error('private window'); }")
    tell(phone.page, warning)
    expect(phone.page.get_by_text(SENT)).to_be_visible()
    assert is_told()

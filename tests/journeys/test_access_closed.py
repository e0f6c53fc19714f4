"""A stranger accepted the invitation: the clinic corrects the address, and they are put out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

import clock
from accounts.models import Clinic, Letter, User
from patients.models import ClosedBecause, Patient
from patients.schedule import local_date
from patients.services import access, records
from reminders import tokens
from reminders.models import Reminder
from tests.factories import MembershipFactory
from tests.journeys.look import Eye
from tests.journeys.people import press, signed_in, where_it_is_noon
from tests.patients.scene import running
from tests.reminders.test_silence import reminder_of

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
WRONG, RIGHT = "sam.reed@example.org", "sam.read@example.org"
YEAR = "1984"


@pytest.fixture
def patient(transactional_db: None, live_server, settings) -> Patient:
    """Invited at an address with a slip in it."""
    settings.SITE_URL = live_server.url
    physio, now = MembershipFactory(user__name="Priya Shah"), clock.now()
    patient: Patient = records.add_patient(
        physio.clinic,
        name="Sam Read",
        email=WRONG,
        clinician=physio.user,
        time_zone=where_it_is_noon(),
        by=physio.user,
        now=now,
        invite_now=True,
    ).patient
    running(patient=patient, starts_on=local_date(now, patient.zone), now=now)
    return patient


def invitation_to(address: str) -> str:
    letter = Letter.objects.get(to=address, kind=Letter.Kind.INVITATION)
    [link] = [word for word in letter.text.split() if "/invitations/" in word]
    return link


# A slow phone: the answer that the page is closed comes before what is done has been sealed.
SLOW_TO_SEAL = """() => {
  const { deriveBits } = SubtleCrypto.prototype;
  SubtleCrypto.prototype.deriveBits = async function (...given) {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return deriveBits.apply(this, given);
  };
}"""


def accept(eye: Eye, address: str) -> None:
    eye.page.goto(invitation_to(address))
    press(eye.page, "Open my page")
    press(eye.page, "Skip to my exercises")
    expect(eye.page.get_by_role("button", name="I’ve already done it")).to_be_visible()


def reminded(patient: Patient) -> Reminder:
    now = clock.now()
    day = patient.assignments.get().days.get(on=local_date(now, patient.zone))
    later = now + timedelta(hours=2)
    return reminder_of(day, due_at=now, planned_at=now, handed_at=now, expires_at=later)


def link(reminder: Reminder, name: str, purpose: tokens.Purpose) -> str:
    return reverse(f"reminders:{name}", args=[tokens.make(reminder, purpose=purpose)])


def correct_the_address(eye: Eye, patient: Patient) -> None:
    page = eye.page
    page.goto(reverse("caseload:edit", args=[patient.pk]))
    page.get_by_label("E-mail address (optional)").fill(RIGHT)
    page.get_by_label("Year of birth (optional)").fill(YEAR)
    press(page, "Save")
    expect(page.get_by_text("loses this page when you save").first).to_be_visible()
    eye.look("the-form-asks")
    page.get_by_label("Yes, close their access").check()
    press(page, "Save")
    expect(page.get_by_role("heading", name="Access is closed")).to_be_visible()
    eye.look("access-closed")
    press(page, "Send invitation")


def test_a_stranger_who_accepted_is_put_out_while_signed_in(
    patient: Patient, open_page: Callable[..., Eye]
) -> None:
    stranger = open_page("stranger", viewport=PHONE)
    accept(stranger, WRONG)
    old_link, reminder = invitation_to(WRONG), reminded(patient)
    mailed = open_page("mail", viewport=PHONE)
    mailed.page.goto(link(reminder, "answer", "open"))
    expect(mailed.page.get_by_role("heading", name="Hello Sam")).to_be_visible()

    clinic = open_page("clinic", user=patient.clinician, viewport=DESKTOP)
    correct_the_address(clinic, patient)

    in_the_background = (
        "() => fetch('/today/', {headers: {'HX-Request': 'true'}}).then(r => r.status)"
    )
    assert stranger.page.evaluate(in_the_background) in {401, 403}
    stranger.page.evaluate(SLOW_TO_SEAL)
    press(stranger.page, "I’ve already done it")
    said = stranger.page.locator("[data-not-saved]")
    expect(said).to_contain_text("Your clinic has closed this page")
    expect(stranger.page.get_by_text("so it cannot be sent now")).to_be_visible()
    assert not patient.assignments.get().sessions.exists()
    stranger.page.goto(old_link)
    closed = stranger.page.get_by_role("heading", name="This link no longer works")
    expect(closed).to_be_visible()
    press_closed(mailed, reminder)

    right = open_page("patient", viewport=PHONE)
    right.page.goto(invitation_to(RIGHT))
    right.page.get_by_label("Your year of birth").fill("1985")
    press(right.page, "Open my page")
    expect(right.page.get_by_text("You can try 2 more times.").first).to_be_visible()
    right.look("a-wrong-year")
    right.page.get_by_label("Your year of birth").fill(YEAR)
    press(right.page, "Open my page")
    press(right.page, "Skip to my exercises")
    expect(right.page.get_by_role("button", name="I’ve already done it")).to_be_visible()
    patient.refresh_from_db()
    assert patient.user == User.objects.get(email=RIGHT)


def press_closed(mailed: Eye, reminder: Reminder) -> None:
    """The buttons of a page that was open, and the links of the letter; stop works."""
    press(mailed.page, "I’ve done it")
    expect(mailed.page.get_by_role("heading", name="This link no longer works")).to_be_visible()
    mailed.look("link-closed")
    mailed.page.goto(link(reminder, "from_email", "change"))
    expect(mailed.page.get_by_role("heading", name="This link no longer works")).to_be_visible()
    mailed.page.goto(link(reminder, "unsubscribe", "stop"))
    press(mailed.page, "Stop reminders")
    expect(mailed.page.get_by_role("heading", name="Reminders are off")).to_be_visible()
    expect(mailed.page.get_by_role("main").get_by_text("Sam")).to_have_count(0)


NOTE = "The left knee clicked on the stairs."


def test_what_was_typed_stays_on_the_page_that_the_clinic_closed(
    patient: Patient, open_page: Callable[..., Eye]
) -> None:
    Clinic.objects.update(name="Riverside", telephone="+442079460958")
    eye = open_page("put-out", viewport=PHONE)
    accept(eye, WRONG)
    page = eye.page
    press(page, "I’ve already done it")
    page.get_by_label("A note").fill(NOTE)
    access.close_access(
        Patient.objects.get(pk=patient.pk),
        because=ClosedBecause.OTHER,
        by=patient.clinician,
        now=clock.now(),
    )
    press(page, "Save")
    stays_and_says_whom_to_call(page)
    eye.look("closed-while-typing")

    base = page.url.partition("/today/")[0]
    page.context.add_cookies([signed_in(User.objects.get(email=WRONG), base)])
    tab = page.context.new_page()
    tab.goto(f"{base}/today/")
    expect(tab.get_by_role("heading", name="This page is closed")).to_be_visible()
    page.bring_to_front()
    stays_and_says_whom_to_call(page)
    press(page, "Save")
    stays_and_says_whom_to_call(page)
    tab.close()
    see_the_closed_page(open_page("closed", user=User.objects.get(email=WRONG), viewport=PHONE))


def see_the_closed_page(eye: Eye) -> None:
    page = eye.page
    page.goto(reverse("home"))
    expect(page.get_by_role("link", name="020 7946 0958")).to_be_visible()
    eye.look("page-is-closed")
    page.get_by_role("link", name="Need help or feeling worse?").click()
    expect(page.get_by_role("link", name="Call 999")).to_be_visible()
    eye.look("help-without-a-page")


def stays_and_says_whom_to_call(page: Page) -> None:
    said = page.locator("[data-not-saved]")
    expect(said).to_contain_text("Your clinic has closed this page")
    expect(said.get_by_role("link", name="020 7946 0958")).to_have_attribute(
        "href", "tel:+442079460958"
    )
    expect(said).not_to_contain_text("Sign in")
    expect(page.get_by_label("A note")).to_have_value(NOTE)
    expect(page.get_by_role("heading", name="We could not find that page")).to_have_count(0)

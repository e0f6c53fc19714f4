"""From an empty database to a reminder that arrives and a caseload that knows.

One story, told in order, with everything real: PostgreSQL, Redis, gunicorn, a
Celery worker and beat, an SMTP server, and two people with a browser each.
"""

import re
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.journeys.look import Eye
from tests.journeys.people import press
from tests.journeys.stack import Stack, wait_until

LONDON = ZoneInfo("Europe/London")
LEAD = "helen@clinic.example"
CLINICIAN = "priya@clinic.example"
PATIENT = "sam@home.example"
PASSWORD = "quiet-minutes-count"
DOSE = "Hold for 20 to 30 seconds. Do this 2 or 3 times"  # with each leg, or of one


def seconds_until(on_in_days: int, at: time) -> int:
    """What CLOCK_OFFSET must be for the product to think it is that London time."""
    here = datetime.now(UTC)
    day = (here.astimezone(LONDON) + timedelta(days=on_in_days)).date()
    return round((datetime.combine(day, at, tzinfo=LONDON) - here).total_seconds())


def link_in(text: str) -> str:
    found = re.search(r"https?://\S+", text)
    assert found, text
    return found.group()


def text_of(message) -> str:
    return message.get_body(("plain",)).get_content()


def test_the_whole_job(stack: Stack, open_as) -> None:
    stack.manage("migrate", "-v0")
    stack.manage("load_library")
    stack.up(clock_offset=seconds_until(1, time(10, 0)))
    lead, clinician, patient = open_as("lead"), open_as("clinician"), open_as("patient")

    set_up_the_clinic(lead)
    invite_a_colleague(lead)
    join_the_team(clinician, stack)
    read_the_library(clinician)
    build_a_programme(clinician)
    add_the_patient(clinician)
    assign(clinician)
    accept_the_invitation(patient, stack)
    do_two_sessions(patient)

    stack.up(clock_offset=seconds_until(2, time(8, 30, 20)))
    read_the_reminder(patient, stack)
    change_the_times(patient, stack)
    come_back_on_another_phone(patient, stack)
    see_it_all(clinician)


def set_up_the_clinic(lead: Eye) -> None:
    page = lead.page
    page.goto("/")
    lead.look("first-run")
    page.get_by_label("Name of the clinic").fill("Riverside")
    page.get_by_label("Your name").fill("Helen Marsh")
    page.get_by_label("Your e-mail address").fill(LEAD)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_label("Emergency number").fill("999")
    press(page, "Set up the clinic")
    expect(page.get_by_role("heading", level=1)).to_have_text("Caseload")
    lead.look("empty-caseload")


def invite_a_colleague(lead: Eye) -> None:
    page = lead.page
    page.get_by_role("link", name="Team").click()
    lead.look("team")
    page.get_by_role("link", name="Invite a colleague").click()
    lead.look("invite-a-colleague")
    page.get_by_label("Their name").fill("Priya Shah")
    page.get_by_label("Their e-mail address").fill(CLINICIAN)
    press(page, "Send the invitation")
    expect(page.get_by_text(CLINICIAN).first).to_be_visible()


def join_the_team(clinician: Eye, stack: Stack) -> None:
    page = clinician.page
    [letter] = wait_until(lambda: stack.mailbox.to(CLINICIAN), "the colleague's invitation")
    page.goto(link_in(text_of(letter)))
    clinician.look("join-the-team")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    press(page, "Join the team")
    expect(page.get_by_role("heading", level=1)).to_have_text("Caseload")
    # By the front door, as every next time.
    page.context.clear_cookies()
    page.goto("/")
    clinician.look("sign-in")
    sign_in(page)


def sign_in(page: Page) -> None:
    page.goto("/")
    page.get_by_role("textbox", name="E-mail address").fill(CLINICIAN)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    press(page, "Sign in")
    expect(page.get_by_role("heading", level=1)).to_have_text("Caseload")


def read_the_library(clinician: Eye) -> None:
    page = clinician.page
    page.goto("/exercises/")
    clinician.look("library")
    page.get_by_role("searchbox").fill("hamsting")
    expect(page).to_have_url(re.compile("q=hamsting"))
    page.get_by_role("link", name="Lying hamstring stretch").click()
    expect(page.get_by_text(DOSE).first).to_be_visible()
    expect(page.get_by_text("Not yet reviewed").first).to_be_visible()
    clinician.look("exercise")


def build_a_programme(clinician: Eye) -> None:
    page = clinician.page
    page.goto("/programmes/")
    clinician.look("no-programmes")
    page.get_by_role("link", name="New programme").first.click()
    page.get_by_label("Title").fill("Low back, tight hamstrings")
    press(page, "Choose exercises")
    clinician.look("empty-builder")
    for name in ("Lying hamstring stretch", "Knee-across buttock stretch", "Tummy tightening"):
        page.get_by_label("Find an exercise").fill(name)
        expect(page.locator(".pick").first).to_contain_text(name)
        page.get_by_role("button", name=f"Add {name}").click()
        expect(page.locator(".dose-card").filter(has_text=name)).to_be_visible()
    first = page.locator(".dose-card").first
    first.get_by_label(re.compile("^Side")).select_option("right")
    first.get_by_label(re.compile("Note")).fill("Slowly. Stop at the first stretch.")
    first.get_by_label(re.compile("Note")).blur()
    expect(page.locator(".phone-frame")).to_contain_text("Slowly. Stop at the first stretch.")
    clinician.look("builder")
    page.get_by_role("link", name="Preview").click()
    expect(page.get_by_text(DOSE).first).to_be_visible()
    clinician.look("preview")
    page.go_back()
    press(page, "Publish")
    expect(page.get_by_role("link", name="Assign to a patient")).to_be_visible()
    clinician.look("published-programme")


def add_the_patient(clinician: Eye) -> None:
    page = clinician.page
    page.goto("/patients/new/")
    clinician.look("new-patient")
    page.get_by_role("textbox", name="Name").fill("Sam Reed")
    page.get_by_role("textbox", name="What to call them").fill("Sam")
    page.get_by_role("textbox", name="E-mail address").fill(PATIENT)
    press(page, "Add patient")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sam Reed")
    clinician.look("patient-without-programme")


def assign(clinician: Eye) -> None:
    page = clinician.page
    page.get_by_role("link", name="Use a template").click()
    page.get_by_role("combobox", name="Programme").select_option(label="Low back, tight hamstrings")
    clinician.look("assign")
    press(page, "Assign")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sam Reed")
    page.goto("/patients/")
    expect(page.get_by_text("no data").first).to_be_visible()
    clinician.look("caseload-waiting")


def accept_the_invitation(patient: Eye, stack: Stack) -> None:
    page = patient.page
    [letter] = wait_until(lambda: stack.mailbox.to(PATIENT), "the patient's invitation")
    assert "hamstring" not in letter.as_string().lower()
    page.goto(link_in(text_of(letter)))
    patient.look("invitation")
    press(page, "Open my page")
    page.get_by_role("link", name="Next").click()
    press(page, "Save and go on")
    press(page, "Show my exercises")
    expect(page.get_by_text("0 of 2–3").first).to_be_visible()
    patient.look("today-nothing-done")
    page.get_by_role("link", name=re.compile("Lying hamstring stretch")).first.click()
    expect(page.get_by_text("Slowly. Stop at the first stretch.")).to_be_visible()
    patient.look("exercise")


def do_two_sessions(patient: Eye) -> None:
    page = patient.page
    page.goto("/today/")
    press(page, "I’ve already done it")
    expect(page.get_by_role("heading", level=1)).to_have_text("Session saved")
    patient.look("well-done")
    page.get_by_role("radio", name=re.compile("^4")).check()
    page.get_by_label(re.compile("note", re.IGNORECASE)).fill("A bit stiff this morning.")
    press(page, "Save")
    expect(page.get_by_text("1 of 2–3").first).to_be_visible()
    press(page, "I’ve already done it")
    # Within ten minutes of the last: is this really another one?
    expect(page.get_by_role("heading", level=1)).to_contain_text("Another one")
    patient.look("another-one")
    press(page, "Yes, one more session")
    press(page, "Undo this session")
    expect(page.get_by_text("1 of 2–3").first).to_be_visible()
    press(page, "I’ve already done it")
    press(page, "Yes, one more session")
    expect(page.get_by_role("heading", level=1)).to_have_text("Session saved")
    page.goto("/today/")
    expect(page.get_by_text("Today is complete.")).to_be_visible()
    patient.look("today-complete")
    for name, address in (
        ("progress", "/progress/"),
        ("help", "/help/"),
        ("you", "/settings/you/"),
    ):
        page.goto(address)
        patient.look(name)


def read_the_reminder(patient: Eye, stack: Stack) -> None:
    def reminders() -> list:
        return [m for m in stack.mailbox.to(PATIENT) if m["Subject"] == "Your reminder for today"]

    [letter] = wait_until(reminders, "the next morning's reminder")
    words = text_of(letter)
    assert "Sam" in words
    assert "Reed" not in words
    assert "there are 2 or 3 sessions today" in words
    assert "hamstring" not in letter.as_string().lower()
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    patient.page.goto(link_in(words))
    expect(patient.page.get_by_text("0 of 2–3").first).to_be_visible()


def come_back_on_another_phone(patient: Eye, stack: Stack) -> None:
    """The reminder's button leads to the guided session by a code, without any password."""
    page = patient.page
    page.context.clear_cookies()
    page.goto(link_in(text_of(stack.mailbox.to(PATIENT)[-1])))
    page.get_by_role("link", name="Start now").click()
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("textbox", name="E-mail address").fill(PATIENT)
    press(page, "E-mail me a code")
    patient.look("type-your-code")

    def letters() -> list[EmailMessage]:
        return [m for m in stack.mailbox.to(PATIENT) if m["Subject"] == "Your code to sign in"]

    [letter] = wait_until(letters, "the code")
    [code] = re.findall(r"^(\w{4}-\w{4})\s*$", text_of(letter), re.MULTILINE)
    page.get_by_role("textbox", name="Code").fill(code.lower())
    press(page, "Sign in")
    expect(page).to_have_url(re.compile(r"/today/[\w-]+/session/[\w-]+/"))
    page.goto("/today/")
    expect(page.get_by_text("0 of 2–3").first).to_be_visible()


def see_it_all(clinician: Eye) -> None:
    page = clinician.page
    sign_in(page)  # staff are signed out overnight
    row = page.get_by_role("row", name=re.compile("Sam Reed"))
    expect(row).to_contain_text("2 of 2 sessions")
    expect(row).to_contain_text("100 %")
    clinician.look("caseload")
    page.get_by_role("link", name="Sam Reed").first.click()
    expect(page.get_by_text("A bit stiff this morning.")).to_be_visible()
    clinician.look("patient")


def change_the_times(patient: Eye, stack: Stack) -> None:
    page = patient.page
    letter = stack.mailbox.to(PATIENT)[-1]
    page.goto(re.findall(r"https?://\S+", text_of(letter))[-1])
    patient.look("reminder-times")
    page.get_by_role("radio", name="At my own times").check()
    page.locator("input[type=time]").first.fill("07:15")
    press(page, "Save")
    expect(page.get_by_text("7:15").or_(page.get_by_text("07:15")).first).to_be_visible()
    patient.look("reminder-times-saved")

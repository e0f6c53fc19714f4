"""Wherever patients are told to call the clinic: its number and hours, or what to do instead."""

import re
from pathlib import Path

import pytest
import time_machine
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AddressTrouble
from patients.services import records, signs
from programmes.safety import when_to_get_help
from tests.patients.scene import DAY, NOW, log, running
from tests.pdf import Read

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
COMPONENT = "components/call_clinic.html"
LINK = '<a class="fw-semibold text-nowrap" href="tel:+442079460958">020 7946 0958</a>'
HOURS = "Mon to Fri, 8:30 to 17:00"
INSTEAD = "We do not have the number of Riverside."


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan(cast):
    cast.assignment.delete()
    return running(patient=cast.record)


@pytest.fixture
def clinic(cast):
    cast.clinic.telephone, cast.clinic.opening_hours = "+442079460958", HOURS
    cast.clinic.save()
    return cast.clinic


@pytest.fixture
def phone(cast, as_user):
    return as_user(cast.patient)


def help_page(plan) -> str:
    return reverse("today:help")


def settings_page(plan) -> str:
    return reverse("today:settings")


def an_exercise(plan) -> str:
    return reverse("today:item", args=[plan.programme.items.first().pk])


def after_much_pain(plan) -> str:
    log(plan, pain_after=9)
    return reverse("today:today")


def after_much_pain_twice(plan) -> str:
    log(plan, pain_after=9)
    return after_much_pain(plan)


def today_after_a_sign(plan) -> str:
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    return reverse("today:today")


def whom_to_call_before_a_sign(plan) -> str:
    return reverse("today:warning", args=[plan.patient.pk])


def whom_to_call_after_a_sign(plan) -> str:
    today_after_a_sign(plan)
    return reverse("today:warning", args=[plan.patient.pk])


def a_day_that_is_over(plan) -> str:
    return reverse("today:session_describe", args=[log(plan, now=NOW).pk])


def reminders_do_not_arrive(plan) -> str:
    AddressTrouble.objects.create(
        address=plan.patient.user.email, state="refused", counted_at=NOW, code="550"
    )
    return reverse("reminders:settings")


def why_a_reminder_came(plan) -> str:
    return reverse("today:own_why")


def an_old_invitation(plan) -> str:
    plan.patient.user = None
    plan.patient.save()
    made = records.invite(plan.patient, by=plan.patient.clinician, now=NOW - 8 * DAY)
    [link] = [word for word in made.letter.text.split() if "/invitations/" in word]
    return link.removeprefix("http://testserver")


PLACES = [
    help_page,
    settings_page,
    an_exercise,
    after_much_pain,
    after_much_pain_twice,
    whom_to_call_before_a_sign,
    today_after_a_sign,
    whom_to_call_after_a_sign,
    reminders_do_not_arrive,
    why_a_reminder_came,
]
AFTER_A_SIGN = (whom_to_call_before_a_sign, today_after_a_sign, whom_to_call_after_a_sign)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_number_and_hours_stand_there(plan, clinic, phone, place):
    page = phone.get(place(plan))
    assertContains(page, LINK, html=True)
    assertContains(page, HOURS)
    assertNotContains(page, INSTEAD)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_without_a_number_the_patient_reads_what_to_do(plan, phone, place):
    page = phone.get(place(plan))
    if place in AFTER_A_SIGN:  # nothing waits for a letter or a visit
        assertContains(page, "Do not wait for your clinic. Call")
        assertNotContains(page, INSTEAD)
    else:
        assertContains(page, f"{INSTEAD} Look for it on a letter or card from them")
        assertContains(page, "If it cannot wait, call")
    assertContains(page, 'href="tel:111"')
    assertNotContains(page, "tel:+")


def test_a_day_that_is_over_says_whom_to_call(plan, clinic, phone, clock_hands):
    address = a_day_that_is_over(plan)
    clock_hands.shift(3 * DAY)
    assertContains(phone.get(address), LINK, html=True)


def test_an_invitation_that_ran_out_says_whom_to_call(plan, clinic, client):
    assertContains(client.get(an_old_invitation(plan)), LINK, status_code=410, html=True)


def test_where_there_is_no_advice_line_a_doctor_is_named(cast, plan, phone):
    cast.clinic.advice_number = ""
    cast.clinic.save()
    page = phone.get(help_page(plan))
    assertContains(page, "Call your doctor today if you have any of these")
    assertContains(page, "If it cannot wait, call your doctor.")
    page = phone.get(reverse("today:warning", args=[plan.patient.pk]))
    assertContains(page, "Call your doctor.")
    assertNotContains(page, 'href="tel:"')
    assert "If it cannot wait, call your doctor." in paper(phone)


def test_words_of_a_clinic_are_never_markup(cast, plan, phone):
    cast.clinic.name, cast.clinic.telephone = "<b>Riverside</b>", "+442079460958"
    cast.clinic.opening_hours = "<script>alert(1)</script>"
    cast.clinic.save()
    page = phone.get(help_page(plan))
    assertNotContains(page, "<script>alert")
    assertNotContains(page, "<b>Riverside")


def paper(phone) -> str:
    return Read(phone.get(reverse("today:own_handout")).content).text


def test_paper_has_number_and_hours(plan, clinic, phone):
    read = Read(phone.get(reverse("today:own_handout")).content)
    assert f"For anything else: Call Riverside: 020 7946 0958 {HOURS}" in read.text
    assert read.is_accessible
    assert links_of(read) == {"tel:999", "tel:111", "tel:+442079460958"}


def test_paper_without_a_number_says_what_to_do(plan, phone):
    words = paper(phone)
    assert "We do not have the number of Riverside. Look for it on a letter or card" in words
    assert "If it cannot wait, call 111 or your doctor." in words


def links_of(read: Read) -> set[str]:
    notes = [note.get_object() for page in read.reader.pages for note in page.get("/Annots", [])]
    return {note["/A"]["/URI"] for note in notes if "/A" in note}


@pytest.mark.parametrize("advice", ["111", ""])
@pytest.mark.parametrize("telephone", ["+442079460958", ""])
def test_paper_and_pages_say_the_same_of_the_clinic(cast, telephone, advice):
    cast.clinic.telephone, cast.clinic.advice_number = telephone, advice
    cast.clinic.opening_hours = HOURS
    page = " ".join(strip_tags(render_to_string(COMPONENT, {"clinic": cast.clinic})).split())
    said = " ".join(when_to_get_help(cast.clinic)["else"]["lines"])
    assert page.replace("0958Mon", "0958 Mon") == said


# Where a page names the clinic and cannot know which, or has its numbers already.
ELSEWHERE = {
    "account/account_inactive.html",  # nobody is signed in
    "account/password_reset_done.html",  # nobody is signed in
    "exercises/_ask_first.html",  # stands above the box that has the number
    "patients/_sign_again.html",  # stands below the numbers, on the notice
    "today/_to_keep.html",  # _to_ask.html on the same page has the number
    "today/_tell_sign.html",  # stands below the numbers, on the page of help
    "today/_own_address.html",  # stands below the number, on the page of settings
    "caseload/_warning_sign.html",  # for staff
    "programmes/_keepsake_stop.html",  # the file has the number at its head and at its end
    "403.html",  # for staff
    "reminders/_letter_words.html",  # the record's own page, one press away, has the number
}
TOLD = re.compile(r"\b(call|ring|tell|ask) (your|the) (clinic(?! lead)|physio)", re.IGNORECASE)


@pytest.mark.parametrize(
    "path",
    [p for p in sorted(TEMPLATES.rglob("*.html")) if "emails" not in p.parts],
    ids=lambda path: path.name,
)
def test_no_page_says_call_without_the_number(path):
    text = path.read_text()
    if TOLD.search(text) and str(path.relative_to(TEMPLATES)) not in ELSEWHERE:
        assert COMPONENT in text


def test_links_hold_numbers_only():
    """No template writes a tel: link of its own."""
    for path in TEMPLATES.rglob("*.html"):
        assert 'href="tel:' not in path.read_text(), path

"""An account without an address: what it is spared, and how it comes to one."""

import re

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent, Letter, User
from accounts.services import account_for, create_account_without_address
from caseload import caseload_page
from patients.models import Patient
from patients.services import records
from reminders import services as reminders
from reminders.models import Reminder
from reminders.rules import Reason
from reminders.services import silence_on
from tests.constraints import refused
from tests.factories import MembershipFactory, UserFactory
from tests.patients.code_shown import scanned
from tests.patients.scene import DAY, NOW, TODAY, patient_without_email, running, states
from tests.visible import words_of

pytestmark = pytest.mark.django_db
NEW = "sam@example.org"


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    began = {"starts_on": TODAY - 3 * DAY, "now": NOW - 3 * DAY}
    return running(patient=patient_without_email(name="Sam Reed"), **began)


@pytest.fixture
def patient(plan) -> Patient:
    return plan.patient


@pytest.fixture
def phone(patient) -> Client:
    return scanned(patient)


# --- the account ---


def test_an_address_is_none_or_something():
    user = create_account_without_address(name="Sam Reed")
    refused(lambda: User.objects.filter(pk=user.pk).update(email=""), "user_email_is_as_kept")


def test_there_may_be_many_of_them():
    for _ in range(3):
        create_account_without_address(name="Sam Reed")


def test_nobody_finds_one_by_no_address():
    create_account_without_address(name="")
    assert account_for("") is None
    for nothing in ("", None):
        with pytest.raises(User.DoesNotExist):
            User.objects.get_by_natural_key(nothing)


def test_one_without_a_name_is_someone():
    assert str(create_account_without_address(name="")) == "Someone"


@pytest.mark.parametrize("typed", ["", "None", "none"])
def test_no_code_no_password_and_no_link_reach_it(phone, typed):
    door = Client()
    door.post("/accounts/login/", {"login": typed, "password": "None"})
    door.post("/accounts/login/code/", {"email": typed})
    door.post("/accounts/password/reset/", {"email": typed})
    assert not Letter.objects.exists()
    assert door.get("/today/").status_code == 302


# --- its pages ---


def assert_says_no_none(answer, page: str) -> None:
    """But where the word says how many: "None logged", "None: no e-mail address"."""
    said = " ".join(words_of(answer.content.decode()))
    assert not re.search(r"\bNone\b(?!:| logged| will| came)", said), page


def test_no_page_says_none(patient, phone):
    pages = [reverse(name) for name in (
        "today:today", "today:settings", "today:progress", "today:who_looked", "today:own_why",
        "reminders:settings", "reminders:first_visit", "reminders:first_visit_times",
        "reminders:first_visit_pain", "accounts:settings", "account_set_password",
    )]  # fmt: skip
    for page in pages:
        answer = phone.get(page, follow=True)
        assert answer.status_code == 200, page
        assert_says_no_none(answer, page)


def test_the_settings_say_how_another_phone_gets_in(phone):
    answer = phone.get("/settings/you/")
    words = "This account has no e-mail address. If this phone is lost, your clinic shows a new"
    assertContains(answer, words)
    assertNotContains(answer, "You sign in as")
    assertNotContains(answer, "Set a password")


def test_the_first_visit_and_the_settings_promise_no_reminders(phone):
    Patient.objects.update(welcomed_at=None)
    for name in ("reminders:first_visit_times", "reminders:settings"):
        answer = phone.get(reverse(name))
        assertContains(answer, "No reminders come: there is no e-mail address to write to.")
        assertNotContains(answer, "We write to")


def test_asking_for_another_address_leads_to_the_settings(phone):
    answer = phone.get(reverse("today:ask_address"))
    assertRedirects(answer, "/settings/you/", fetch_redirect_response=False)


def test_a_test_reminder_is_refused_in_words(phone):
    answer = phone.post(reverse("reminders:send_test"), follow=True)
    assertContains(answer, "This account has no e-mail address.")
    assert not Letter.objects.exists()


def test_who_must_show_again_who_they_are_is_told_how(phone, clock_hands):
    phone.get("/today/")
    clock_hands.shift(DAY)
    answer = phone.get("/accounts/confirm/")
    assertContains(answer, "so we cannot send a code", status_code=403)
    assertNotContains(answer, "None", status_code=403)
    sent = phone.post("/accounts/confirm/", {"confirm": "send"})
    assert sent.status_code == 403
    assert not Letter.objects.exists()


# --- reminders and adherence ---


@pytest.mark.parametrize("email", ["", NEW])
def test_no_reminder_is_planned_nor_sent(patient, phone, email, clock_hands):
    Patient.objects.filter(pk=patient.pk).update(email=email)
    assert silence_on(patient, TODAY, now=NOW) == Reason.NO_ADDRESS
    clock_hands.move_to(NOW.replace(hour=17, minute=30))
    reminders.tick(now=NOW.replace(hour=17, minute=30))
    assert not Reminder.objects.exists()
    assert not mail.outbox


def test_days_count_from_the_start_as_before(plan, patient):
    before = states(plan)
    scanned(patient)
    assert before.items() <= states(plan).items()
    assert before[TODAY - 3 * DAY] == "asked"
    [row] = caseload_page.rows_of([patient.pk], now=NOW)
    [row] = caseload_page.read_page([row])
    assert row.adherence.asked > 0


# --- the clinic writes an address ---


def write(patient: Patient, email: str) -> None:
    records.edit_patient(
        patient, name=patient.name, email=email, telephone="", clinician=patient.clinician,
        time_zone=patient.time_zone, year_of_birth=None, by=patient.clinician, now=NOW,
    )  # fmt: skip


def invited(patient: Patient) -> str:
    invitation = records.invite(patient, by=patient.clinician, now=NOW)
    [link] = [word for word in invitation.letter.text.split() if "/invitations/" in word]
    return link.removeprefix("http://testserver")


def test_an_address_that_is_written_puts_nobody_out(patient, phone, as_user):
    physio = as_user(patient.clinician)
    edit = reverse("caseload:edit", args=[patient.pk])
    assertContains(physio.get(edit), "Nobody loses this page by it.")
    write(patient, NEW)
    assert phone.get("/today/").status_code == 200
    patient.refresh_from_db()
    assert (patient.email, patient.user.email) == (NEW, None)


def test_the_address_is_theirs_once_the_mailbox_has_answered(patient, phone, as_user):
    write(patient, NEW)
    owner = patient.user
    record = reverse("caseload:record", args=[patient.pk])
    assertContains(as_user(patient.clinician).get(record), "Nobody loses the page by it.")
    link, computer = invited(patient), Client()
    assertContains(computer.get(link), "Your page is open on a phone already.")
    assertRedirects(computer.post(link), "/today/", fetch_redirect_response=False)
    owner.refresh_from_db()
    patient.refresh_from_db()
    assert (owner.email, patient.user) == (NEW, owner)
    assert phone.get("/today/").status_code == computer.get("/today/").status_code == 200
    assert AuditEvent.objects.filter(action="account_got_address", actor=owner).exists()
    assert silence_on(patient, TODAY, now=NOW) != Reason.NO_ADDRESS


def test_the_phone_itself_may_open_the_link(patient, phone):
    write(patient, NEW)
    phone.post(invited(patient))
    assert User.objects.get(email=NEW) == patient.user


def test_an_address_that_changes_again_leaves_the_page_as_it_is(patient, phone):
    write(patient, NEW)
    link = invited(patient)
    write(patient, "sam.reed@example.org")
    assert Client().post(link).status_code == 410
    write(patient, "")
    assert phone.get("/today/").status_code == 200
    assert User.objects.filter(email=None, patient_records=patient).exists()


def test_an_address_that_has_an_account_takes_the_record_along(patient, phone, as_user):
    """Its owner signs in first, as with every invitation."""
    other = UserFactory(email=NEW)
    write(patient, NEW)
    link = invited(patient)
    assertContains(Client().get(link), "Sign in as s•••@example.org")
    assert Client().post(link).status_code == 200
    assertRedirects(as_user(other).post(link), "/today/", fetch_redirect_response=False)
    patient.refresh_from_db()
    assert patient.user == other
    assert phone.get("/today/").status_code == 302  # its own account opens nothing any more


def test_someone_else_who_is_signed_in_is_told_so(patient, phone, as_user):
    write(patient, NEW)
    other = UserFactory(email="mia@example.org")
    answer = as_user(other).post(invited(patient))
    assertContains(answer, "This invitation was sent to another address")
    assert User.objects.filter(email=None, patient_records=patient).exists()


def test_staff_read_no_none_of_it(patient, phone, as_user):
    lead = as_user(MembershipFactory(clinic=patient.clinic, role="lead").user)
    names = ("record", "edit", "close_access", "invite_again", "note_death", "record_trail", "why")
    for email in ("", NEW):
        Patient.objects.filter(pk=patient.pk).update(email=email)
        for name in names:
            answer = lead.get(reverse(f"caseload:{name}", args=[patient.pk]))
            assert answer.status_code == 200, name
            assert_says_no_none(answer, name)

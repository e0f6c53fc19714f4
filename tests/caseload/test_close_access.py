"""Access is taken back: from the account, its devices, its invitations, its letters."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent, Letter
from accounts.services import account_for
from caseload import caseload_page
from caseload.words import record as say
from outbox import delivery
from patients.models import ClosedBecause, Patient
from patients.services import access, records
from tests.factories import MembershipFactory, PatientFactory
from tests.patients.scene import (
    DAY,
    HOUR,
    NOW,
    TODAY,
    log,
    patient_without_email,
    running,
    states,
    waiting_patient,
)

pytestmark = pytest.mark.django_db
LOST = ClosedBecause.LOST_PHONE


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running(patient=PatientFactory(name="Sam Reed"))


@pytest.fixture
def patient(plan) -> Patient:
    return plan.patient


@pytest.fixture
def phone(patient) -> Client:
    client = Client()
    client.force_login(patient.user)
    return client


@pytest.fixture
def physio(patient, as_user) -> Client:
    return as_user(patient.clinician)


def page(name: str, patient: Patient) -> str:
    return reverse(f"caseload:{name}", args=[patient.pk])


def close(patient: Patient, because=LOST, *, now=NOW) -> None:
    access.close_access(patient, because=because, by=patient.clinician, now=now)


def link_in(letter: Letter) -> str:
    [link] = [word for word in letter.text.split() if "/invitations/" in word]
    return link.removeprefix("http://testserver")


def row_of(patient: Patient):
    [row] = caseload_page.rows_of([patient.pk], now=NOW)
    return row


# --- the account ---


def test_the_account_is_unlinked_and_signed_out_at_once(patient, phone):
    assert phone.get("/today/").status_code == 200
    close(patient)
    patient.refresh_from_db()
    assert patient.user is None
    assert (patient.links_valid_from, patient.access_closed_at) == (NOW, NOW)
    assertRedirects(phone.get("/today/"), "/accounts/login/?next=/today/")


def test_a_background_request_of_an_open_page_is_refused_too(patient, phone):
    phone.get("/today/")
    close(patient)
    answer = phone.get("/today/", headers={"HX-Request": "true"})
    assert answer.status_code in {401, 403}


def test_who_has_another_record_stays_signed_in_and_sees_that_one_only(plan, patient, phone):
    other = running(patient=PatientFactory(user=patient.user, name="Mia Reed")).patient
    phone.post("/today/choose/", {"record": patient.pk})
    close(patient, ClosedBecause.OTHER)
    item = plan.programme.items.get()
    for address in (
        reverse("today:item", args=[item.pk]),
        reverse("today:warning", args=[patient.pk]),
    ):
        assert phone.get(address).status_code in {302, 404}
    day = plan.days.get(on=TODAY)
    assert phone.post(reverse("today:session_log", args=[day.pk])).status_code == 404
    assertRedirects(phone.get("/today/"), "/today/choose/")
    assertNotContains(phone.get("/today/choose/"), str(patient.pk))
    phone.post("/today/choose/", {"record": other.pk})
    assertContains(phone.get("/today/"), "Mia")


def test_what_a_page_of_it_sends_is_not_taken_for_the_other_record(patient, phone):
    other = PatientFactory(user=patient.user)
    phone.post("/today/choose/", {"record": patient.pk})
    close(patient, ClosedBecause.OTHER)
    for _press in range(2):
        answer = phone.post("/settings/you/", {"time_zone": "Asia/Tokyo"})
        assert answer.status_code == 404
    other.refresh_from_db()
    assert other.time_zone == "Europe/London"


def test_the_only_record_that_was_open_is_remembered(patient, phone):
    """Another one is added to the account elsewhere while the page is open."""
    phone.get("/settings/you/")
    other = PatientFactory(user=patient.user)
    close(patient, ClosedBecause.OTHER)
    answer = phone.post("/settings/you/", {"time_zone": "Asia/Tokyo"})
    other.refresh_from_db()
    assert (answer.status_code, other.time_zone) == (404, "Europe/London")


@pytest.mark.parametrize("works", [True, False])
def test_whoever_works_in_a_clinic_stays_signed_in(patient, phone, works):
    if works:
        MembershipFactory(user=patient.user)
    close(patient, ClosedBecause.OTHER)
    assert (phone.get("/").url == "/patients/") == works


def test_closing_twice_changes_nothing(patient):
    close(patient)
    close(patient, ClosedBecause.OTHER, now=NOW + HOUR)
    patient.refresh_from_db()
    assert (patient.access_closed_at, patient.access_closed_because) == (NOW, LOST)
    assert AuditEvent.objects.filter(action="access_closed", patient_id=patient.pk).count() == 1


def test_nothing_to_close():
    with pytest.raises(access.NotPossible):
        close(patient_without_email())


# --- invitations and letters ---


def test_an_open_invitation_is_closed_and_its_letter_does_not_leave(client, smtp_server):
    waiting = waiting_patient()
    letter = records.invite(waiting, by=waiting.clinician, now=NOW).letter
    close(waiting)
    waiting.refresh_from_db()
    assert not waiting.is_closed, "nobody had access: there is no reason to keep"
    assert client.post(link_in(letter)).status_code == 410
    delivery.deliver(Letter.objects.all(), write=Letter.as_email, clock=lambda: NOW)
    assert not smtp_server.messages
    letter.refresh_from_db()
    assert (letter.state, letter.text) == ("expired", "")


def test_the_link_that_was_used_no_longer_says_that_the_page_is_there(client):
    waiting = waiting_patient()
    invitation = records.invite(waiting, by=waiting.clinician, now=NOW)
    link = link_in(invitation.letter)
    records.accept(invitation, now=NOW)
    assertContains(client.get(link), "Your page is there", status_code=410)
    waiting.refresh_from_db()
    close(waiting, now=NOW + HOUR)
    answer = client.get(link)
    assertContains(answer, "This link no longer works", status_code=410)
    assertNotContains(answer, "Your page is there", status_code=410)


@pytest.mark.parametrize("taken", [False, True], ids=["waiting", "in a worker's hands"])
def test_a_letter_to_an_address_that_was_corrected_does_not_leave(taken):
    waiting = waiting_patient()
    records.invite(waiting, by=waiting.clinician, now=NOW)
    claimed = Letter.objects.claim(1, now=NOW) if taken else []
    edit(waiting, email="right@example.org")
    for letter in claimed or Letter.objects.claim(1, now=NOW + HOUR):
        assert not Letter.objects.hand_over([letter], now=NOW)


# --- another address, or none ---


def edit(patient: Patient, **changes) -> None:
    names = ("name", "email", "telephone", "year_of_birth", "clinician", "time_zone")
    said = {name: getattr(patient, name) for name in names}
    records.edit_patient(patient, **said | changes, by=patient.clinician, now=NOW)


@pytest.mark.parametrize("address", ["right@example.org", ""])
def test_another_address_or_none_puts_the_account_out(patient, phone, address):
    edit(patient, email=address)
    assert patient.user is None
    assert patient.access_closed_because == ClosedBecause.NEW_ADDRESS
    assertRedirects(phone.get("/today/"), "/accounts/login/?next=/today/")


def test_the_same_address_or_another_name_puts_nobody_out(patient, phone):
    edit(patient, name="Samuel Reed", email=patient.email.upper())
    assert phone.get("/today/").status_code == 200
    assert patient.links_valid_from is None


def test_the_form_asks_before_somebody_loses_the_page(patient, physio):
    typed = {
        "name": patient.name,
        "email": "right@example.org",
        "clinician": patient.clinician.pk,
        "time_zone": patient.time_zone,
    }
    answer = physio.post(page("edit", patient), typed)
    assertContains(answer, "loses this page when you save", status_code=422)
    assertContains(answer, "right@example.org", status_code=422)
    assertContains(answer, "you can send an invitation to the new address", status_code=422)
    assertContains(answer, "tick <a", status_code=422)
    assertNotContains(answer, "Please put this right", status_code=422)
    assert answer.content.decode().count("loses this page") == 1
    assertNotContains(
        physio.post(page("edit", patient), typed | {"email": ""}), "new address.", status_code=422
    )
    patient.refresh_from_db()
    assert patient.user is not None
    assertRedirects(
        physio.post(page("edit", patient), typed | {"close_access": "on"}), page("record", patient)
    )
    patient.refresh_from_db()
    assert (patient.user, patient.email) == (None, "right@example.org")


# --- the days and the caseload ---


def test_nothing_is_asked_of_somebody_who_cannot_tick_from_today_on(plan, patient):
    close(patient)
    assert set(states(plan).values()) == {"not_started"}


def test_days_that_have_passed_and_a_day_that_is_done_stay_as_they_are(plan, patient):
    later = NOW + 3 * DAY
    for _session in range(2):
        log(plan, on=TODAY + 3 * DAY, now=later)
    with time_machine.travel(later, tick=False):
        close(patient, now=later)
    days = list(states(plan).values())
    assert set(days[:4]) == {"asked"}
    assert set(days[4:]) == {"not_started"}


def test_the_right_person_goes_on_from_today(plan, patient):
    log(plan)
    close(patient)
    invitation = records.invite(patient, by=patient.clinician, now=NOW)
    owner = records.accept(invitation, now=NOW, user=account_for(invitation.address))
    patient.refresh_from_db()
    assert (patient.user, patient.is_closed) == (owner, False)
    assert set(states(plan).values()) == {"asked"}
    assert plan.sessions.count() == 1


def test_the_caseload_says_who_closed_it_and_asks_for_nothing(patient):
    close(patient)
    row = row_of(patient)
    who = patient.clinician
    assert [say.status(status) for status in row.statuses] == [f"Access closed Mon 4 May by {who}"]
    assert row.group == caseload_page.Group.CLOSED
    assert not row.concerns


def test_once_invited_again_it_waits_like_anybody(patient):
    close(patient)
    records.invite(patient, by=patient.clinician, now=NOW)
    row = row_of(patient)
    assert [say.status(status) for status in row.statuses] == ["Invited Mon 4 May"]


# --- the pages of the clinic ---


def test_closing_asks_first_and_says_what_happens(patient, physio):
    asks = physio.get(page("close_access", patient))
    assertContains(asks, f"{patient.user.email} can no longer open this page")
    assertContains(asks, "What goes on")
    assertContains(physio.get(page("record", patient)), page("close_access", patient))
    patient.refresh_from_db()
    assert patient.user is not None, "looking changes nothing"
    answer = physio.post(page("close_access", patient), {"because": "lost_phone"}, follow=True)
    assertContains(answer, "Access is closed.")
    assertContains(answer, f"Closed on Mon 4 May by {patient.clinician}. A phone was lost.")
    assertContains(answer, "Send invitation")
    assertRedirects(physio.get(page("close_access", patient)), page("record", patient))


@pytest.mark.parametrize("said", [{}, {"because": "invited_again"}, {"because": "\x00"}])
def test_a_reason_is_chosen_from_those_offered(patient, physio, said):
    answer = physio.post(page("close_access", patient), said)
    assert answer.status_code == 422
    assert "because" in answer.context["form"].errors
    patient.refresh_from_db()
    assert patient.user is not None


def test_after_a_death_the_end_of_the_programme_is_offered_not_forced(plan, patient, physio):
    answer = physio.post(page("close_access", patient), {"because": "died"}, follow=True)
    assertContains(answer, "You can end it when you are ready to.")
    assertContains(answer, page("end", patient))
    plan.refresh_from_db()
    assert plan.ended_on is None


def test_inviting_again_says_who_loses_the_page_and_then_acts(patient, physio, phone, client):
    assertContains(
        physio.get(page("invite_again", patient)), f"{patient.user.email} has accepted already."
    )
    assert phone.get("/today/").status_code == 200
    physio.post(page("invite_again", patient))
    assert phone.get("/today/").status_code == 302
    [letter] = Letter.objects.all()
    assert letter.to == patient.email
    assertContains(client.get(link_in(letter)), "Hello Sam")


def test_closing_is_audited_about_the_patient_and_logged_without_them(patient, caplog):
    caplog.set_level("INFO")
    close(patient)
    event = AuditEvent.objects.get(action="access_closed")
    assert (event.actor, event.patient_id) == (patient.clinician, patient.pk)
    [line] = [record for record in caplog.records if record.name == "access"]
    assert line.event == "access_closed"
    for private in (patient.name, patient.email, str(patient.pk)):
        assert private not in str(line.__dict__)

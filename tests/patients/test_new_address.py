"""A patient asks for another address: the clinic confirms, the mailbox answers, the account stays."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent, Letter, User
from caseload import caseload_page
from caseload.words import record as say
from patients.models import AddressChange, ClosedBecause, Patient
from patients.services import access, addresses
from tests.factories import MembershipFactory, PatientFactory, UserFactory
from tests.patients.forms_sent import page
from tests.patients.scene import DAY, NOW

pytestmark = pytest.mark.django_db
NEW, OLD = "sam@example.net", "sam@example.org"
ASK, SETTINGS = reverse("today:ask_address"), reverse("today:settings")
End = AddressChange.End
GONE = "This wish has been answered already, or was taken back."


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def patient() -> Patient:
    return PatientFactory(name="Sam Reed", user__email=OLD)


@pytest.fixture
def phone(as_user, patient) -> Client:
    return as_user(patient.user)


@pytest.fixture
def physio(as_user, patient) -> Client:
    return as_user(patient.clinician)


@pytest.fixture
def asked(patient) -> AddressChange:
    addresses.ask(patient.user, address=NEW, now=NOW)
    return AddressChange.objects.get(patient=patient)


@pytest.fixture
def link(asked) -> str:
    addresses.confirm(asked, by=asked.patient.clinician, now=NOW)
    return link_to(NEW)


def test_the_link_works_for_a_mail_programs_browser_that_keeps_no_cookie(link, patient):
    pressed = Client(enforce_csrf_checks=True)
    assert not pressed.get(link).cookies
    assert pressed.post(link, headers={"origin": "null"}).status_code == 200
    patient.user.refresh_from_db()
    assert patient.user.email == NEW


def wish(verb: str, patient: Patient) -> str:
    """The button for the wish that was made last."""
    change = patient.address_changes.latest("asked_at")
    return reverse(f"caseload:{verb}_address", args=[patient.pk, change.pk])


def link_to(address: str) -> str:
    letter = Letter.objects.get(to=address)
    [link] = [word for word in letter.text.split() if "/addresses/" in word]
    return link.removeprefix("http://testserver")


def has_moved(patient: Patient) -> bool:
    patient.refresh_from_db()
    user = User.objects.get(pk=patient.user_id)
    assert user.email == patient.email
    return user.email == NEW


# --- asking ---


def test_the_patient_asks_and_the_clinic_sees_it(patient, phone, physio):
    assertContains(phone.get(SETTINGS), ASK)
    assertRedirects(phone.post(ASK, {"address": " Sam@Example.net "}), SETTINGS)
    assertContains(phone.get(SETTINGS), f"You asked to change it to {NEW}.")
    assertContains(physio.get(page("record", patient)), f"asks to change from {OLD} to {NEW}")
    [row] = caseload_page.rows_of([patient.pk], now=NOW)
    assert "Asks for another address" in [say.status(status) for status in row.statuses]
    assert not Letter.objects.exists()
    assert not has_moved(patient)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "Write the new address."),
        ("sam", "Write the address like name@example.org."),
        (OLD, "You sign in with this address already."),
        ("x" * 300 + "@example.org", "letters at most"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(phone, said, why):
    answer = phone.post(ASK, {"address": said})
    assertContains(answer, why, status_code=422)
    assertContains(answer, f'value="{said}"' if said else "<form", status_code=422)
    assert not AddressChange.objects.exists()


def test_who_works_in_a_clinic_keeps_the_address(patient, phone):
    MembershipFactory(user=patient.user)
    assertContains(phone.post(ASK, {"address": NEW}), "its address stays", status_code=422)


def test_asking_again_takes_the_place_of_the_first_wish(patient, asked, phone):
    phone.post(ASK, {"address": "other@example.net"})
    assert patient.address_changes.open().get().address == "other@example.net"
    asked.refresh_from_db()
    assert asked.end == End.TAKEN_BACK


# --- the clinic ---


def test_confirming_writes_to_both_addresses(asked, physio, patient):
    answer = physio.post(wish("confirm", patient), follow=True)
    assertContains(answer, f"A link is on its way to {NEW}.")
    assert set(Letter.objects.values_list("to", flat=True)) == {OLD, NEW}
    notice = Letter.objects.get(to=OLD)
    assert NEW not in notice.text + notice.html
    for letter in Letter.objects.all():
        assert letter.sender == patient.clinic.mail_name
        assert letter.sender in letter.text
        assert "Reed" not in letter.text + letter.html
    assert not has_moved(patient)


def test_declining_leaves_the_address_and_says_so(asked, physio, phone, patient):
    answer = physio.post(wish("decline", patient), follow=True)
    assertContains(answer, "Declined. The address stays as it is.")
    assertContains(phone.get(SETTINGS), "Your clinic did not change it.")
    assert not Letter.objects.exists()
    assertContains(physio.post(wish("confirm", patient), follow=True), GONE)


def test_another_address_than_the_one_that_was_read_is_not_confirmed(
    asked, phone, physio, patient, clock_hands
):
    button = wish("confirm", patient)
    clock_hands.shift(timedelta(minutes=1))
    phone.post(ASK, {"address": "other@example.net"})
    assertContains(physio.post(button, follow=True), GONE)
    assert not Letter.objects.exists()
    assert AddressChange.objects.to_confirm().get().address == "other@example.net"


def test_nobody_learns_who_has_an_account(phone, physio, patient, client, clock_hands):
    """Neither the patient nor the clinic; whoever has the mailbox is told that it cannot be."""
    taken = UserFactory(email="taken@example.org")
    for address in (NEW, taken.email):
        clock_hands.shift(timedelta(minutes=1))
        assertRedirects(phone.post(ASK, {"address": address}), SETTINGS)
    physio.post(wish("confirm", patient))
    assert client.post(link_to(taken.email), follow=True).status_code == 410
    assert not has_moved(patient)
    assert User.objects.filter(email=taken.email).count() == 1


def test_so_many_wishes_a_day_and_no_more(phone, clock_hands):
    for n in range(5):
        assert phone.post(ASK, {"address": f"sam{n}@example.net"}).status_code == 302
        clock_hands.shift(timedelta(minutes=1))
    answer = phone.post(ASK, {"address": "sam6@example.net"})
    assertContains(answer, "Try again in 23 hours and 55 minutes.", status_code=422)
    assert AddressChange.objects.open().get().address == "sam4@example.net"


def test_the_patient_takes_it_back(link, phone, client, patient):
    phone.post(reverse("today:keep_address"))
    assert client.post(link).status_code == 410
    assert not has_moved(patient)
    assertContains(phone.get(SETTINGS), ASK)


def test_the_clinic_takes_its_confirmation_back(link, physio, phone, client, patient):
    record = physio.get(page("record", patient))
    assertContains(record, page("take_confirmation_back", patient))
    assertContains(record, "The link works until Mon 11 May")
    answer = physio.post(page("take_confirmation_back", patient), follow=True)
    assertContains(answer, f"The link to {NEW} no longer works, and the address stays.")
    assert client.post(link).status_code == 410
    assert not has_moved(patient)
    assertContains(phone.get(SETTINGS), "Your clinic did not change it.")
    letter = Letter.objects.get(to=NEW)
    assert not Letter.objects.hand_over([letter], now=NOW), "nor does the letter leave"
    event = AuditEvent.objects.get(action="address_confirmation_taken_back")
    assert (event.actor, event.patient_id) == (patient.clinician, patient.pk)


def test_too_late_to_take_it_back_is_said(link, physio, client, patient):
    client.post(link)
    answer = physio.post(page("take_confirmation_back", patient), follow=True)
    assertContains(answer, "The address has changed, or nobody wants it any more.")
    assert has_moved(patient)


def test_the_caseload_says_that_it_waits_for_the_new_address(link, patient):
    [row] = caseload_page.rows_of([patient.pk], now=NOW)
    assert "New address confirmed, not used yet" in [say.status(status) for status in row.statuses]


def test_a_link_that_ran_out_is_said_on_both_sides(link, as_user, patient, clock_hands):
    clock_hands.shift(7 * DAY)
    record = as_user(patient.clinician).get(page("record", patient))
    assertContains(record, "has run out, so the address stays")
    settings = as_user(patient.user).get(SETTINGS)
    assertContains(settings, f"The link that we sent to {NEW} works no longer.")
    assertContains(settings, ASK)


# --- the new address answers ---


def test_the_link_changes_the_address_once_and_signs_nobody_in(link, client, phone, patient):
    assertContains(client.get(link), f"If you press the button, we write to {NEW} from then on.")
    assert not has_moved(patient), "looking changes nothing"
    assertContains(client.post(link), "Your address has changed")
    assert has_moved(patient)
    assert patient.user is not None
    assert client.get("/today/").status_code == 302, "nobody is signed in by it"
    assertContains(phone.get(SETTINGS), NEW)
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 410


def test_links_mailed_to_the_former_address_are_closed(link, client, patient):
    client.post(link)
    patient.refresh_from_db()
    assert patient.links_valid_from == NOW


def test_the_link_ends_after_seven_days(link, client, patient, clock_hands):
    clock_hands.shift(7 * DAY)
    assertContains(client.post(link), "This link no longer works", status_code=410)
    assert not has_moved(patient)


@pytest.mark.parametrize("token", ["x", "None", "0" * 43])
def test_a_link_that_is_not_ours(client, asked, token):
    assert client.get(reverse("today:new_address", args=[token])).status_code == 404


def test_an_account_made_meanwhile_keeps_its_address(link, client, patient):
    taken = UserFactory(email=NEW)
    assert client.post(link, follow=True).status_code == 410
    assert not has_moved(patient)
    taken.refresh_from_db()
    assert taken.email == NEW


def test_an_account_that_lost_its_page_is_not_moved(link, client, patient):
    user = patient.user
    access.close_access(patient, because=ClosedBecause.WRONG_PERSON, by=patient.clinician, now=NOW)
    assert client.post(link).status_code == 410
    user.refresh_from_db()
    assert user.email == OLD


# --- two clinics ---


@pytest.fixture
def elsewhere(patient) -> Patient:
    """The same account's record in another clinic."""
    return PatientFactory(user=patient.user, name="Sam Reed")


def test_every_clinic_confirms_before_the_link_goes_out(
    elsewhere, asked, patient, physio, client, as_user
):
    answer = physio.post(wish("confirm", patient), follow=True)
    assertContains(answer, "Confirmed here. A link goes to")
    assertContains(answer, "once their other clinic agrees, too")
    assert not Letter.objects.exists()
    as_user(elsewhere.clinician).post(wish("confirm", elsewhere))
    client.post(link_to(NEW))
    assert has_moved(patient)
    assert has_moved(elsewhere)


def test_one_clinic_that_declines_is_enough(elsewhere, asked, patient, physio):
    other = elsewhere.address_changes.get()
    addresses.decline(other, by=elsewhere.clinician, now=NOW)
    answer = physio.post(wish("confirm", patient), follow=True)
    assertContains(answer, GONE)
    assert not AddressChange.objects.open().exists()


def test_a_clinic_that_came_later_has_not_agreed(link, client, patient):
    PatientFactory(user=patient.user, email=OLD)
    assert client.post(link, follow=True).status_code == 410
    assert not has_moved(patient)


def test_another_clinic_cannot_confirm(asked, patient, as_user):
    stranger = as_user(MembershipFactory().user)
    assert stranger.post(wish("confirm", patient)).status_code == 404


def test_each_step_is_audited_about_the_patient(link, client, patient):
    client.post(link)
    events = AuditEvent.objects.filter(patient_id=patient.pk, action__startswith="address")
    assert set(events.values_list("action", "actor")) == {
        ("address_change_asked", patient.user_id),
        ("address_change_confirmed", patient.clinician_id),
        ("address_changed", None),
    }


def test_the_settings_page_has_one_number_of_queries(patient, phone, django_assert_max_num_queries):
    phone.get(SETTINGS)
    for number in range(3):
        addresses.ask(patient.user, address=f"new{number}@example.net", now=NOW + timedelta(number))
    with django_assert_max_num_queries(9):
        assertNotContains(phone.get(SETTINGS), "new0@")

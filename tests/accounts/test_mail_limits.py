"""Nobody makes a mailer of us: letters are counted for sender, address and clinic, by the day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from inspect import Parameter, signature

import pytest
import time_machine
from django.urls import reverse

import clock
from accounts import letters, limits, mail_limits, services
from accounts.mail_limits import TooManyLetters, mailbox_of
from accounts.models import Letter, Membership, TeamInvitation
from patients.models import Invitation, Patient
from patients.services import notices, records
from tests.at_once import all_at_once
from tests.factories import PASSWORD, ClinicFactory, MembershipFactory, PatientFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at_most(monkeypatch, name: str, number: int) -> None:
    monkeypatch.setattr(limits, name, replace(getattr(limits, name), number=number))


@pytest.fixture
def lead():
    return MembershipFactory(role=Membership.Role.LEAD, clinic__name="Riverside").user


def clinic_of(member):
    return member.memberships.get().clinic


def invite_colleague(lead, n: int, now=NOW):
    return services.invite_to_team(
        clinic_of(lead),
        address=f"nia{n}@example.org",
        name="Nia",
        role="clinician",
        by=lead,
        now=now,
    )


def waiting(clinic, email: str, **fields) -> Patient:
    return PatientFactory(clinic=clinic, user=None, email=email, **fields)


def test_a_sender_of_many_invitations_is_stopped_for_the_day(lead, monkeypatch):
    at_most(monkeypatch, "INVITATIONS_SENT", 3)
    for n in range(3):
        invite_colleague(lead, n, now=NOW + n * HOUR)
    with pytest.raises(TooManyLetters, match="You can send the next in 22 hours"):
        invite_colleague(lead, 3, now=NOW + 2 * HOUR)
    assert Letter.objects.count() == TeamInvitation.objects.count() == 3
    invite_colleague(lead, 3, now=NOW + DAY)


def test_invitations_of_patients_and_of_colleagues_count_together(lead, monkeypatch):
    at_most(monkeypatch, "INVITATIONS_SENT", 2)
    invite_colleague(lead, 0)
    records.invite(waiting(clinic_of(lead), "a@example.org"), by=lead, now=NOW)
    with pytest.raises(TooManyLetters):
        records.invite(waiting(clinic_of(lead), "b@example.org"), by=lead, now=NOW)


def test_all_senders_of_a_clinic_together_are_stopped_another_clinic_is_not(lead, monkeypatch):
    at_most(monkeypatch, "INVITATIONS_OF_CLINIC", 2)
    clinic = clinic_of(lead)
    for n in range(3):
        by = MembershipFactory(clinic=clinic).user
        patient = waiting(clinic, f"sam{n}@example.org")
        if n < 2:
            records.invite(patient, by=by, now=NOW)
        else:
            with pytest.raises(TooManyLetters, match="Your clinic has sent 2 invitations"):
                records.invite(patient, by=by, now=NOW)
    elsewhere = waiting(ClinicFactory(), "tom@example.org")
    records.invite(elsewhere, by=elsewhere.clinician, now=NOW)


def test_five_invitations_a_day_to_an_address_however_spelled_and_from_all_clinics():
    spelled = ["sam.reed@gmail.com", "samreed+1@gmail.com", "s.a.m.reed+x@googlemail.com"]
    for n in range(5):
        patient = waiting(ClinicFactory(), spelled[n % 3])
        records.invite(patient, by=patient.clinician, now=NOW)
    patient = waiting(ClinicFactory(), "samreed@gmail.com")
    with pytest.raises(TooManyLetters, match="5 invitations a day at most") as refusal:
        records.invite(patient, by=patient.clinician, now=NOW + HOUR)
    assert "samreed@gmail.com again in 23 hours" in str(refusal.value)
    assert Letter.objects.count() == 5
    records.invite(patient, by=patient.clinician, now=NOW + DAY)


@pytest.mark.parametrize(
    ("typed", "one"),
    [
        (" Sam@Example.org ", "sam@example.org"),
        ("sam+1@MÜLLER.example", "sam@xn--mller-kva.example"),
        ("sam+news@example.org", "sam@example.org"),
        ("s.am@example.org", "s.am@example.org"),
        ("+sam@example.org", "+sam@example.org"),
        ("s.am+x@googlemail.com", "sam@gmail.com"),
    ],
)
def test_one_spelling_for_one_mailbox(typed, one):
    assert mailbox_of(typed) == one


def test_what_is_refused_is_not_counted_and_leaves_the_earlier_link(lead, monkeypatch):
    at_most(monkeypatch, "INVITATIONS_TO", 1)
    at_most(monkeypatch, "INVITATIONS_SENT", 2)
    first = invite_colleague(lead, 0)
    for _ in range(3):
        with pytest.raises(TooManyLetters):
            invite_colleague(lead, 0)
    first.refresh_from_db()
    assert first.is_open_at(NOW)
    invite_colleague(lead, 1)  # the sender's second


def test_the_form_says_so_beside_the_address_and_keeps_what_was_typed(as_user, lead, monkeypatch):
    at_most(monkeypatch, "INVITATIONS_SENT", 1)
    invite_colleague(lead, 0, now=clock.now())
    path = reverse("accounts:invite_colleague", args=[clinic_of(lead).pk])
    typed = {"name": "Nia Price", "address": "nia@example.org", "role": "clinician"}
    page = as_user(lead).post(path, typed)
    assert page.status_code == 422
    assert "You can send the next in" in str(page.context["form"].errors["address"])
    assert 'value="Nia Price"' in page.content.decode()


def test_sending_again_says_so_on_the_team_page_and_on_the_record(as_user, lead, monkeypatch):
    invitation = invite_colleague(lead, 0)
    patient = waiting(clinic_of(lead), "sam@example.org", clinician=lead)
    at_most(monkeypatch, "INVITATIONS_SENT", 1)
    client = as_user(lead)
    with time_machine.travel(NOW, tick=False):
        client = as_user(lead)
        for path in (
            reverse("accounts:resend_invitation", args=[invitation.pk]),
            reverse("caseload:invite", args=[patient.pk]),
        ):
            page = client.post(path, follow=True)
            assert "You can send the next in 24 hours." in page.content.decode()
    assert Letter.objects.count() == 1


def test_a_new_patient_whose_invitation_is_refused_is_added_all_the_same(
    as_user, lead, monkeypatch
):
    at_most(monkeypatch, "INVITATIONS_SENT", 1)
    invite_colleague(lead, 0, now=clock.now())
    data = {
        "name": "Lena Wolf",
        "email": "lena@example.org",
        "invite_now": "on",
        "clinician": lead.pk,
        "time_zone": "Europe/Berlin",
        "client_id": "0f8fad5b-d9cb-469f-a165-70867728950e",
    }
    page = as_user(lead).post(reverse("caseload:create"), data, follow=True)
    assert Patient.objects.get().name == "Lena Wolf"
    assert not Invitation.objects.exists()
    assert Letter.objects.count() == 1
    assert "Lena Wolf is added, but not invited." in page.content.decode()
    assert "You can send the next in" in page.content.decode()
    assert "Send invitation" in page.content.decode()


def test_ten_test_reminders_a_day(as_user, lead):
    with time_machine.travel(NOW, tick=False) as now:
        client = as_user(lead)
        for n in range(10):
            client.post(reverse("reminders:send_example"))
            now.shift(20 * timedelta(minutes=1))
            client = as_user(lead)
            assert Letter.objects.count() == n + 1
        page = client.post(reverse("reminders:send_example"), follow=True)
        assert "You can have another in 20 hours and 40 minutes." in page.content.decode()
    assert Letter.objects.count() == 10


def test_notices_of_one_person_are_limited_not_those_of_another_nor_of_a_warning_sign(monkeypatch):
    at_most(monkeypatch, "NOTICES", 2)
    patient = PatientFactory()
    for _ in range(4):
        notices.to_responsible(patient, now=NOW, by=patient.user)
    assert Letter.objects.count() == 2
    other = PatientFactory(clinic=patient.clinic, clinician=patient.clinician)
    assert notices.to_responsible(other, now=NOW, by=other.user)
    assert notices.to_responsible(patient, now=NOW, by=None)
    assert Letter.objects.count() == 4


def test_a_password_is_changed_even_when_its_notice_is_one_too_many(as_user, monkeypatch):
    at_most(monkeypatch, "NOTICES", 1)
    user, old = UserFactory(), PASSWORD
    client = as_user(user)
    for new in ("fjord lantern mustard quilt", "amber otter kettle noon"):
        data = {"oldpassword": old, "password1": new}
        assert client.post(reverse("account_change_password"), data).status_code == 302
        old = new
    user.refresh_from_db()
    assert user.check_password(new)
    assert Letter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_invitations_to_one_address_at_once_five_leave():
    patients = [waiting(ClinicFactory(), "sam@example.org") for _ in range(8)]
    by = [patient.clinician for patient in patients]
    answers = all_at_once(lambda n: records.invite(patients[n], by=by[n], now=NOW), times=8)
    assert sum(isinstance(answer, TooManyLetters) for answer in answers) == 3
    assert Letter.objects.count() == Invitation.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_of_many_invitations_of_one_sender_at_once_no_more_than_may_leave(lead, monkeypatch):
    at_most(monkeypatch, "INVITATIONS_SENT", 3)
    patients = [waiting(clinic_of(lead), f"sam{n}@example.org") for n in range(8)]
    answers = all_at_once(lambda n: records.invite(patients[n], by=lead, now=NOW), times=8)
    assert sum(isinstance(answer, TooManyLetters) for answer in answers) == 5
    assert Letter.objects.count() == 3


def test_every_letter_says_who_has_it_sent():
    """No new letter forgets to be counted: ``by`` has no default."""
    assert signature(letters.post).parameters["by"].default is Parameter.empty
    assert signature(mail_limits.count).parameters["by"].default is Parameter.empty

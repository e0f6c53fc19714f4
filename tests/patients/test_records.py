"""Records: added, edited, invited, taken up by their owner."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from accounts.models import AuditEvent, Letter, User
from accounts.tokens import hash_of
from patients.models import Invitation, Patient
from patients.services import records
from patients.services.records import HasAccount, LinkClosed, NotPossible, OtherAccount
from tests.factories import ClinicFactory, MembershipFactory, PatientFactory, UserFactory
from tests.patients.scene import (
    DAY,
    HOUR,
    NOW,
    TODAY,
    day_on,
    log,
    patient_without_email,
    running,
    states,
    waiting_patient,
)

pytestmark = pytest.mark.django_db


def added(**fields) -> Patient:
    clinician = fields.pop("clinician", None) or MembershipFactory().user
    said = {"name": "Sam Reed", "email": " Sam@Example.org ", "time_zone": "Europe/London"} | fields
    return records.add_patient(
        clinician.clinics_as_staff().get(), clinician=clinician, by=clinician, now=NOW, **said
    ).patient


def edit(patient, **changes):
    said = {
        name: getattr(patient, name)
        for name in ("name", "email", "telephone", "year_of_birth", "clinician", "time_zone")
    }
    records.edit_patient(patient, **said | changes, by=patient.clinician, now=NOW)


def invite(patient, *, now=NOW) -> tuple[Invitation, str]:
    """The invitation and the token in its letter."""
    invitation = records.invite(patient, by=patient.clinician, now=now)
    letter = Letter.objects.latest("created_at")
    [link] = [word for word in letter.text.split() if "/invitations/" in word]
    return invitation, link.rstrip("/").rpartition("/")[2]


def test_adding_keeps_the_address_tidy_and_sends_nothing():
    patient = added()
    assert patient.email == "sam@example.org"
    assert patient.is_waiting
    assert not Letter.objects.exists()
    assert AuditEvent.objects.filter(action="patient_added", subject_id=patient.pk).exists()


def test_the_form_sent_again_answers_with_the_record_it_made():
    clinician, key = MembershipFactory().user, uuid4()
    first = added(client_id=key, invite_now=True, clinician=clinician)
    again = added(client_id=key, invite_now=True, clinician=clinician, name="Sam Reid")
    assert (again, again.name) == (first, "Sam Reed")
    assert first.invitations.count() == Letter.objects.count() == 1
    assert AuditEvent.objects.filter(action="patient_added").count() == 1
    assert added(client_id=key) != first  # the same key in another clinic


def test_nobody_is_added_where_the_invitation_is_not_possible():
    with pytest.raises(NotPossible):
        added(email="", invite_now=True)
    assert not Patient.objects.exists()


def test_an_address_is_optional():
    patient = added(email="")
    assert not patient.is_waiting
    assert not records.same_address(patient.clinic, "").exists()


def test_the_same_address_in_this_clinic_however_spelled():
    patient = added()
    PatientFactory(user=None, email="sam@example.org", clinic=ClinicFactory())
    assert list(records.same_address(patient.clinic, "SAM@example.ORG")) == [patient]


# --- invite ---


def test_the_letter_says_what_they_are_called_and_the_link_and_nothing_else_about_them():
    theirs = ClinicFactory(name="Riverside Backs", name_in_mail="Green Door")
    clinician = MembershipFactory(clinic=theirs).user
    patient = added(name="Sam Reed", called="Sam", clinician=clinician)
    invitation, token = invite(patient)
    letter = Letter.objects.get()
    assert letter.to == "sam@example.org"
    assert invitation.token_hash == hash_of(token)
    assert invitation.expires_at == NOW + timedelta(days=7)
    for words in (letter.sender, letter.subject, letter.text, letter.html):
        assert "Green Door" in words
        assert "Reed" not in words
        assert patient.clinic.name not in words
    assert "Hello Sam," in letter.text


@pytest.mark.parametrize("name", ["Weber, Ana", "Mrs Jones", "Ana María de la Cruz", "陳 大文"])
def test_without_that_the_letter_says_the_whole_name(name):
    invite(added(name=name))
    assert f"Hello {name}," in Letter.objects.get().text


def test_sending_again_revokes_the_earlier_one():
    patient = added()
    first, _token = invite(patient)
    second, _token = invite(patient, now=NOW + HOUR)
    first.refresh_from_db()
    assert first.revoked_at == NOW + HOUR
    assert patient.invitations.open().get() == second


def test_nobody_to_invite():
    with pytest.raises(NotPossible):
        invite(patient_without_email())
    with pytest.raises(NotPossible):
        invite(PatientFactory())
    assert not Letter.objects.exists()


def test_another_address_closes_the_link_that_is_on_its_way():
    patient = added()
    invitation, _token = invite(patient)
    edit(patient, name="Samuel Reed")
    assert patient.invitations.open().exists()
    edit(patient, email="reed@example.org")
    assert not patient.invitations.open().exists()
    with pytest.raises(LinkClosed):
        records.accept(invitation, now=NOW)


def test_adding_an_address_to_a_running_plan_waits_for_the_owner_from_tomorrow():
    assignment = running(patient=patient_without_email())
    edit(assignment.patient, email="sam@example.org")
    assert [str(s) for s in states(assignment).values()][:3] == ["asked", *["not_started"] * 2]
    edit(assignment.patient, email="")
    assert set(states(assignment).values()) == {"asked"}


def test_editing_the_time_zone_moves_the_days_too():
    assignment = running(patient=PatientFactory(time_zone="Pacific/Pago_Pago"))
    records.edit_patient(
        assignment.patient, name="Sam", email="", telephone="", year_of_birth=None, clinician=assignment.patient.clinician,
        time_zone="Pacific/Kiritimati", by=assignment.patient.clinician,
        now=datetime(2026, 5, 5, 10, 30, tzinfo=UTC),
    )  # fmt: skip
    assert states(assignment)[TODAY + DAY] == "paused"
    assert assignment.patient.time_zone == "Pacific/Kiritimati"


# --- accept ---


def test_one_button_makes_the_account_and_takes_up_the_record():
    patient = added()
    invitation, _token = invite(patient)
    owner = records.accept(invitation, now=NOW, time_zone="Asia/Tokyo")
    patient.refresh_from_db()
    assert (patient.user, patient.time_zone) == (owner, "Asia/Tokyo")
    assert (owner.email, owner.name) == ("sam@example.org", "Sam Reed")
    assert not owner.has_usable_password()
    assert AuditEvent.objects.filter(actor=owner, action="invitation_accepted").exists()


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd", "x" * 500])
def test_a_time_zone_that_we_do_not_know_changes_nothing(zone):
    patient = added()
    invitation, _token = invite(patient)
    records.accept(invitation, now=NOW, time_zone=zone)
    patient.refresh_from_db()
    assert patient.time_zone == "Europe/London"


def test_from_today_on_the_days_are_asked_for():
    assignment = running(patient=waiting_patient())
    invitation, _token = invite(assignment.patient)
    records.accept(invitation, now=NOW + 3 * DAY)
    dates = list(states(assignment).values())
    assert dates[:3] == ["not_started"] * 3
    assert set(dates[3:]) == {"asked"}
    assert max(states(assignment)) == TODAY + 17 * DAY


def test_accepting_during_a_pause_or_on_a_rest_day():
    assignment = running({"weekdays": [1]}, patient=waiting_patient())
    invitation, _token = invite(assignment.patient)
    records.accept(invitation, now=NOW)
    assert [str(s) for s in states(assignment).values()][:2] == ["rest", "asked"]


def test_accepting_keeps_what_was_recorded_today():
    assignment = running(patient=waiting_patient())
    session = log(assignment)
    invitation, _token = invite(assignment.patient)
    records.accept(invitation, now=NOW)
    day = day_on(assignment)
    assert (day.state, day.sessions_done, day.programme) == ("asked", 1, session.programme)


@pytest.mark.parametrize(
    "close",
    [
        lambda invitation: {"now": NOW + timedelta(days=7)},
        lambda invitation: records.accept(invitation, now=NOW) and {"now": NOW},
        lambda invitation: invite(invitation.patient) and {"now": NOW},
    ],
    ids=["expired", "used", "revoked"],
)
def test_a_link_works_once_within_seven_days_until_there_is_a_newer_one(close):
    invitation, _token = invite(added())
    with pytest.raises(LinkClosed):
        records.accept(invitation, **close(invitation))


def test_just_within_the_seven_days():
    invitation, _token = invite(added())
    late = NOW + timedelta(days=7) - timedelta(seconds=1)
    assert records.accept(invitation, now=late)


def test_an_address_with_an_account_is_not_signed_in_by_the_link():
    owner = UserFactory(email="sam@example.org")
    patient = added()
    invitation, _token = invite(patient)
    with pytest.raises(HasAccount):
        records.accept(invitation, now=NOW)
    patient.refresh_from_db()
    assert patient.user is None
    assert records.accept(invitation, now=NOW, user=owner) == owner
    patient.refresh_from_db()
    assert patient.user == owner


def test_somebody_else_cannot_take_it():
    patient = added()
    invitation, _token = invite(patient)
    with pytest.raises(OtherAccount):
        records.accept(invitation, now=NOW, user=UserFactory())
    patient.refresh_from_db()
    assert patient.user is None
    assert Invitation.objects.open().exists()


def test_one_account_may_hold_several_records():
    first, second = added(), added(name="Mia Reed")
    for patient in (first, second):
        invitation, _token = invite(patient)
        user = User.objects.filter(email="sam@example.org").first()
        records.accept(invitation, now=NOW, user=user)
    owner = User.objects.get(email="sam@example.org")
    assert set(owner.patient_records.all()) == {first, second}

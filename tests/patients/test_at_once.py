"""Two at the same moment: on real connections, in real threads."""

from uuid import uuid4

import pytest

from accounts.device_kinds import DeviceKind
from accounts.models import AuditEvent, Letter, User
from patients.models import (
    AddressChange,
    Assignment,
    ClosedBecause,
    Invitation,
    Patient,
    Session,
)
from patients.services import access, addresses, phones, plans, records, sessions
from patients.services.plans import NotAssignable
from patients.services.records import HasAccount, LinkClosed, NotPossible, WrongYear
from tests.at_once import THREADS, all_at_once
from tests.factories import MembershipFactory, PatientFactory
from tests.patients.scene import (
    DAY,
    NOW,
    TODAY,
    day_on,
    patient_without_email,
    running,
    template_for,
    waiting_patient,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_session_sent_many_times_at_once_is_one():
    assignment = running()
    day, key, by = day_on(assignment), uuid4(), assignment.patient.user
    answers = all_at_once(lambda n: sessions.log_session(day, client_id=key, by=by, now=NOW).pk)
    assert answers == [Session.objects.get().pk] * THREADS


def test_different_sessions_at_once_take_turns_and_each_sees_the_others():
    """Two taps in two tabs: the item for once a day is marked done once."""
    assignment = running({}, {"per_day_min": 1, "per_day_max": 1})
    day, by = day_on(assignment), assignment.patient.user
    all_at_once(lambda n: sessions.log_session(day, client_id=uuid4(), by=by, now=NOW), times=2)
    ticks = [set(s.ticks.values_list("item__position", flat=True)) for s in Session.objects.all()]
    assert sorted(map(len, ticks)) == [1, 2]


def test_the_form_of_a_new_patient_sent_many_times_at_once_makes_one():
    physio, key = MembershipFactory(), uuid4()

    def add(n):
        return records.add_patient(
            physio.clinic, name="Sam Reed", email="sam@example.org", clinician=physio.user,
            time_zone="Europe/London", by=physio.user, now=NOW, client_id=key, invite_now=True,
        ).patient.pk  # fmt: skip

    assert all_at_once(add) == [Patient.objects.get().pk] * THREADS
    assert Invitation.objects.count() == Letter.objects.count() == 1


def test_two_assign_at_once_and_one_succeeds():
    patient = PatientFactory()
    template = template_for(patient)

    def assign(n):
        return plans.assign(
            template, to=patient, starts_on=TODAY, review_on=TODAY + DAY,
            by=patient.clinician, now=NOW,
        )  # fmt: skip

    answers = all_at_once(assign)
    assert sum(isinstance(answer, NotAssignable) for answer in answers) == THREADS - 1
    assert Assignment.objects.get().days.count() == 15


def test_laying_and_logging_and_publishing_at_once_never_fails():
    assignment = running()
    patient = assignment.patient
    draft = plans.start_change(assignment, by=patient.clinician, now=NOW)
    day = day_on(assignment)
    deeds = [
        lambda: plans.publish_change(draft, by=patient.clinician, now=NOW),
        lambda: sessions.log_session(day, client_id=uuid4(), by=patient.user, now=NOW),
        lambda: plans.lay_out_days(assignment, now=NOW),
        lambda: plans.lay_out_all_days(now=NOW + DAY),
    ]
    answers = all_at_once(lambda n: deeds[n](), times=len(deeds))
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    session, day = Session.objects.get(), day_on(assignment)
    assert session.programme_id in {assignment.programme_id, draft.pk}
    if session.programme_id == assignment.programme_id:
        assert day.programme_id in {assignment.programme_id, draft.pk}
    assert assignment.days.filter(on=TODAY + DAY).get().programme_id == draft.pk


def test_the_invitation_pressed_many_times_makes_one_account():
    patient = waiting_patient()
    invitation = records.invite(patient, by=patient.clinician, now=NOW)
    answers = all_at_once(lambda n: records.accept(invitation, now=NOW))
    refused = [a for a in answers if isinstance(a, LinkClosed | HasAccount)]
    assert len(refused) == THREADS - 1
    patient.refresh_from_db()
    assert patient.user in answers


@pytest.mark.parametrize("again", range(4))
def test_accepting_and_sending_again_at_once_wait_in_line(again):
    """Both lock the record before its invitations: whoever is second is told so."""
    patient = waiting_patient()
    invitation = records.invite(patient, by=patient.clinician, now=NOW)
    deeds = [
        lambda: records.accept(invitation, now=NOW),
        lambda: records.invite(patient, by=patient.clinician, now=NOW),
    ]
    answers = all_at_once(lambda n: deeds[n % 2](), times=4)
    failed = [answer for answer in answers if isinstance(answer, Exception)]
    assert all(isinstance(answer, NotPossible) for answer in failed)


@pytest.mark.parametrize("again", range(3))
def test_accepting_and_closing_at_once_leave_nobody_in(again):
    """Whichever is first: whoever has accepted is put out, or finds the link closed."""
    patient = waiting_patient()
    invitation = records.invite(patient, by=patient.clinician, now=NOW)
    why = ClosedBecause.WRONG_PERSON
    deeds = [
        lambda: records.accept(invitation, now=NOW),
        lambda: access.close_access(patient, because=why, by=patient.clinician, now=NOW),
    ]
    answers = all_at_once(lambda n: deeds[n % 2](), times=4)
    assert all(isinstance(a, NotPossible | User | None) for a in answers), answers
    patient.refresh_from_db()
    assert (patient.user, patient.invitations.open().exists()) == (None, False)


def test_of_twelve_wrong_years_at_once_three_are_judged():
    patient = waiting_patient(year_of_birth=1984)
    invitation = records.invite(patient, by=patient.clinician, now=NOW)
    wrong = [1985] * 11 + [1984]
    answers = all_at_once(lambda n: records.accept(invitation, now=NOW, year=wrong[n]), times=12)
    judged = [answer for answer in answers if isinstance(answer, WrongYear)]
    invitation.refresh_from_db()
    assert len(judged) == invitation.wrong_years <= 3
    if not invitation.accepted_at:
        assert invitation.wrong_years == 3
    assert AuditEvent.objects.filter(action="invitation_year_wrong").count() == len(judged)


@pytest.mark.parametrize("again", range(3))
def test_two_clinics_that_close_at_once_sign_the_account_out(again):
    user = PatientFactory().user
    records_of_both = [Patient.objects.get(user=user), PatientFactory(user=user)]

    def close(n):
        patient = records_of_both[n]
        why = ClosedBecause.OTHER
        access.close_access(patient, because=why, by=patient.clinician, now=NOW)

    assert all_at_once(close, times=2) == [None, None]
    user.refresh_from_db()
    assert user.session_round == 1


@pytest.mark.parametrize("again", range(3))
def test_two_clinics_that_confirm_an_address_at_once_send_one_link(again):
    user = PatientFactory().user
    PatientFactory(user=user)
    addresses.ask(user, address="new@example.net", now=NOW)
    changes = list(AddressChange.objects.all())
    answers = all_at_once(
        lambda n: addresses.confirm(changes[n], by=changes[n].patient.clinician, now=NOW), times=2
    )
    assert sorted(answers) == [False, True]
    assert Letter.objects.filter(to="new@example.net").count() == 1


def test_a_session_and_the_closing_at_once():
    """Logged before by the patient, or refused after; never taken for the clinic's own entry."""
    assignment = running()
    patient = assignment.patient
    user, day, why = patient.user, day_on(assignment), ClosedBecause.LOST_PHONE
    deeds = [
        lambda: sessions.log_session(day, client_id=uuid4(), by=user, now=NOW).source,
        lambda: access.close_access(patient, because=why, by=patient.clinician, now=NOW),
    ]
    all_at_once(lambda n: deeds[n](), times=2)
    for late in (
        lambda: sessions.log_session(day, client_id=uuid4(), by=user, now=NOW),
        lambda: sessions.say_not_today(day, reason="pain", by=user, now=NOW),
        lambda: sessions.take_back_not_today(day, by=user, now=NOW),
    ):
        with pytest.raises(NotPossible):
            late()
    assert not Session.objects.filter(source=Session.Source.STAFF).exists()


def test_two_phones_that_scan_one_code_at_once_and_one_gets_in():
    patient = patient_without_email()
    link = phones.make(patient, by=patient.clinician, now=NOW)
    answers = all_at_once(
        lambda n: phones.sign_in(link, user=None, device=DeviceKind.OTHER, now=NOW)
    )
    assert sum(isinstance(answer, LinkClosed) for answer in answers) == THREADS - 1
    patient.refresh_from_db()
    assert [patient.user] == list(User.objects.filter(email=None))


def test_codes_made_at_once_take_turns_and_one_is_open():
    patient = patient_without_email()
    all_at_once(lambda n: phones.make(patient, by=patient.clinician, now=NOW))
    assert patient.phone_links.count() == THREADS
    assert patient.phone_links.open().count() == 1


def test_a_code_and_an_invitation_taken_up_at_once_make_one_account():
    patient = waiting_patient()
    invitation = records.invite(patient, by=patient.clinician, now=NOW)
    link = phones.make(patient, by=patient.clinician, now=NOW)

    def take_up(n):
        if n % 2:
            return records.accept(invitation, now=NOW)
        return phones.sign_in(link, user=None, device=DeviceKind.OTHER, now=NOW)

    answers = all_at_once(take_up)
    patient.refresh_from_db()
    assert patient.user in answers
    assert User.objects.filter(email=patient.email).count() == 1

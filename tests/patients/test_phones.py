"""A code shown in the clinic signs a phone in: once, for minutes, to pages of that clinic only."""

from datetime import timedelta

import pytest
import time_machine

from accounts import codes, limits
from accounts.device_kinds import DeviceKind, kind_of
from accounts.models import AuditEvent, User
from accounts.services import account_for
from patients.models import ClosedBecause, Patient, PhoneLink
from patients.services import access, phones, records
from tests.constraints import refused
from tests.factories import MembershipFactory, PatientFactory, UserFactory
from tests.patients.code_shown import IPHONE, shown
from tests.patients.scene import NOW, patient_without_email, running, states, waiting_patient

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
PHONE = DeviceKind.IPHONE


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def patient() -> Patient:
    return PatientFactory(name="Sam Reed")


def scan(link: PhoneLink, *, user=None, now=NOW) -> User:
    return phones.sign_in(link, user=user, device=PHONE, now=now)


def actions(patient: Patient) -> list[str]:
    about = AuditEvent.objects.filter(patient_id=patient.pk).order_by("at", "action")
    return list(about.values_list("action", flat=True))


# --- the code ---


def test_only_its_hash_stands_in_the_table(patient):
    link = shown(patient)
    row = PhoneLink.objects.filter(pk=link.pk).values().get()
    assert link.code not in str(row)
    assert set(link.code) <= set(codes.ALPHABET)
    assert len(link.code) == 12


def test_it_is_found_however_it_is_typed(patient):
    link = shown(patient)
    typed = link.code_shown.lower().replace("-", " ")
    assert PhoneLink.objects.by_token(typed).get() == link


def test_another_one_ends_it(patient):
    first = shown(patient)
    second = shown(patient)
    with pytest.raises(phones.LinkClosed):
        scan(first)
    assert scan(second) == patient.user


def test_it_works_for_five_minutes(patient):
    link = shown(patient)
    with pytest.raises(phones.LinkClosed):
        scan(link, now=NOW + 5 * MINUTE)
    assert scan(link, now=NOW + 5 * MINUTE - timedelta(seconds=1)) == patient.user


def test_it_works_once(patient):
    link = shown(patient)
    scan(link)
    with pytest.raises(phones.LinkClosed):
        scan(link)


def test_it_can_be_taken_back(patient):
    link = shown(patient)
    phones.take_back(patient, by=patient.clinician, now=NOW)
    with pytest.raises(phones.LinkClosed):
        scan(link)
    with pytest.raises(phones.NotPossible):
        phones.take_back(patient, by=patient.clinician, now=NOW)


def test_it_works_no_longer_than_whoever_made_it(patient):
    link = shown(patient)
    patient.clinician.memberships.update(deactivated_at=NOW)
    with pytest.raises(phones.LinkClosed):
        scan(link)


@pytest.mark.parametrize("because", [ClosedBecause.LOST_PHONE, ClosedBecause.DIED])
def test_closing_access_ends_it(because):
    patient = patient_without_email()  # whom another code may let in again
    scan(shown(patient))
    link = shown(patient)
    access.close_access(patient, because=because, by=patient.clinician, now=NOW)
    with pytest.raises(phones.LinkClosed):
        scan(link)


def test_sixty_an_hour_are_enough(patient):
    for _ in range(limits.PHONE_LINKS.number):
        limits.use(limits.PHONE_LINKS, str(patient.clinician.pk), now=NOW)
    with pytest.raises(phones.NotPossible, match="Try again in"):
        shown(patient)


# --- whose phone ---


def test_a_second_phone_is_signed_in_to_the_same_account(patient):
    assert scan(shown(patient)) == scan(shown(patient)) == patient.user
    assert PhoneLink.objects.filter(used_by=patient.user).count() == 2


def test_nobody_has_the_page_yet_and_an_account_with_its_address_is_made():
    patient = waiting_patient(name="Sam Reed")
    invited = records.invite(patient, by=patient.clinician, now=NOW)
    owner = scan(shown(patient))
    assert (owner.email, owner.name) == ("sam@example.org", "Sam Reed")
    patient.refresh_from_db()
    invited.refresh_from_db()
    assert patient.user == owner
    assert invited.accepted_at == NOW
    assert invited.letter.expires_at == invited.letter.due_at  # it stays here


def test_what_is_asked_begins_today_as_by_an_invitation():
    patient = waiting_patient()
    plan = running(patient=patient)
    assert set(states(plan).values()) == {"not_started"}
    scan(shown(patient))
    assert set(states(plan).values()) == {"asked"}


def test_an_address_that_has_an_account_is_signed_in_to_first():
    """A clinic may not sign itself in to an account that it did not make."""
    patient = waiting_patient()
    owner = UserFactory(email=patient.email)
    link = shown(patient)
    with pytest.raises(phones.HasAccount):
        scan(link)
    assert scan(link, user=owner) == owner


def test_who_is_signed_in_there_as_someone_else_is_refused(patient):
    with pytest.raises(phones.OtherAccount):
        scan(shown(patient), user=UserFactory())
    with pytest.raises(phones.OtherAccount):
        scan(shown(patient_without_email()), user=UserFactory())


def works_elsewhere(owner: User) -> None:
    MembershipFactory(user=owner)


def has_a_record_elsewhere(owner: User) -> None:
    PatientFactory(user=owner)


def is_operator(owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(is_operator=True)


def is_closed(owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(is_active=False)


@pytest.mark.parametrize("more", [works_elsewhere, has_a_record_elsewhere, is_operator, is_closed])
def test_an_account_that_opens_more_than_this_clinic_is_not_opened(patient, more):
    link = shown(patient)
    more(patient.user)
    with pytest.raises(phones.LinkClosed):
        scan(link)
    with pytest.raises(phones.NotPossible):
        shown(Patient.objects.get(pk=patient.pk))


def test_another_record_of_the_same_clinic_is_no_hindrance(patient):
    PatientFactory(user=patient.user, clinic=patient.clinic)
    assert scan(shown(patient)) == patient.user


# --- closed ---


def test_none_is_shown_for_someone_who_has_died():
    patient = patient_without_email(name="Sam Reed")
    access.close_access(patient, because=ClosedBecause.DIED, by=patient.clinician, now=NOW)
    with pytest.raises(phones.NotPossible, match="Sam Reed is noted as having died"):
        shown(patient)


def test_after_access_was_closed_the_address_is_checked_by_an_invitation_first(patient):
    access.close_access(patient, because=ClosedBecause.WRONG_PERSON, by=patient.clinician, now=NOW)
    with pytest.raises(phones.NotPossible, match="send an invitation first"):
        shown(patient)
    records.invite(patient, by=patient.clinician, now=NOW)
    scan_of = shown(patient)
    with pytest.raises(phones.HasAccount):  # the one who was put out may still be the wrong one
        scan(scan_of)
    assert account_for(patient.email) is not None


# --- written down ---


def test_each_step_is_in_the_trail_and_says_by_whom(patient):
    link = shown(patient)
    scan(link)
    used = AuditEvent.objects.get(patient_id=patient.pk, action="phone_link_used")
    made = AuditEvent.objects.get(patient_id=patient.pk, action="phone_link_made")
    assert (made.actor, made.subject_id) == (patient.clinician, link.pk)
    assert (used.actor, used.actor_role) == (patient.user, "patient")
    link.refresh_from_db()
    assert (link.used_at, link.used_by, link.used_on) == (NOW, patient.user, PHONE)


def test_taking_one_back_is_in_the_trail(patient):
    shown(patient)
    phones.take_back(patient, by=patient.clinician, now=NOW)
    assert actions(patient) == ["phone_link_made", "phone_link_taken_back"]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (IPHONE, DeviceKind.IPHONE),
        ("Mozilla/5.0 (iPad; CPU OS 12_0 like Mac OS X)", DeviceKind.IPAD),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9) Mobile Safari/537", DeviceKind.ANDROID_PHONE),
        ("Mozilla/5.0 (Linux; Android 15; Tab) Safari/537", DeviceKind.ANDROID_TABLET),
        ("Mozilla/5.0 (Windows NT 10.0; Win64)", DeviceKind.WINDOWS),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X)", DeviceKind.MAC),
        ("Mozilla/5.0 (X11; CrOS x86_64)", DeviceKind.CHROMEBOOK),
        ("Mozilla/5.0 (X11; Linux x86_64)", DeviceKind.LINUX),
        ("", DeviceKind.OTHER),
    ],
)
def test_a_device_is_told_in_plain_words(said, kind):
    assert kind_of(said) == kind


# --- the rules that the database keeps ---


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"expires_at": NOW - MINUTE}, "phone_link_expires_later"),
        ({"used_at": NOW}, "phone_link_used_by_somebody"),
        ({"used_on": PHONE}, "phone_link_used_by_somebody"),
    ],
)
def test_what_a_row_may_not_say(patient, change, rule):
    link = shown(patient)
    refused(lambda: PhoneLink.objects.filter(pk=link.pk).update(**change), rule)


def test_one_that_was_used_cannot_have_been_taken_back(patient):
    scan(shown(patient))
    refused(lambda: PhoneLink.objects.update(ended_at=NOW), "phone_link_used_or_ended")


def test_one_is_open_for_a_record_at_most(patient):
    shown(patient)
    another = PhoneLink(
        patient=patient, made_by=patient.clinician, created_at=NOW, expires_at=NOW + MINUTE
    )
    refused(lambda: another.save(force_insert=True), "phone_link_one_open_per_patient")

"""A record's past time zones are kept, however it came to another one."""

from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from patients.models import ZoneChange
from patients.services import plans, records
from tests.factories import PatientFactory
from tests.patients.scene import DAY, NOW, waiting_patient

pytestmark = pytest.mark.django_db

LONDON, TOKYO, PARIS = (ZoneInfo(name) for name in ("Europe/London", "Asia/Tokyo", "Europe/Paris"))


def test_a_record_that_never_moved_had_its_zone_all_along():
    assert PatientFactory().zones_since(NOW - 9 * DAY) == [(NOW - 9 * DAY, LONDON)]


def test_each_zone_with_the_instant_it_began_at():
    patient = PatientFactory()
    for zone, now in ((TOKYO, NOW), (PARIS, NOW + DAY)):
        plans.change_time_zone(patient, time_zone=zone.key, by=patient.clinician, now=now)
    every = [(NOW - DAY, LONDON), (NOW, TOKYO), (NOW + DAY, PARIS)]
    assert patient.zones_since(NOW - DAY) == every
    assert patient.zones_since(NOW) == every[1:]
    assert patient.zones_since(NOW + DAY) == every[2:]


def test_two_moves_at_one_instant_are_one():
    patient = PatientFactory()
    for zone in ("Asia/Tokyo", "Europe/Paris"):
        plans.change_time_zone(patient, time_zone=zone, by=patient.clinician, now=NOW)
    assert patient.zones_since(NOW - DAY) == [(NOW - DAY, LONDON), (NOW, PARIS)]


def test_zone_change_once_at_a_moment():
    patient = PatientFactory()
    fields = {"patient": patient, "before": "UTC", "after": "Asia/Tokyo", "changed_at": NOW}
    ZoneChange.objects.create(**fields)
    with pytest.raises(IntegrityError, match="zone_change_once_at_a_moment"), transaction.atomic():
        ZoneChange.objects.create(**fields)


def test_an_invitation_accepted_elsewhere_is_a_change_too():
    patient = waiting_patient()
    records.invite(patient, by=patient.clinician, now=NOW)
    records.accept(patient.invitations.get(), now=NOW, time_zone="Asia/Tokyo")
    [change] = patient.zone_changes.all()
    assert (change.before, change.after, change.changed_at) == ("Europe/London", "Asia/Tokyo", NOW)


def test_visible_to_the_record_s_own_person_and_to_its_clinic_only():
    patient, other = PatientFactory(), PatientFactory()
    plans.change_time_zone(patient, time_zone="Asia/Tokyo", by=patient.user, now=NOW)
    assert ZoneChange.objects.visible_to(patient.user).exists()
    assert not ZoneChange.objects.visible_to(other.user).exists()
    assert not ZoneChange.objects.visible_to(other.clinician).exists()

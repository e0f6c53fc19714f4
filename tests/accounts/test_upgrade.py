"""What was written before comes along: numbers that patients call, and what was done by whom."""

import uuid

import pytest

from accounts.models import AuditEvent, Clinic
from tests.factories import LONG_AGO
from tests.owner import migrate, newest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def old_apps():
    """The models as they were; the newest ones are back afterwards."""
    yield migrate([("accounts", "0006_letters_in_time")])
    migrate(newest())


WAS_AND_IS = [
    ("999", "999"),
    ("0800 611 116", "0800611116"),  # of which country nobody said
    ("+49 (0)30-1234.567", "+49301234567"),
    ("999 or 112", "999"),
    ("call 111, free", "111"),
    ("javascript:alert(1)", "111"),
    ("ask us", "111"),
    ("9", "111"),
]


def test_numbers_become_what_a_link_can_dial(old_apps):
    old = old_apps.get_model("accounts", "Clinic")
    for was, _is in WAS_AND_IS:
        old.objects.create(name=was, advice_number=was, created_at=LONG_AGO)
    old.objects.create(name="words", emergency_number="call", created_at=LONG_AGO)
    migrate(newest())
    kept = {clinic.name: clinic for clinic in Clinic.objects.all()}
    assert [kept[was].advice_number for was, _is in WAS_AND_IS] == [is_ for _was, is_ in WAS_AND_IS]
    assert kept["words"].emergency_number == "999"
    assert {(c.country, c.telephone, c.opening_hours) for c in kept.values()} == {("GB", "", "")}


@pytest.fixture
def before_actions():
    """The models from before actions were one list."""
    yield migrate([("accounts", "0008_zones_of_today")])
    migrate(newest())


def test_what_was_done_is_spelled_anew_and_names_the_patient(before_actions):
    """One event is written twice by it, which the database must not take amiss."""
    get = before_actions.get_model
    actor = get("accounts", "User").objects.create(email="a@example.org", password="!")
    clinic = get("accounts", "Clinic").objects.create(name="Riverside", created_at=LONG_AGO)
    patient = uuid.uuid4()
    for action, kind in (("edited patient", "patient"), ("changed clinic", "clinic")):
        get("accounts", "AuditEvent").objects.create(
            at=LONG_AGO,
            actor=actor,
            clinic=clinic,
            action=action,
            subject_type=kind,
            subject_id=patient,
        )
    migrate(newest())
    events = AuditEvent.objects.values_list("action", "patient_id")
    assert set(events) == {("patient_edited", patient), ("clinic_changed", None)}

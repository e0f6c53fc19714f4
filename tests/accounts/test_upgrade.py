"""Clinics from before countries were known keep the numbers their patients call."""

import pytest

from accounts.models import Clinic
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

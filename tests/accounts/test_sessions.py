"""How long a sign-in lasts."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.sessions import PATIENT, STAFF
from tests.factories import MembershipFactory, PatientFactory

BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MOMENT = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("limits", "seen", "now", "left"),
    [
        (STAFF, 0 * HOUR, 0 * HOUR, 30 * MINUTE),
        (STAFF, 1 * HOUR, 1 * HOUR + 29 * MINUTE, 30 * MINUTE),
        (STAFF, 1 * HOUR, 1 * HOUR + 30 * MINUTE + MOMENT, 0 * HOUR),
        (STAFF, 11 * HOUR + 50 * MINUTE, 11 * HOUR + 50 * MINUTE, 10 * MINUTE),
        (STAFF, 12 * HOUR - MINUTE, 12 * HOUR, 0 * HOUR),
        (PATIENT, 0 * HOUR, 13 * DAY, 14 * DAY),
        (PATIENT, 0 * HOUR, 14 * DAY + MOMENT, 0 * HOUR),
        (PATIENT, 80 * DAY, 80 * DAY, 10 * DAY),
    ],
)
def test_left(limits, seen, now, left):
    assert limits.left(began=BEGAN, seen=BEGAN + seen, now=BEGAN + now) == left


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "visits", "still_in"),
    [
        (MembershipFactory, [29 * MINUTE] * 20, True),  # 9 h 40, never away for long
        (MembershipFactory, [31 * MINUTE], False),
        (MembershipFactory, [29 * MINUTE] * 25, False),  # past 12 h
        (PatientFactory, [13 * DAY], True),
        (PatientFactory, [15 * DAY], False),
        (PatientFactory, [13 * DAY] * 6, True),  # 78 days
        (PatientFactory, [13 * DAY] * 7, False),  # past 90 days
    ],
)
def test_a_sign_in_lasts_by_role(as_user, make, visits, still_in):
    user = make().user
    with time_machine.travel(BEGAN, tick=False) as now:
        client = as_user(user)
        for pause in visits:
            now.shift(pause)
            response = client.get("/settings/")
        assert (response.status_code == 200) is still_in


@pytest.mark.django_db
def test_a_moved_clock_ends_a_sign_in_too(as_user, settings):
    client = as_user(MembershipFactory().user)
    settings.CLOCK_OFFSET = int((31 * MINUTE).total_seconds())
    assert client.get("/settings/")["Location"] == "/accounts/login/?next=/settings/"


@pytest.mark.django_db
def test_most_visits_write_nothing(as_user, django_assert_num_queries):
    client = as_user(PatientFactory().user)
    with django_assert_num_queries(2):  # session, user
        client.get("/accounts/logout/")


@pytest.mark.django_db
def test_a_new_session_without_an_age_gets_one(client):
    client.force_login(MembershipFactory().user)
    client.get("/settings/")
    assert client.session.get_expiry_age() == 30 * 60

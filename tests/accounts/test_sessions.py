"""How long a sign-in lasts."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts import sessions
from accounts.sessions import PATIENT, PATIENT_ON_OWN_PHONE, STAFF
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
        (PATIENT_ON_OWN_PHONE, 80 * DAY, 89 * DAY, 90 * DAY),
        (PATIENT_ON_OWN_PHONE, 400 * DAY, 489 * DAY, 90 * DAY),
        (PATIENT_ON_OWN_PHONE, 80 * DAY, 170 * DAY + MOMENT, 0 * DAY),
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
@pytest.mark.parametrize(
    ("make", "visits", "still_in"),
    [
        (PatientFactory, [89 * DAY], True),
        (PatientFactory, [91 * DAY], False),
        (PatientFactory, [89 * DAY] * 5, True),  # for longer than a year, each time in time
        (PatientFactory, [89 * DAY, 91 * DAY], False),
        (MembershipFactory, [29 * MINUTE], True),
        (MembershipFactory, [31 * MINUTE], False),
    ],
)
def test_a_patients_own_phone_stays_signed_in_for_90_days_and_staffs_does_not(
    as_user, make, visits, still_in
):
    user = make().user
    with time_machine.travel(BEGAN, tick=False) as now:
        client = as_user(user)
        session = client.session
        sessions.trust(session)
        session.save()
        assert client.get("/settings/").status_code == 200
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

"""Laying out days: ahead, again, never backwards."""

from datetime import date

import pytest

from patients.models import Assignment, Day
from patients.services import plans
from patients.services.days import lay_out_days, plan_of
from patients.tasks import lay_out_days as task
from programmes.next_session_items import minutes_in_turn, minutes_of
from tests.factories import DayFactory, PatientFactory
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


def rows(assignment: Assignment) -> list[tuple]:
    return list(assignment.days.order_by("on").values_list("pk", "on", "state", "asked_min"))


def test_today_and_fourteen_days_more():
    assignment = running()
    assert list(states(assignment)) == [TODAY + n * DAY for n in range(15)]
    day = day_on(assignment, TODAY + 14 * DAY)
    assert (day.asked_min, day.asked_max, day.state) == (2, 3, "asked")
    assert day.programme == assignment.programme


def test_laying_again_changes_nothing():
    assignment = running()
    before = rows(assignment)
    lay_out_days(assignment, now=NOW)
    lay_out_days(assignment, now=NOW, today_too=True)
    assert rows(assignment) == before


def test_a_start_in_the_future_lays_nothing_before_it():
    assignment = running(starts_on=TODAY + 3 * DAY)
    assert min(states(assignment)) == TODAY + 3 * DAY


def test_rest_days_have_rows_too():
    assignment = running({"weekdays": [0, 2, 4]})
    assert [str(state) for state in states(assignment).values()][:7] == [
        "asked", "rest", "asked", "rest", "asked", "rest", "rest",
    ]  # fmt: skip
    assert day_on(assignment, TODAY + DAY).asked is None


def test_every_nth_day_counts_from_the_start_of_the_assignment():
    assignment = running({"every_days": 3}, starts_on=TODAY + DAY)
    lay_out_days(assignment, now=NOW + 5 * DAY)
    asked = [on for on, state in states(assignment).items() if state == "asked"]
    assert asked == [TODAY + n * DAY for n in range(1, 20, 3)]


def test_the_day_is_the_patients_own():
    assignment = running(
        patient=PatientFactory(time_zone="Pacific/Kiritimati"),
        starts_on=TODAY + DAY,
        now=NOW + HOUR,
    )  # 10:00 UTC on the 4th is midnight on the 5th, fourteen hours ahead
    assert min(states(assignment)) == TODAY + DAY
    assert max(states(assignment)) == TODAY + 15 * DAY


def test_nothing_is_asked_until_the_invitation_is_accepted():
    assert set(states(running(patient=waiting_patient())).values()) == {"not_started"}


def test_without_an_address_it_counts_from_the_start():
    assert set(states(running(patient=patient_without_email())).values()) == {"asked"}


# --- once an hour ---


def test_the_hourly_task_adds_what_is_missing_and_only_that():
    assignment, other = running(), running({"weekdays": [2]})
    before = rows(assignment)
    assert plans.lay_out_all_days(now=NOW + 3 * DAY) == 6
    assert rows(assignment)[:15] == before
    assert max(states(assignment)) == max(states(other)) == TODAY + 17 * DAY
    assert plans.lay_out_all_days(now=NOW + 3 * DAY) == 0


def test_dates_that_passed_while_nothing_ran_are_not_made_up_for():
    assignment = running()
    plans.lay_out_all_days(now=NOW + 30 * DAY)
    assert not assignment.days.filter(on__gt=TODAY + 14 * DAY, on__lt=TODAY + 30 * DAY).exists()
    assert assignment.days.filter(on__gte=TODAY + 30 * DAY).count() == 15


def test_the_hourly_task_passes_by_what_has_ended():
    assignment = running()
    plans.end(assignment, reason="", by=assignment.patient.clinician, now=NOW)
    assert plans.lay_out_all_days(now=NOW + DAY) == 0
    lay_out_days(assignment, now=NOW + DAY)
    assert max(states(assignment)) == TODAY


def test_the_hourly_task_asks_as_many_queries_for_one_as_for_many(django_assert_max_num_queries):
    """Set-based: transaction, locked rows, what belongs to them, days, one insert."""
    running()
    for n in range(1, 4):
        with django_assert_max_num_queries(10):
            assert plans.lay_out_all_days(now=NOW + n * DAY) == n
        running(now=NOW + n * DAY, starts_on=TODAY + n * DAY)


def test_the_task_reads_the_clock(settings):
    assignment = running(now=NOW)
    assignment.days.all().delete()
    task()
    assert assignment.days.count() == 15


# --- what may be laid again ---


def test_the_past_keeps_what_it_asked_for():
    assignment = running()
    past = DayFactory(assignment=assignment, on=date(2026, 5, 1), asked_min=1, asked_max=1)
    lay_out_days(assignment, now=NOW, today_too=True)
    past.refresh_from_db()
    assert (past.asked_min, past.state) == (1, Day.State.ASKED)


def test_today_is_left_alone_unless_told():
    assignment = running()
    assignment.days.filter(on=TODAY).update(asked_min=1)
    lay_out_days(assignment, now=NOW)
    assert day_on(assignment).asked_min == 1
    lay_out_days(assignment, now=NOW, today_too=True)
    assert day_on(assignment).asked_min == 2


def test_a_future_day_without_a_session_is_laid_again():
    assignment = running()
    assignment.days.filter(on=TODAY + DAY).update(asked_min=1)
    lay_out_days(assignment, now=NOW)
    assert day_on(assignment, TODAY + DAY).asked_min == 2


def test_a_future_day_with_a_session_stays():
    """There is one after travelling west: what was today is tomorrow again."""
    assignment = running(patient=PatientFactory(time_zone="Pacific/Auckland"))
    log(assignment)
    plans.change_time_zone(
        assignment.patient, time_zone="Pacific/Honolulu", by=assignment.patient.user, now=NOW
    )
    assignment.days.filter(on=TODAY).update(asked_min=1)
    lay_out_days(assignment, now=NOW)
    assert day_on(assignment).asked_min == 1


@pytest.mark.parametrize("items", [1, 6])
def test_dates_and_minutes_read_no_exercise(items, django_assert_num_queries):
    """Which leg it is only matters for words, however many are done on both sides."""
    plan = running(*[{"side": "both"}] * items)
    assignment = Assignment.objects.select_related("patient", "programme").get(pk=plan.pk)
    with django_assert_num_queries(2):  # items, pauses
        plan_of(assignment)
    listed = list(assignment.programme.items.all())
    with django_assert_num_queries(0):
        assert minutes_in_turn(listed) == [minutes_of(listed)]

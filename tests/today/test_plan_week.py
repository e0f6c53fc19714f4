"""Which week a date is in: true up to the check-up, and no false number after it."""

from datetime import date, timedelta

import pytest

from patients.models import Assignment
from today.plan_week import PlanWeek, plan_week

START = date(2026, 5, 4)


def week(day: int, *, review: int, ended: int | None = None) -> PlanWeek | None:
    """Of the day so many days after the first, with a check-up so many days after it."""
    ended_on = None if ended is None else START + timedelta(ended)
    given = Assignment(starts_on=START, review_on=START + timedelta(review), ended_on=ended_on)
    return plan_week(given, START + timedelta(day))


@pytest.mark.parametrize(
    ("day", "review", "expected"),
    [
        (0, 42, PlanWeek(1, 6)),
        (6, 42, PlanWeek(1, 6)),
        (7, 42, PlanWeek(2, 6)),
        (41, 42, PlanWeek(6, 6)),
        (42, 42, PlanWeek(7, None)),  # the day of the check-up begins a week of its own
        (43, 42, PlanWeek(7, None)),
        (300, 42, PlanWeek(43, None)),
        (21, 23, PlanWeek(4, 4)),  # a week begun counts
        (23, 23, PlanWeek(4, 4)),
        (24, 23, PlanWeek(4, None)),
        (0, 0, PlanWeek(1, 1)),
        (1, 0, PlanWeek(1, None)),
    ],
)
def test_weeks_are_counted_to_the_check_up(day, review, expected):
    assert week(day, review=review) == expected


def test_there_is_no_week_before_the_first_day_or_after_the_end():
    assert week(-1, review=42) is None
    assert week(10, review=42, ended=8) is None

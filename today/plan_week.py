"""Which week of a programme a date is in, counted up to its check-up. Pure."""

from dataclasses import dataclass
from datetime import date

from patients.models import Assignment
from patients.schedule import WEEK


@dataclass(frozen=True)
class PlanWeek:
    """``of`` is how many weeks there are until the check-up; None once that has passed."""

    number: int
    of: int | None


def plan_week(assignment: Assignment, on: date) -> PlanWeek | None:
    """The week that this date is in; None before the first day and once the programme has ended.

    A week begun counts: three weeks and two days until the check-up are four weeks.
    """
    if on < assignment.starts_on or assignment.ended_on is not None:
        return None
    number = (on - assignment.starts_on) // WEEK + 1
    weeks = max(1, -(-(assignment.review_on - assignment.starts_on) // WEEK))
    is_before = on <= assignment.review_on and number <= weeks
    return PlanWeek(number, weeks if is_before else None)

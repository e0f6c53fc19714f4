"""How each exercise of a programme went in the last two weeks, across its versions. Reads only."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from accounts.kept_query import KeptQuery
from patients.adherence import first_day
from patients.models import Assignment, Tick


@dataclass(frozen=True)
class Lately:
    """In how many sessions an exercise was logged, and how it went in them."""

    results: Counter[str]  # of a ``Tick.Result``
    skipped_because: Counter[str]  # of a ``Tick.SkipReason``, where one was given
    hurt_on: date | None  # the last time
    hurt_pain: int | None  # 0–10, of the last time

    @property
    def sessions(self) -> int:
        return self.results.total()


class _Told(NamedTuple):
    """Of one tick: what is needed of it, without the exercise's words and figure."""

    exercise_id: UUID
    result: str
    skip_reason: str
    pain: int | None
    on: date


TOLD: KeptQuery[tuple[Any, ...]] = KeptQuery(
    lambda assignment, since, until: (
        Tick.objects.filter(
            session__assignment=assignment,
            # Said of the day, too: found by its dates alone it is looked for among everybody's.
            session__day__assignment=assignment,
            session__day__on__range=(since, until),
            session__undone_at=None,
        )
        .order_by("session__performed_at", "session__received_at")
        .values_list(
            "item__exercise_version__exercise", "result", "skip_reason", "pain", "session__day__on"
        )
    ),
    assignment=UUID,
    since=date,
    until=date,
)


def of_exercises(assignment: Assignment, *, today: date) -> dict[UUID, Lately]:
    """By exercise; what was not logged is left out. One query."""
    rows = TOLD(assignment=assignment.pk, since=first_day(today), until=today)
    by_exercise: dict[UUID, list[_Told]] = {}
    for told in map(_Told._make, rows):
        by_exercise.setdefault(told.exercise_id, []).append(told)
    return {exercise: _lately(told) for exercise, told in by_exercise.items()}


def _lately(told: list[_Told]) -> Lately:
    """Of one exercise, the newest last."""
    hurt = [one for one in told if one.result == Tick.Result.HURT]
    return Lately(
        results=Counter(one.result for one in told),
        skipped_because=Counter(one.skip_reason for one in told if one.skip_reason),
        hurt_on=hurt[-1].on if hurt else None,
        hurt_pain=hurt[-1].pain if hurt else None,
    )

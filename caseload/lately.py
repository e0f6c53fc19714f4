"""How each exercise of a programme went in the last two weeks, across its versions. Reads only."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

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


def of_exercises(assignment: Assignment, *, today: date) -> dict[UUID, Lately]:
    """By exercise; what was not logged is left out. One query."""
    ticks = Tick.objects.filter(
        session__day__assignment=assignment,
        session__day__on__range=(first_day(today), today),
        session__undone_at=None,
    ).order_by("session__performed_at", "session__received_at")
    by_exercise: dict[UUID, list[Tick]] = {}
    for tick in ticks.select_related("session__day", "item__exercise_version"):
        by_exercise.setdefault(tick.item.exercise_version.exercise_id, []).append(tick)
    return {exercise: _lately(ticks) for exercise, ticks in by_exercise.items()}


def _lately(ticks: Iterable[Tick]) -> Lately:
    """Of one exercise's ticks, the newest last."""
    told = list(ticks)
    hurt = [tick for tick in told if tick.result == Tick.Result.HURT]
    return Lately(
        results=Counter(tick.result for tick in told),
        skipped_because=Counter(tick.skip_reason for tick in told if tick.skip_reason),
        hurt_on=hurt[-1].session.day.on if hurt else None,
        hurt_pain=hurt[-1].pain if hurt else None,
    )

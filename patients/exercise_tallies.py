"""What became of each exercise: how often it was done, and its last pain. Reads only.

By the exercise, whichever version of it, or of the programme, was given. Sessions that were
taken back do not count.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from accounts.kept_query import KeptQuery
from patients.facts import Pain
from patients.models import Patient, Tick
from patients.models.plans import TickQuerySet, is_done

EXERCISE = "item__exercise_version__exercise"
NEWEST_FIRST = ("-session__day__on", "-session__performed_at", "-session__received_at")


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Of one exercise: how often each result came lately, and what is known from longer ago."""

    done: int = 0
    part: int = 0
    skipped: int = 0
    hurt: int = 0  # stopped because it hurt, whether some of it was done before or none
    last_on: date | None = None  # when it was last done, at least in part
    last_pain: Pain | None = None  # at this exercise, not after the session

    @property
    def is_empty(self) -> bool:
        """Nothing was said of it lately."""
        return not (self.done or self.part or self.skipped or self.hurt)


@dataclass(frozen=True, kw_only=True)
class Ticked:
    """An exercise as it was given when it was last ticked."""

    item_id: UUID
    name: str


def tallies_of(patient: Patient, *, since: date, lately: date, until: date) -> dict[UUID, Tally]:
    """Of every exercise that was ticked from one day to another; ``lately`` is the first day
    whose results are counted. Two queries.
    """
    known: dict[str, Any] = {"patient": patient.pk, "since": since, "until": until}
    pains = {exercise: Pain(score=score, on=on) for exercise, score, on in LAST_PAINS(**known)}
    return {
        exercise: Tally(**row, last_pain=pains.get(exercise))
        for row in COUNTS(**known, lately=lately)
        for exercise in [row.pop(EXERCISE)]
    }


def _lately(since: date, *, result: str) -> Count:
    return Count("pk", filter=Q(result=result, session__day__on__gte=since))


def _counts(patient: UUID, since: date, until: date, lately: date) -> QuerySet[Tick, Any]:
    by_exercise: QuerySet[Tick, Any] = _ticks(patient, since, until).order_by().values(EXERCISE)
    counted = {str(one): _lately(lately, result=one) for one in Tick.Result}
    return by_exercise.annotate(**counted, last_on=Max("session__day__on", filter=is_done()))


def last_ticked(patient: Patient, *, since: date, until: date) -> dict[UUID, Ticked]:
    """Of each exercise that was ticked in these days: what to call it. One query."""
    newest = _ticks(patient.pk, since, until).order_by(EXERCISE, *NEWEST_FIRST).distinct(EXERCISE)
    rows = newest.values_list(EXERCISE, "item", "item__exercise_version__name")
    return {exercise: Ticked(item_id=item, name=name) for exercise, item, name in rows}


def _ticks(patient: UUID, since: date, until: date) -> TickQuerySet:
    return Tick.objects.filter(
        session__assignment__patient=patient,
        session__undone_at=None,
        session__day__on__range=(since, until),
    )


def _last_pains(patient: UUID, since: date, until: date) -> QuerySet[Tick, Any]:
    told = _ticks(patient, since, until).exclude(pain=None)
    newest = told.order_by(EXERCISE, *NEWEST_FIRST).distinct(EXERCISE)
    return newest.values_list(EXERCISE, "pain", "session__day__on")


KNOWN: Mapping[str, type] = {"patient": UUID, "since": date, "until": date}
COUNTS: KeptQuery[dict[str, Any]] = KeptQuery(_counts, **KNOWN, lately=date)
LAST_PAINS: KeptQuery[tuple[UUID, int, date]] = KeptQuery(_last_pains, **KNOWN)

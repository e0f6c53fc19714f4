"""What an ended programme leaves to read: what was done, without judging it. Reads only."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.db.models import QuerySet

from patients.models import Assignment, Session
from patients.schedule import WEEK


@dataclass
class WhatWasDone:
    assignment: Assignment

    @property
    def _sessions(self) -> QuerySet[Session]:
        return Session.objects.not_undone().filter(assignment=self.assignment)

    @cached_property
    def sessions(self) -> int:
        return self._sessions.count()

    @property
    def weeks(self) -> int:
        """From the first day to the last; a week begun counts."""
        ended_on = self.assignment.ended_on
        ran = ended_on - self.assignment.starts_on if ended_on else timedelta(0)
        return max(timedelta(0), ran) // WEEK + 1

    @cached_property
    def pain(self) -> tuple[int, int] | None:
        """After the first and the last session that has a score; None below two scores."""
        scored = self._sessions.filter(pain_after__isnull=False)
        in_order = scored.order_by("day__on", "performed_at")
        given = in_order.values_list("pain_after", flat=True)
        scores = [score for score in given if score is not None]
        return (scores[0], scores[-1]) if len(scores) > 1 else None

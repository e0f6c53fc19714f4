"""What an ended programme leaves to read: what was done, without judging it. Reads only."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import ngettext

from patients.models import Assignment, Session

WEEK = 7  # days


@dataclass
class WhatWasDone:
    assignment: Assignment

    @property
    def _sessions(self) -> QuerySet[Session]:
        kept: QuerySet[Session] = Session.objects.not_undone().filter(assignment=self.assignment)
        return kept

    @cached_property
    def sessions(self) -> int:
        return self._sessions.count()

    @property
    def weeks(self) -> int:
        """From the first day to the last; a week begun counts."""
        ended_on = self.assignment.ended_on
        days = (ended_on - self.assignment.starts_on).days if ended_on else 0
        return max(0, days) // WEEK + 1

    @property
    def in_words(self) -> str:
        """ "24 sessions in 6 weeks"; "" if there were none."""
        if not self.sessions:
            return ""
        done = ngettext("%(n)d session", "%(n)d sessions", self.sessions) % {"n": self.sessions}
        words = ngettext("%(done)s in %(n)d week", "%(done)s in %(n)d weeks", self.weeks)
        return words % {"done": done, "n": self.weeks}

    @cached_property
    def pain(self) -> tuple[int, int] | None:
        """After the first and the last session that has a score; None below two scores."""
        scored = self._sessions.filter(pain_after__isnull=False)
        in_order = scored.order_by("day__on", "performed_at")
        given = in_order.values_list("pain_after", flat=True)
        scores = [score for score in given if score is not None]
        return (scores[0], scores[-1]) if len(scores) > 1 else None

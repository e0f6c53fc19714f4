"""What a programme came to, for its patient, once it has ended. Numbers only: no judgement."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q
from django.db.models.functions import Coalesce

from patients.models import Assignment

WEEK = 7  # days


@dataclass
class Past:
    """Two queries."""

    assignment: Assignment

    @cached_property
    def sessions(self) -> int:
        return int(self.assignment.sessions.kept().counted().count())

    @property
    def weeks(self) -> int:
        """Begun weeks, one at the least."""
        ended_on: date = self.assignment.ended_on or self.assignment.starts_on
        return max(1, -(-(ended_on - self.assignment.starts_on).days // WEEK))

    @cached_property
    def _pain(self) -> list[int]:
        said = Q(pain_after__isnull=False) | Q(pain_before__isnull=False)
        scores = self.assignment.sessions.kept().filter(said).order_by("performed_at")
        return list(scores.values_list(Coalesce("pain_after", "pain_before"), flat=True))

    @property
    def has_two_scores(self) -> bool:
        return len(self._pain) > 1

    @property
    def first_pain(self) -> int:
        return self._pain[0]

    @property
    def last_pain(self) -> int:
        return self._pain[-1]

"""Where each patient stands in a caseload, worked out once and kept until something changes.

See docs/adr/0006. What is kept is the order only: a row that is shown reads its facts anew.
"""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from patients.models import Patient


class Changed(models.Model):
    """Something that a patient's place may depend on was written. A trigger on each such table
    adds these, one for each patient and transaction; see ``caseload/sql/standing_is_marked.sql``.
    """

    # No reference in the database: it would lock the patient's row for every tick.
    patient = models.ForeignKey(Patient, models.CASCADE, related_name="+", db_constraint=False)
    transaction = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "transaction"], name="changed_once_in_a_transaction"
            ),
        ]


class StandingQuerySet(models.QuerySet["Standing"]):
    def out_of_date(self, now: datetime) -> Self:
        """Something changed since, or the patient's date is another one."""
        return self.filter(another_date("", now) | has_changed("patient"))


def another_date(prefix: str, now: datetime) -> Q:
    """The patient's date is not that of their place; ``prefix`` leads to the place."""
    return Q(**{f"{prefix}holds_until__lte": now}) | Q(**{f"{prefix}holds_from__gt": now})


def has_changed(patient: str) -> Q:
    """Something was written since their place was worked out; ``patient`` is the column.

    The marks are read once, not looked up for each patient.
    """
    return Q(**{f"{patient}__in": Changed.objects.values("patient")})


class Standing(models.Model):
    """One patient's place: what ``caseload_page.Row.order`` says on their local date."""

    patient = models.OneToOneField(
        Patient, models.CASCADE, primary_key=True, related_name="standing"
    )
    group = models.SmallIntegerField()  # a caseload_page.Group
    kind = models.SmallIntegerField()  # a concerns.Kind, of the most pressing concern; 0: none
    concerns = models.SmallIntegerField()  # how many
    name = models.TextField(db_collation="C")  # of the patient, as Python sorts it
    # The patient's date, on which this was worked out, as moments.
    holds_from = models.DateTimeField()
    holds_until = models.DateTimeField()

    objects = StandingQuerySet.as_manager()

"""Who comes first in a caseload, kept for each patient until something changes: see docs/adr/0006.

The rules are those of ``caseload_page.Row``: here their outcome is only kept and read.
"""

from collections.abc import Collection
from datetime import datetime, time
from math import ceil
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from caseload.caseload_page import Group, Row, rows_of
from caseload.models import Changed, Standing, another_date, has_changed
from patients.models import Patient
from patients.schedule import DAY, instant

AT_ONCE = 500  # patients whose places are worked out together
AT_MOST = 20  # times in one minute
NEEDS_ME = Q(standing__group=Group.NEEDS_ME)
ORDER = [
    *("standing__group", "standing__kind", "-standing__concerns"),
    *("standing__name", "pk"),
]


class Counts(NamedTuple):
    """How many patients there are, and how many of them ask for a clinician."""

    all: int
    needs: int


def counts(patients: QuerySet[Patient], *, now: datetime) -> Counts:
    """Of these patients, whose places are brought up to date before. One query if they were.

    What is written meanwhile waits for the next page: nobody's page waits for ever.
    """
    found = _counts(patients, now)
    rounds = ceil(found["out_of_date"] / AT_ONCE)
    for _ in range(rounds):
        late = patients.filter(_out_of_date(now)).order_by("pk").values_list("pk", flat=True)
        bring_up_to_date(list(late[:AT_ONCE]), now=now)
    if rounds:
        found = _counts(patients, now)
    return Counts(found["all"], found["needs"])


def in_order(patients: QuerySet[Patient], *, needs_me: bool) -> QuerySet[Patient, UUID]:
    """Their keys, who needs me first. Their places must be up to date."""
    shown = patients.filter(NEEDS_ME) if needs_me else patients
    return shown.order_by(*ORDER).values_list("pk", flat=True)


def keep(*, now: datetime) -> None:
    """Bring the places up to date that somebody has looked at, and those of whoever did something.

    So that nobody waits for the first page of a day; what is left after so many comes next time.
    """
    for _ in range(AT_MOST):
        changed = Changed.objects.order_by().values_list("patient", flat=True)[:AT_ONCE]
        ended = Standing.objects.filter(another_date("", now)).values_list("pk", flat=True)
        late = {*changed, *ended[:AT_ONCE]}
        if not late:
            return
        bring_up_to_date(late, now=now)


@transaction.atomic
def bring_up_to_date(patients: Collection[UUID], *, now: datetime) -> None:
    """Work out anew where each of these patients stands.

    Whoever does so for the same patient waits: what is written last was read last. What changes
    meanwhile leaves a mark that was not there to be read, so it is not taken away either.
    """
    there = Patient.objects.filter(pk__in=patients).order_by("pk").values_list("pk", flat=True)
    unknown = [_standing(patient, now) for patient in there]
    Standing.objects.bulk_create(unknown, ignore_conflicts=True)
    places = Standing.objects.filter(patient__in=patients).order_by("pk")
    list(places.select_for_update().values_list("pk"))
    marks = list(Changed.objects.filter(patient__in=patients).values_list("pk", flat=True))
    rows = rows_of(patients, now=now)
    Standing.objects.bulk_create(
        [_standing_of(row) for row in rows],
        update_conflicts=True,
        unique_fields=["patient"],
        update_fields=["group", "kind", "concerns", "name", "holds_from", "holds_until"],
    )
    Changed.objects.filter(pk__in=marks).delete()


def _counts(patients: QuerySet[Patient], now: datetime) -> dict[str, int]:
    return patients.aggregate(
        all=Count("pk"),
        needs=Count("pk", filter=NEEDS_ME),
        out_of_date=Count("pk", filter=_out_of_date(now)),
    )


def _out_of_date(now: datetime) -> Q:
    return Q(standing=None) | another_date("standing__", now) | has_changed("pk")


def _standing(patient: UUID, now: datetime) -> Standing:
    """A place that nobody reads: it has ended."""
    ended = {"holds_from": now, "holds_until": now}
    return Standing(patient_id=patient, group=0, kind=0, concerns=0, name="", **ended)


def _standing_of(row: Row) -> Standing:
    group, kind, concerns, name, _ = row.order
    zone = row.patient.zone
    return Standing(
        patient=row.patient,
        group=group,
        kind=kind,
        concerns=-concerns,
        name=name,
        holds_from=instant(row.today, time(0), zone),
        holds_until=instant(row.today + DAY, time(0), zone),
    )

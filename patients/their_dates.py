"""The date on which each patient lives at a moment, worked out in Python, as the database needs it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q, QuerySet, Value

from patients.models import Patient
from patients.schedule import local_date

EARLIER_THAN_ANY = date(1900, 1, 1)


def local_dates(patients: QuerySet[Patient], now: datetime) -> dict[str, date]:
    """The local date in each time zone that these patients live in. One query."""
    zones = patients.order_by().values_list("time_zone", flat=True).distinct()
    return {zone: local_date(now, ZoneInfo(zone)) for zone in zones}


def their_date(dates: dict[str, date], *, zone: str) -> models.Case:
    """The patient's date as an expression, ``zone`` being the column of their time zone.

    At any moment at most three different ones.
    """
    whens = [
        models.When(
            Q(**{f"{zone}__in": [name for name, on in dates.items() if on == day]}), then=Value(day)
        )
        for day in sorted(set(dates.values()))
    ]
    return models.Case(*whens, default=Value(EARLIER_THAN_ANY), output_field=models.DateField())

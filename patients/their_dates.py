"""The dates on which patients live at a moment, worked out in Python, as the database needs them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db.models import Case, DateField, Value, When

from accounts.kept_query import AnyOf
from patients.schedule import DAY, local_date

EARLIER_THAN_ANY = date.min


@dataclass(frozen=True)
class TheirDates:
    """The date in UTC, and the zones in which it is the day before or after."""

    today: date
    behind: list[str]
    ahead: list[str]

    TYPES = {
        "today": date,
        "day_before": date,
        "day_after": date,
        "behind": list[str],
        "ahead": list[str],
    }
    """Of the values for a ``KeptQuery`` that needs ``their_date``."""

    @classmethod
    def at(cls, now: datetime, zones: Iterable[str]) -> Self:
        """In the zones that these patients live in."""
        today = now.astimezone(UTC).date()
        dates = {zone: local_date(now, ZoneInfo(zone)) for zone in set(zones)}
        return cls(
            today,
            behind=sorted(zone for zone, on in dates.items() if on < today),
            ahead=sorted(zone for zone, on in dates.items() if on > today),
        )

    @property
    def values(self) -> dict[str, Any]:
        """For a ``KeptQuery``: see ``TYPES``."""
        dates = {"day_before": self.today - DAY, "day_after": self.today + DAY}
        return {"today": self.today, **dates, "behind": self.behind, "ahead": self.ahead}


def their_date(zone: str, *, given: dict[str, Any]) -> Case:
    """The patient's date as an expression, ``zone`` being the column of their time zone.

    ``given`` are the values or places of ``TheirDates.TYPES``.
    """
    return Case(
        When(AnyOf(zone, given["behind"]), then=Value(given["day_before"])),
        When(AnyOf(zone, given["ahead"]), then=Value(given["day_after"])),
        default=Value(given["today"]),
        output_field=DateField(),
    )

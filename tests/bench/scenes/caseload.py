"""Pages of the caseload."""

from datetime import datetime

from django.urls import reverse

from tests.bench import caseloads, year
from tests.bench.scenes import Measured, Request

OF_A_CLINICIAN, VERY_MANY = 200, 10_000
MOST = 4


def measured(*, now: datetime) -> list[Measured]:
    """A caseload as it is, one as large as it gets, and a record with a long history."""
    usual, busy, other = caseloads.gather(OF_A_CLINICIAN, VERY_MANY, 1, today=now.date())
    record = year.lay_out(other, now=now)
    caseload = reverse("caseload:caseload")
    return [
        Measured("caseload of 200", MOST, [Request(usual, caseload)]),
        Measured("caseload of 10,000", MOST, [Request(busy, caseload)]),
        Measured("record", MOST, [Request(other, reverse("caseload:record", args=[record.pk]))]),
    ]

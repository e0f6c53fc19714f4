"""A patient's pages."""

from datetime import datetime

from django.urls import reverse

from tests.bench import crowd
from tests.bench.scenes import Measured, Request


def measured(*, now: datetime) -> list[Measured]:
    """Today of somebody with six exercises."""
    _clinician, patient = next(iter(crowd.gather(1, 5, now=now)))
    return [Measured("today", 2, [Request(patient, reverse("today:today"))])]

"""Pages of the caseload."""

from datetime import datetime

from tests.bench.scenes import Measured


def measured(*, now: datetime) -> list[Measured]:
    return []

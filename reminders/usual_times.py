"""When those are reminded who chose no times. No database."""

from datetime import time

# By the least number of sessions that the day asks for; 3 stands for more, too.
USUAL_TIMES: dict[int, tuple[time, ...]] = {
    1: (time(18, 0),),
    2: (time(8, 30), time(18, 30)),
    3: (time(8, 30), time(13, 0), time(18, 30)),
}


def usual_times(asked_min: int) -> tuple[time, ...]:
    """When a day that asks for so many sessions reminds those who chose no times."""
    return USUAL_TIMES[min(asked_min, max(USUAL_TIMES))]


def ever_usual() -> set[time]:
    """The usual times of every day."""
    return {at for times in USUAL_TIMES.values() for at in times}

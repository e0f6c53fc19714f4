"""The clock of all processes jumps by two hours, forward and back, while reminders go out.

Must hold: nobody is reminded twice within two hours; what is too late expires instead of
leaving in a burst; no slot is planned again after a jump back. A jump forward may leave
one round of each worker in doubt, because its lease is over in mid-air.
"""

from datetime import timedelta

from tests.faults import people
from tests.faults.stage import ALL_HANDS, Stage
from tests.faults.tally import Tally

NAME = "clock jumps by two hours"
PATIENTS = 1000
JUMP = timedelta(hours=2)


def run(stage: Stage) -> tuple[Tally, str]:
    counted = Tally()
    times = 5 if stage.is_long else 1
    for _ in range(times):
        counted += day(stage)
    return counted, f"{times * 4} jumps"


def day(stage: Stage) -> Tally:
    """Two slots for everybody: the morning's, in the middle of which it jumps, and the evening's."""
    stage.begin(PATIENTS, slow=1)
    stage.go(people.MORNING)
    stage.wait_for(PATIENTS // 4)
    stage.jump(people.MORNING - JUMP)
    stage.moment.jump(people.MORNING + people.MINUTE)
    stage.wait_for(PATIENTS // 2)
    stage.moment.jump(people.MORNING + JUMP)
    stage.settle()
    stage.jump(people.MORNING)
    stage.go(people.EVENING)
    stage.settle()
    counted = stage.count(due=2 * PATIENTS, in_flight=3 * ALL_HANDS)
    assert counted.expired, "the clock jumped when all had left"
    return counted

"""Redis is emptied, killed and started again while reminders go out.

Must hold: it only delays. Every row is sent, once, and none is uncertain.
"""

from tests.faults import people
from tests.faults.stage import Stage
from tests.faults.tally import Tally

NAME = "broker emptied and restarted"
PATIENTS, ROUND = 1000, 100


def run(stage: Stage) -> tuple[Tally, str]:
    times = 20 if stage.is_long else 3
    stage.begin(PATIENTS, slow=1)
    stage.go(people.MORNING)
    for number in range(times):
        stage.wait_for(number * ROUND // 2)
        stage.redis.flush()
        stage.wait_for((number + 1) * ROUND // 2)
        stage.redis.crash()
        stage.redis.start()
    stage.settle()
    return stage.count(due=PATIENTS), f"{times} times emptied, {times} times killed"

"""PostgreSQL is shut down at once and started again while reminders go out.

Must hold: nothing is sent twice and nothing lost; a restart leaves no more in doubt than
one round of each worker, and the workers go on by themselves.
"""

from tests.faults import people
from tests.faults.stage import ALL_HANDS, Stage
from tests.faults.tally import Tally

NAME = "database restarted"
PATIENTS, ROUND = 2000, 100  # enough for what each restart leaves claimed by the dead


def run(stage: Stage) -> tuple[Tally, str]:
    times = 12 if stage.is_long else 3
    counted = Tally()
    for _ in range(times // 3 or 1):
        counted += morning(stage)
    return counted, f"{3 * (times // 3)} restarts"


def morning(stage: Stage) -> Tally:
    stage.begin(PATIENTS, slow=1)
    stage.go(people.MORNING)
    for number in range(3):
        stage.wait_for((number + 1) * ROUND)
        stage.restart_postgres()
    stage.settle()
    return stage.count(due=PATIENTS, in_flight=3 * ALL_HANDS)

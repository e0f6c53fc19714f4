"""Two beats and four workers, and very many rows due in the same minute.

Must hold: every row is sent, once; nothing is uncertain, because nobody died.
"""

from tests.faults import people
from tests.faults.stage import Stage
from tests.faults.tally import Tally

NAME = "two beats, four workers"
PATIENTS, FEWER = 10_000, 2_000


def run(stage: Stage) -> tuple[Tally, str]:
    due = PATIENTS if stage.is_long else FEWER
    stage.begin(due)
    stage.go(people.MORNING)
    stage.settle()
    return stage.count(due=due), f"{due:,} rows due in one minute"

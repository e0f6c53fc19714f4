"""Two beats and four workers, and very many rows due in the same minute.

Must hold: every row is sent, once; nothing is uncertain, because nobody died.
"""

from tests.faults import people
from tests.faults.stage import Stage
from tests.faults.tally import Tally

NAME = "two beats, four workers"
PATIENTS = 10_000


def run(stage: Stage) -> tuple[Tally, str]:
    stage.begin(PATIENTS)
    stage.go(people.MORNING)
    stage.settle()
    return stage.count(due=PATIENTS), f"{PATIENTS:,} rows due in one minute"

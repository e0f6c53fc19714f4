"""Workers are killed with SIGKILL at each edge of a message's way.

Must hold: nobody gets a reminder twice and none is lost. What a worker had handed over
and not yet noted as sent when it died may be uncertain, nothing else: at most one round
for each death. All other rows go out by whoever is left, once the lease has run out.
"""

from dataclasses import replace

from outbox.transport import CONNECTIONS
from tests.faults import people
from tests.faults.edges import EDGES
from tests.faults.fleet import WORKERS
from tests.faults.stage import Stage
from tests.faults.tally import Tally

NAME = "workers killed at each edge"
PATIENTS = 1500
AT_EDGES = 50  # deaths of a process that works, spread over the edges
WHOLE = 2  # deaths of a whole worker, wherever it is


def run(stage: Stage) -> tuple[Tally, str]:
    counted, deaths = Tally(), 0
    for _ in range(20 if stage.is_long else 1):
        played, died = play(stage)
        counted, deaths = counted + played, deaths + died
    return counted, f"{deaths} kills"


def play(stage: Stage) -> tuple[Tally, int]:
    """As many mornings as these deaths take; and how many there were."""
    edges = [EDGES[number % len(EDGES)] for number in range(AT_EDGES)]
    stage.chance.shuffle(edges)
    stage.tickets.issue(edges)
    counted = morning(stage, whole=WHOLE)
    while stage.tickets.left:
        counted += morning(stage)
    deaths, in_hand = stage.tickets.deaths, stage.tickets.in_flight + WHOLE * CONNECTIONS
    stage.tickets.collect()
    return replace(counted, in_flight=in_hand), deaths + WHOLE


def morning(stage: Stage, *, whole: int = 0) -> Tally:
    stage.begin(PATIENTS)
    stage.go(people.MORNING)
    for number in range(whole):
        stage.wait_for((number + 1) * 100)
        stage.fleet.kill_worker(stage.chance.randrange(WORKERS))
    stage.settle()
    return stage.count(due=PATIENTS)

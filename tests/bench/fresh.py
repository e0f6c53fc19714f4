"""The first page of a process that has just begun, beside its later ones."""

import signal
import time
from statistics import median
from typing import Any, NamedTuple

from tests.bench.production import Browser, Server
from tests.bench.scenes import Measured
from tests.journeys.stack import wait_until

ROUNDS = 3
LATER = 10
SETTLED = 1  # seconds that the next process has before its first visitor
AT_MOST = 1.5


def measure(server: Server, pages: list[Measured]) -> dict[str, Any]:
    """``server`` has one process: it is replaced by another before each page."""
    read = [page for page in pages if page.requests[0].data is None]
    found = {page.name: described([replaced(server, page) for _ in range(ROUNDS)]) for page in read}
    return {
        "at_most": AT_MOST,
        "met": all(each["times"] <= AT_MOST for each in found.values()),
        "after_a_replacement": found,
    }


class Took(NamedTuple):
    """Seconds: of the clock, and of a processor."""

    first: float
    later: float
    first_processor: float
    later_processor: float


def replaced(server: Server, page: Measured) -> Took:
    """End the process as gunicorn would, and ask the next one."""
    browser = visitor(server, page)
    [worker] = server.workers()
    worker.send_signal(signal.SIGTERM)
    wait_until(lambda: is_replaced(server, worker.pid), "the next process")
    time.sleep(SETTLED)
    used = [server.processor_seconds()]
    first = browser.timed(page.requests[0])
    used.append(server.processor_seconds())
    later = [browser.timed(page.requests[0]) for _ in range(LATER)]
    used.append(server.processor_seconds())
    browser.connection.close()
    return Took(first, median(later), used[1] - used[0], (used[2] - used[1]) / LATER)


def visitor(server: Server, page: Measured) -> Browser:
    """Somebody who has been here before, and has the cookies of that."""
    request = page.requests[0]
    browser = Browser(server.port, request.user)
    browser.timed(request)
    browser.connection.close()
    return browser


def is_replaced(server: Server, former: int) -> bool:
    pids = [one.pid for one in server.workers()]
    return len(pids) == 1 and pids != [former]


def described(rounds: list[Took]) -> dict[str, float]:
    first, later, first_processor, later_processor = map(median, zip(*rounds, strict=True))
    return {
        "first_ms": round(first * 1000, 1),
        "later_p50_ms": round(later * 1000, 1),
        "times": round(first / later, 2),
        "times_by_processor_time": round(first_processor / later_processor, 2),
    }

"""The first page of a process that has just begun, beside its later ones."""

import signal
import time
from statistics import median
from typing import Any

from tests.bench.production import Browser, Server
from tests.bench.scenes import Measured
from tests.journeys.stack import wait_until

ROUNDS = 3
LATER = 10
SETTLED = 0.5  # seconds that the next process has before its first visitor
AT_MOST = 1.5


def measure(server: Server, pages: list[Measured]) -> dict[str, Any]:
    """``server`` has one process: it is replaced by another before each page."""
    read = [page for page in pages if page.requests[0].data is None]
    replaced = {
        page.name: [after_replacement(server, page) for _ in range(ROUNDS)] for page in read
    }
    times = {
        name: median(first / later for first, later in took) for name, took in replaced.items()
    }
    return {
        "at_most": AT_MOST,
        "met": max(times.values()) <= AT_MOST,
        "after_a_replacement": {
            name: described(*(median(each) for each in zip(*took, strict=True)))
            for name, took in replaced.items()
        },
    }


def after_replacement(server: Server, page: Measured) -> tuple[float, float]:
    browser = visitor(server, page)
    [worker] = server.workers()
    worker.send_signal(signal.SIGTERM)
    wait_until(lambda: is_replaced(server, worker.pid), "the next process")
    time.sleep(SETTLED)
    return first_and_later(browser, page)


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


def first_and_later(browser: Browser, page: Measured) -> tuple[float, float]:
    """Seconds of the first answer, and of half of the later ones at most."""
    first, *later = [browser.timed(page.requests[0]) for _ in range(1 + LATER)]
    browser.connection.close()
    return first, median(later)


def described(first: float, later: float) -> dict[str, float]:
    return {
        "first_ms": round(first * 1000, 1),
        "later_p50_ms": round(later * 1000, 1),
        "times": round(first / later, 2),
    }

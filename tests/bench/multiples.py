"""What each page costs, as a multiple of an empty one of the same person on the same server.

Page and empty page are asked in turn, so that both meet the same machine: by one person, and by
eight at once. The scenes in ``tests.bench.scenes`` say which pages, and the most of each.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from importlib import import_module
from itertools import cycle, islice
from statistics import median
from typing import Any

from accounts.models import User
from tests.bench.production import Browser, Server
from tests.bench.scenes import Measured, Request
from tests.bench.urls import EMPTY_PAGE

SCENES = ("patient", "caseload", "library")
ROUNDS = 3
PAIRS = 20  # in a round, of one person
PEOPLE, EACH = 8, 8  # at once, in a round; requests of each
WARM_UP = 5


def scenes(names: Sequence[str] = SCENES, *, now: datetime) -> list[Measured]:
    """Make the rows; the pages of all scenes."""
    modules = [import_module(f"tests.bench.scenes.{name}") for name in names]
    return [page for module in modules for page in module.measured(now=now)]


def measure(server: Server, pages: list[Measured]) -> dict[str, Any]:
    """For each page the two multiples, and whether both are within the floor."""
    return {page.name: Page(server, page).measure() for page in pages}


class Page:
    """One page, and the empty one of whoever asks for it."""

    def __init__(self, server: Server, page: Measured) -> None:
        self.server = server
        self.page = page
        self.browsers: list[dict[Any, Browser]] = [{} for _ in range(PEOPLE)]
        # What is sent is sent once: rounds are shorter where there is too little of it.
        wanted = WARM_UP + ROUNDS * (PAIRS + PEOPLE * EACH)
        is_sent = page.requests[0].data is not None
        self.share = min(1, len(page.requests) / wanted) if is_sent else 1
        self.requests: Iterator[Request] = cycle(page.requests)

    def measure(self) -> dict[str, Any]:
        for _ in range(max(2, int(WARM_UP * self.share))):
            self.pair()
        alone = [self.by_one() for _ in range(ROUNDS)]
        crowded, computed = zip(*(self.by_many() for _ in range(ROUNDS)), strict=True)
        times = {"one": multiple(alone), "eight": multiple(crowded)}
        return {
            "at_most": self.page.most,
            "met": max(times.values()) <= self.page.most,
            "times_an_empty_page": times,
            "times_by_processor_time": multiple(computed),
            "of_one": {
                "empty_p50_ms": round(median(empty for empty, _ in alone) * 1000, 1),
                "p50_ms": round(median(own for _, own in alone) * 1000, 1),
            },
            "of_eight": {
                "empty_a_second": round(1 / median(empty for empty, _ in crowded), 1),
                "a_second": round(1 / median(own for _, own in crowded), 1),
            },
        }

    def pair(self, person: int = 0) -> tuple[float, float]:
        request = next(self.requests)
        browser = self.browser(person, request.user)
        return browser.timed(Request(request.user, EMPTY_PAGE)), browser.timed(request)

    def by_one(self) -> tuple[float, float]:
        """Seconds of half of the empty pages at most, and of half of the pages."""
        pairs = [self.pair() for _ in range(max(2, int(PAIRS * self.share)))]
        return median(empty for empty, _ in pairs), median(own for _, own in pairs)

    def by_many(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """All people at once: seconds for each empty page and each page; of a processor as well."""
        size = PEOPLE * max(1, int(EACH * self.share))
        own = list(islice(self.requests, size))
        empty = [Request(request.user, EMPTY_PAGE) for request in own]
        (empty_took, empty_used), (took, used) = self.at_once(empty), self.at_once(own)
        return (empty_took, took), (empty_used, used)

    def at_once(self, requests: list[Request]) -> tuple[float, float]:
        shares = [
            [(self.browser(person, one.user), one) for one in requests[person::PEOPLE]]
            for person in range(PEOPLE)
        ]

        def ask(share: list[tuple[Browser, Request]]) -> None:
            for browser, request in share:
                browser.timed(request)

        before, used = time.perf_counter(), self.server.processor_seconds()
        with ThreadPoolExecutor(PEOPLE) as people:
            list(people.map(ask, shares))
        took, used = time.perf_counter() - before, self.server.processor_seconds() - used
        return took / len(requests), used / len(requests)

    def browser(self, person: int, user: User) -> Browser:
        """Of this account, in the hands of one of the people."""
        browsers = self.browsers[person]
        if user.pk not in browsers:
            browsers[user.pk] = Browser(self.server.port, user)
        return browsers[user.pk]


def multiple(rounds: Iterable[tuple[float, float]]) -> float:
    return round(median(own / empty for empty, own in rounds), 2)

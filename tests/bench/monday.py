"""Monday at eight: a thousand patients and thirty clinicians within three minutes.

Each patient opens Today, ticks a session off, says how it felt and looks at their progress. Each
clinician opens the caseload and three records. They arrive at random, and think for some seconds
between two pages; the seed is always the same. What asks runs beside the server, on its cores.
"""

import gzip
import heapq
import http.client
import random
import re
import threading
import time
from collections import defaultdict
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from statistics import quantiles
from typing import Any
from uuid import UUID

from django.urls import resolve, reverse

from accounts.models import User
from patients.models import Patient
from tests.bench import crowd
from tests.bench.production import Browser, Server
from tests.bench.scenes import Request
from tests.factories import MembershipFactory

CLINICS, PATIENTS_EACH, CLINICIANS_EACH = 10, 100, 3
RECORDS = 3
SECONDS = 180
PATIENCE = 300  # seconds; whoever is still there is an error
THINKING = (2, 8)  # seconds between two pages of one person
LONGEST = 40  # seconds of a visit, so that the last ones end within the three minutes
WARM_UP = 8  # people of each side
PEOPLE_AT_ONCE = 24  # threads that ask
MOST_P95_S = 1.0
FLAT = 1.1  # times the memory before, once warmed up
FORM = re.compile(r'<form[^>]*action="([^"]+/session/)".*?</form>', re.DOTALL)
GZIPPED = b"\x1f\x8b"
FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')

# A visit is told each answer's page and address, and says what it does next.
Visit = Generator[Request, tuple[str, str]]


class Failed(Exception):
    """A page is not what the person came for."""


def gather(*, now: datetime) -> list[tuple[User, Visit]]:
    """Everybody, and what they come for."""
    visits: list[tuple[User, Visit]] = []
    for clinician, _patient in crowd.gather(CLINICS, PATIENTS_EACH, now=now):
        clinic = clinician.clinics_as_staff().get()
        colleagues = [crowd.save(crowd.person()) for _ in range(CLINICIANS_EACH - 1)]
        for colleague in colleagues:
            MembershipFactory(user=colleague, clinic=clinic)
        records = list(Patient.objects.visible_to(clinician).values_list("pk", flat=True))
        visits += [(one, of_a_clinician(one, records)) for one in (clinician, *colleagues)]
    patients = User.objects.filter(patient_records__isnull=False)
    return [*visits, *((one, of_a_patient(one)) for one in patients)]


def of_a_patient(user: User) -> Visit:
    page, _ = yield Request(user, reverse("today:today"))
    form = FORM.search(page)
    if form is None:
        raise Failed("Today offers no session to tick off")
    _, felt = yield Request(user, form[1], dict(FIELD.findall(form[0])))
    yield Request(user, felt)
    yield Request(user, felt, {"pain_after": "2", "effort": "", "note": ""})
    yield Request(user, reverse("today:progress"))


def of_a_clinician(user: User, records: list[UUID]) -> Visit:
    yield Request(user, reverse("caseload:caseload"))
    for key in records[:RECORDS]:
        yield Request(user, reverse("caseload:record", args=[key]))


@dataclass(order=True)
class Step:
    """What somebody does next, and when (seconds after eight)."""

    at: float
    number: int
    browser: Browser = field(compare=False)
    visit: Visit = field(compare=False)
    answer: tuple[str, str] | None = field(default=None, compare=False)

    def take(self) -> str:
        """Ask for the page, keep its answer, and name it. Raises StopIteration once the visit is over."""
        request = next(self.visit) if self.answer is None else self.visit.send(self.answer)
        status, body = self.browser.ask(request)
        self.browser.connection.close()
        if status not in (200, 302):
            raise Failed(f"{status} from {request.path}")
        self.answer = page_of(body), self.browser.location
        return name_of(request)


class Morning:
    """All visits, in the order in which their next steps are due; each thread takes one at a time."""

    def __init__(self, port: int, visits: list[tuple[User, Visit]]) -> None:
        self.chance = random.Random(8)
        self.lock = threading.Lock()
        self.left = len(visits)
        self.took: dict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []
        arrivals = [self.chance.uniform(0, SECONDS - LONGEST) for _ in visits]
        self.due = [
            Step(at, number, Browser(port, user), visit)
            for number, (at, (user, visit)) in enumerate(zip(arrivals, visits, strict=True))
        ]
        heapq.heapify(self.due)

    def pass_by(self) -> float:
        """Let everybody come; seconds until the last one has left."""
        self.began = time.perf_counter()
        with ThreadPoolExecutor(PEOPLE_AT_ONCE) as threads:
            list(threads.map(lambda _: self.take_steps(), range(PEOPLE_AT_ONCE)))
        self.errors += ["still here"] * self.left
        return self.now()

    def now(self) -> float:
        return time.perf_counter() - self.began

    def take_steps(self) -> None:
        while self.left and self.now() < PATIENCE:
            if step := self.next_due():
                self.take(step)
            else:
                time.sleep(0.02)

    def next_due(self) -> Step | None:
        with self.lock:
            return heapq.heappop(self.due) if self.due and self.due[0].at <= self.now() else None

    def take(self, step: Step) -> None:
        """Its time is counted from when it was due: waiting for a thread is waiting too."""
        try:
            name = step.take()
        except StopIteration:
            self.leave()
        except (Failed, OSError, http.client.HTTPException) as found:
            self.leave(f"{type(found).__name__}: {found}")
        else:
            with self.lock:
                self.took[name].append(self.now() - step.at)
                step.at = self.now() + self.chance.uniform(*THINKING)
                heapq.heappush(self.due, step)

    def leave(self, *errors: str) -> None:
        with self.lock:
            self.errors += errors
            self.left -= 1


def name_of(request: Request) -> str:
    method = "GET" if request.data is None else "POST"
    return f"{method} {resolve(request.path.split('?')[0]).view_name}"


def page_of(body: bytes) -> str:
    return (gzip.decompress(body) if body.startswith(GZIPPED) else body).decode()


def spread(took: list[float]) -> dict[str, float]:
    cuts = quantiles(took, n=20)
    return {"pages": len(took), "p50_s": round(cuts[9], 3), "p95_s": round(cuts[18], 3)}


def warm_up(server: Server, visits: list[tuple[User, Visit]]) -> None:
    """Some pages of both sides, so that each process has gone through them once."""
    for users, page in (
        (visits[:WARM_UP], "caseload:caseload"),
        (visits[-WARM_UP:], "today:today"),
    ):
        for user, _visit in users:
            Browser(server.port, user).ask(Request(user, reverse(page)))


def measure(server: Server, visits: list[tuple[User, Visit]]) -> dict[str, Any]:
    """Errors, pages a second, how long they took, and what the server's processes hold."""
    morning = Morning(server.port, visits)
    warm_up(server, visits)
    before, used = server.megabytes(), time.process_time()
    seconds = morning.pass_by()
    used, after = time.process_time() - used, server.megabytes()
    took = [seconds for each in morning.took.values() for seconds in each]
    cuts = quantiles(took, n=20)
    return {
        "people": len(visits),
        "seconds": round(seconds, 1),
        "pages": len(took),
        "pages_a_second": round(len(took) / seconds, 1),
        "p50_s": round(cuts[9], 3),
        "p95_s": round(cuts[18], 3),
        "by_page": {name: spread(each) for name, each in sorted(morning.took.items())},
        "errors": len(morning.errors),
        "first_errors": morning.errors[:5],
        "web_processes_mb": {"before": before, "after": after},
        "processor_time_of_who_asks_s": round(used, 1),
        "met": not morning.errors
        and cuts[18] <= MOST_P95_S
        and seconds <= SECONDS
        and after <= before * FLAT,
    }

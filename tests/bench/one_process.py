"""Quick look: each page in this process, as a multiple of the same person's empty page.

    python -m tests.bench.one_process patient caseload    # modules of tests.bench.scenes
    PROFILE=today python -m tests.bench.one_process patient    # SORT=tottime, QUERIES=1, ROUNDS=30

Beside ``make bench PART=pages`` it tells processor time, queries, bytes and elements, and where
the time goes. On a busy machine trust the multiple of processor time.
"""

import cProfile
import gc
import io
import os
import pstats
import re
import sys
import time
from functools import cache
from statistics import median
from typing import Any
from urllib.parse import urlencode

ROUNDS = int(os.environ.get("ROUNDS", "30"))
WARM_UP = 3
PROFILED = 10
ELEMENT = re.compile(rb"<[a-z]")
TOKEN = "0" * 32
FORM = "application/x-www-form-urlencoded"
HEAD = ("page", "empty", "ms", "×", "cpu ms", "× cpu", "most", "queries", "bytes", "nodes")
LINE = "{:30}" + "{:>8}" * 9


def main(names: list[str]) -> None:
    from tests.bench.__main__ import filled_here

    with filled_here(LOG_LEVEL="CRITICAL"):
        from django.conf import settings
        from django.contrib.staticfiles.storage import staticfiles_storage

        settings.ROOT_URLCONF = "tests.bench.urls"
        # As in production. In development each address is stamped by a look at the file.
        staticfiles_storage.url = cache(staticfiles_storage.url)
        look(names)


def look(names: list[str]) -> None:
    import clock
    from tests import owner
    from tests.bench import multiples

    pages = multiples.scenes(names, now=clock.now())
    owner.execute("VACUUM ANALYZE")
    wanted = os.environ.get("PROFILE")
    print(LINE.format(*HEAD))
    for page in pages:
        if wanted in (None, page.name):
            print(LINE.format(page.name, *row(page)), flush=True)
        if wanted == page.name:
            profile(page)


def row(page: Any) -> tuple[object, ...]:
    """What is said of a page, in the order of HEAD."""
    from tests.bench.scenes import Request
    from tests.bench.urls import EMPTY_PAGE

    took: dict[str, list[tuple[float, float]]] = {"empty": [], "own": []}
    for number in range(ROUNDS + WARM_UP):
        request = asked(page, number)
        took["empty"].append(ask(Request(request.user, EMPTY_PAGE)))
        took["own"].append(ask(request))
    (empty, empty_cpu), (own, own_cpu) = (
        map(median, zip(*each[WARM_UP:], strict=True)) for each in took.values()
    )
    queries, body = count(asked(page, ROUNDS + WARM_UP))
    times = [f"{empty:.1f}", f"{own:.1f}", f"{own / empty:.1f}"]
    of_cpu = [f"{own_cpu:.1f}", f"{own_cpu / empty_cpu:.1f}"]
    return (*times, *of_cpu, page.most, queries, len(body), len(ELEMENT.findall(body)))


def asked(page: Any, number: int) -> Any:
    return page.requests[number % len(page.requests)]


def profile(page: Any) -> None:
    with cProfile.Profile() as profile:
        for number in range(PROFILED):
            answer(asked(page, ROUNDS + WARM_UP + 1 + number))
    pstats.Stats(profile).sort_stats(os.environ.get("SORT", "cumulative")).print_stats(
        int(os.environ.get("LINES", "70"))
    )


def count(request: Any) -> tuple[int, bytes]:
    """Queries, and the page before it is compressed."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        body = answer(request, encoding="")
    if os.environ.get("QUERIES"):
        for query in caught.captured_queries:
            print(query["time"], query["sql"][:300])
    return len(caught), body


def ask(request: Any) -> tuple[float, float]:
    """Milliseconds of the clock, and of a processor."""
    gc.collect(0)
    wall, processor = time.perf_counter(), time.process_time()
    answer(request)
    return (time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000


cookies: dict[Any, str] = {}


def answer(request: Any, *, encoding: str = "gzip") -> bytes:
    """What the application answers, asked as a WSGI server does."""
    from config.wsgi import django_application
    from tests.bench.production import signed_in

    if request.user.pk not in cookies:
        cookies[request.user.pk] = f"sessionid={signed_in(request.user)}; csrftoken={TOKEN}"
    path, _, query = request.path.partition("?")
    body = urlencode(request.data or {}, doseq=True).encode()
    environ = {
        "REQUEST_METHOD": "GET" if request.data is None else "POST",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": FORM,
        "HTTP_COOKIE": cookies[request.user.pk],
        "HTTP_X_CSRFTOKEN": TOKEN,
        "HTTP_ACCEPT_ENCODING": encoding,
        **request.headers,
    }
    said: list[str] = []
    response = django_application(environ, lambda status, _headers: said.append(status))
    content = b"".join(response)
    response.close()
    assert said[0][:3] in ("200", "204", "302", "303"), (said, request.path)
    return content


if __name__ == "__main__":
    main(sys.argv[1:])

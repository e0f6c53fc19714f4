"""Quick look: each page in this process, as a multiple of the same person's empty page.

    python -m tests.bench.one_process patient caseload    # modules of tests.bench.scenes
    PROFILE=today python -m tests.bench.one_process patient
"""

import cProfile
import gc
import importlib
import io
import os
import pstats
import re
import sys
import time
from statistics import median
from urllib.parse import urlencode

import django
from django.core.management import call_command

from tests.owner import own_database

ROUNDS = int(os.environ.get("ROUNDS", "30"))
NODE = re.compile(rb"<[a-z]")


def main(names: list[str]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
    os.environ["LOG_LEVEL"] = "CRITICAL"
    with own_database("look") as addresses:
        os.environ |= addresses
        django.setup()
        call_command("migrate", verbosity=0)
        from django.conf import settings

        settings.ROOT_URLCONF = "tests.bench.urls"
        settings.DEBUG = False
        look(names)


def look(names: list[str]) -> None:
    import clock
    from tests import owner
    from tests.bench.scenes import Request

    pages = []
    for name in names:
        pages += importlib.import_module(f"tests.bench.scenes.{name}").measured(now=clock.now())
    owner.execute("VACUUM ANALYZE")
    wanted = os.environ.get("PROFILE")
    print(f"{'page':28}{'empty':>8}{'ms':>8}{'×':>6}{'cpu ms':>8}{'× cpu':>7}{'most':>6}{'queries':>9}{'bytes':>9}{'nodes':>7}")
    for page in pages:
        if wanted and page.name != wanted:
            continue
        took = {"empty": [], "page": []}
        for n in range(ROUNDS + 3):
            request = page.requests[n % len(page.requests)]
            took["empty"].append(ask(Request(request.user, "/empty/")))
            took["page"].append(ask(request))
        empty, own = (
            [median(x[i] for x in took[kind][3:]) for i in (0, 1)] for kind in ("empty", "page")
        )
        request = page.requests[(ROUNDS + 3) % len(page.requests)]
        queries, body = count(request)
        print(f"{page.name:28}{empty[0]:8.1f}{own[0]:8.1f}{own[0] / empty[0]:6.1f}{own[1]:8.1f}{own[1] / empty[1]:7.1f}{page.most:6}{queries:9}{len(body):9}{len(NODE.findall(body)):7}", flush=True)
        if wanted:
            profile = cProfile.Profile()
            for n in range(10):
                profile.enable()
                ask(page.requests[(ROUNDS + 4 + n) % len(page.requests)])
                profile.disable()
            pstats.Stats(profile).sort_stats(os.environ.get("SORT", "cumulative")).print_stats(70)


def count(request) -> tuple[int, bytes]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        body = answer(request, gzip=False)
    if os.environ.get("QUERIES"):
        for query in caught.captured_queries:
            print(query["time"], query["sql"][:300])
    return len(caught), body


def ask(request) -> tuple[float, float]:
    gc.collect(0)
    wall, cpu = time.perf_counter(), time.process_time()
    answer(request)
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


_cookies: dict = {}
_handler: list = []


def answer(request, *, gzip: bool = True) -> bytes:
    from django.core.wsgi import get_wsgi_application
    from django.middleware.csrf import _get_new_csrf_string

    from tests.bench.pages import signed_in

    if not _handler:
        _handler.append(get_wsgi_application())
    if request.user.pk not in _cookies:
        _cookies[request.user.pk] = signed_in(request.user)["Cookie"]
    token = _get_new_csrf_string()
    path, _, query = request.path.partition("?")
    body = urlencode(request.data or {}, doseq=True).encode()
    environ = {
        "REQUEST_METHOD": "POST" if request.data is not None else "GET",
        "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "HTTP_HOST": "localhost:8000",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr,
        "wsgi.version": (1, 0), "REMOTE_ADDR": "127.0.0.1", "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "HTTP_COOKIE": f"{_cookies[request.user.pk]}; csrftoken={token}",
        "HTTP_X_CSRFTOKEN": token, "HTTP_ACCEPT_ENCODING": "gzip" if gzip else "",
    } | request.headers
    said = []
    response = _handler[0](environ, lambda status, headers: said.append(status))
    content = b"".join(response)
    response.close()
    assert said[0][:3] in ("200", "302", "303"), (said, request.path)
    return content


main(sys.argv[1:])

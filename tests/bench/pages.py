"""How long the web server takes for a page, over HTTP, one request after another."""

import http.client
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import quantiles

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from accounts.models import User
from tests.config.compose import ROOT
from tests.journeys.stack import wait_until

WARM_UP, ROUNDS = 10, 100


@contextmanager
def web(port: int) -> Iterator[None]:
    """The web server as the Procfile starts it."""
    environment = os.environ | {"WEB_BIND": f"127.0.0.1:{port}"}
    command = ["gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_until(lambda: answers(port), "the web server")
        yield
    finally:
        process.terminate()
        process.wait(30)


def answers(port: int) -> bool:
    try:
        return status(http.client.HTTPConnection("127.0.0.1", port), "/healthz", {}) == 200
    except OSError:
        return False


def signed_in(user: User) -> dict[str, str]:
    """The headers of a browser in which this person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}",
        "Accept-Encoding": "gzip",
    }


def measure(port: int, path: str, user: User) -> dict[str, float]:
    """Milliseconds: the median, and what 19 of 20 requests stay under."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = signed_in(user)
    for _ in range(WARM_UP):
        assert status(connection, path, headers) == 200, path
    took = sorted(timed(connection, path, headers) for _ in range(ROUNDS))
    cuts = quantiles(took, n=20)
    return {"p50_ms": round(cuts[9] * 1000, 1), "p95_ms": round(cuts[18] * 1000, 1)}


def timed(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> float:
    before = time.perf_counter()
    status(connection, path, headers)
    return time.perf_counter() - before


def status(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> int:
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    response.read()
    return response.status

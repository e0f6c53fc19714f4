"""The web server as a deployment has it, built assets included, and browsers that ask it."""

import http.client
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from accounts.models import User
from tests.bench.scenes import Request
from tests.config.installation import Installation
from tests.journeys.stack import wait_until

HOST = "localhost"
SESSION, TOKEN = "__Host-sessionid", "__Host-csrftoken"  # config/settings/prod.py
SECRET = "0" * 32  # of a form's token; it is in cookie and form alike
FORM = "application/x-www-form-urlencoded"


class Server:
    """The master process, and those it has forked."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port = port
        self.process = process

    def workers(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()

    def processor_seconds(self) -> float:
        """What its workers have computed so far: a busy machine makes answers late, not this long."""
        return sum(sum(one.cpu_times()[:2]) for one in self.workers())

    def megabytes(self) -> float:
        """What its processes hold together; what they share is counted once."""
        every = [psutil.Process(self.process.pid), *self.workers()]
        return round(sum(one.memory_full_info().pss for one in every) / 1e6, 1)


@contextmanager
def web(database: dict[str, str], *, processes: int | None = None) -> Iterator[Server]:
    """gunicorn with production settings, beside a database that this process has filled."""
    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(Path(folder), database)
        installation.environment |= {
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "SECRET_KEY": settings.SECRET_KEY,  # which signs the sessions made here
            "SITE_URL": f"https://{HOST}",
            "ALLOWED_HOSTS": HOST,
            "LOG_LEVEL": "ERROR",
            **({"WEB_CONCURRENCY": str(processes)} if processes else {}),
        }
        done = installation.run([sys.executable, "manage.py", "collectstatic", "--noinput"])
        assert done.returncode == 0, done.stderr
        installation.start("web")
        try:
            wait_until(lambda: installation.answer("/healthz") == 200, "the web server")
            yield Server(installation.port, installation.processes["web"])
        finally:
            installation.stop()


def signed_in(user: User) -> str:
    """The key of a session of this person's."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


class Browser:
    """Somebody's browser behind the proxy; it keeps its connection, and the cookies it is given."""

    def __init__(self, port: int, user: User) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = {SESSION: signed_in(user), TOKEN: SECRET}

    def ask(self, request: Request) -> tuple[int, bytes]:
        """Status and body. One that is refused on a connection that was closed is sent again."""
        try:
            return self._ask(request)
        except (http.client.RemoteDisconnected, ConnectionResetError):
            self.connection.close()
            return self._ask(request)

    def timed(self, request: Request) -> float:
        """Seconds."""
        before = time.perf_counter()
        status, _body = self.ask(request)
        took = time.perf_counter() - before
        assert status < 400, (status, request.path)
        return took

    def _ask(self, request: Request) -> tuple[int, bytes]:
        method = "GET" if request.data is None else "POST"
        body = None if request.data is None else urlencode(request.data, doseq=True)
        self.connection.request(method, request.path, body, self._headers(request))
        answer = self.connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.location = answer.headers.get("Location", "")
        return answer.status, answer.read()

    def _headers(self, request: Request) -> dict[str, Any]:
        special = {
            name.removeprefix("HTTP_").replace("_", "-"): value
            for name, value in request.headers.items()
        }
        form = {"Content-Type": FORM, "X-CSRFToken": SECRET, "Origin": f"https://{HOST}"}
        return {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "127.0.0.1",
            "Accept-Encoding": "gzip",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **(form if request.data is not None else {}),
            **special,
        }

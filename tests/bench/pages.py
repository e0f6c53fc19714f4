"""The web server with the settings of this process."""

import http.client
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.config.compose import ROOT
from tests.journeys.stack import wait_until


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


def status(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> int:
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    response.read()
    return response.status

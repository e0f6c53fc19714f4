"""A deployment on this machine: the compose services' own commands, with production settings."""

import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import Request, urlopen

from tests.config.compose import ROOT, SERVICES, example, filled
from tests.journeys.stack import free_port
from tests.owner import own_database

BROKER_DATABASE, CACHE_DATABASE = 12, 13


class Installation:
    """A deployment in a folder of its own, with a database of its own."""

    def __init__(self, folder: Path, database: dict[str, str]) -> None:
        self.database = database
        self.folder = folder
        self.port = free_port()
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        own = {"DJANGO_SETTINGS_MODULE", "DEBUG", "DEMO", "CLOCK_OFFSET"}
        inherited = {name: value for name, value in os.environ.items() if name not in own}
        self.environment = inherited | example() | self.addresses()

    def addresses(self) -> dict[str, str]:
        """What an operator fills in, and what the image sets, for this machine."""
        broker = urlsplit(os.environ["REDIS_URL"])
        return {
            "DJANGO_SETTINGS_MODULE": "config.settings.prod",
            "SECRET_KEY": secrets.token_urlsafe(50),
            **self.database,
            "REDIS_URL": urlunsplit(broker._replace(path=f"/{BROKER_DATABASE}")),
            "CACHE_URL": urlunsplit(broker._replace(path=f"/{CACHE_DATABASE}")),
            "DATA_DIR": str(self.folder),
            "WEB_BIND": f"127.0.0.1:{self.port}",
            "HOSTNAME": socket.gethostname(),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "PYTHONWARNINGS": "",
        }

    def command(self, service: str) -> list[str]:
        return [filled(word, self.environment) for word in SERVICES[service]["command"]]

    def run(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )

    def start(self, service: str) -> None:
        with self.log(service).open("wb") as log:
            self.processes[service] = subprocess.Popen(
                self.command(service), cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )

    def log(self, service: str) -> Path:
        return self.folder / f"{service}.log"

    def answer(self, path: str) -> int:
        """The status of a page as a browser behind the HTTPS proxy gets it; 0 without one."""
        host = self.environment["ALLOWED_HOSTS"]
        headers = {"Host": host, "X-Forwarded-Proto": "https"}
        request = Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urlopen(request, timeout=10) as response:
                return response.status
        except HTTPError as error:
            return error.code
        except (URLError, OSError):
            return 0

    def healthy(self, service: str) -> bool:
        """The service's own health check, its port being ours."""
        kind, *words = SERVICES[service]["healthcheck"]["test"]
        words = [filled(word, self.environment) for word in words]
        words = [word.replace("127.0.0.1:8000", f"127.0.0.1:{self.port}") for word in words]
        return self.run(["sh", "-c", *words] if kind == "CMD-SHELL" else words).returncode == 0

    def stop(self) -> dict[str, int]:
        """End everything as ``docker stop`` would; each one's exit code."""
        for process in self.processes.values():
            process.terminate()
        codes = {name: process.wait(60) for name, process in self.processes.items()}
        self.processes = {}
        return codes


@contextmanager
def installed(folder: Path) -> Iterator[Installation]:
    """An installation with a database of its own; everything ends with the block."""
    with own_database("installation") as database:
        installation = Installation(folder, database)
        try:
            yield installation
        finally:
            installation.stop()

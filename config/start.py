"""What `make run` does once its servers answer: prepare the data, start everything, say where.

It expects DATABASE_URL, MIGRATE_DATABASE_URL, REDIS_URL and DATA_DIR in the environment,
as ``config.servers`` sets them.
"""

import io
import math
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from config.servers import broker, processes

SIGN_INS = """
  Physiotherapist  physio@demo.example
  Clinic lead      lead@demo.example
  Patient          patient@demo.example
  Password         stretch-twice-daily
"""
GLANCE = 0.05  # seconds between two looks
FIRST_TICK = 30  # seconds for the worker to come up: without it, pages answer all the same


def main() -> int:
    port = int(os.environ.get("PORT") or 8000)
    if is_taken(port):
        print(f"Port {port} is in use. Choose another: make run PORT={port + 1}", file=sys.stderr)
        return 1
    os.environ.update(environment(port, Path(os.environ["DATA_DIR"])))
    processes.end_on(signal.SIGTERM, signal.SIGHUP)
    prepare()
    everything = start_everything()
    site = f"http://127.0.0.1:{port}"
    if wait_for(everything, f"{site}/healthz"):
        wait_for(everything, f"{site}/readyz", patience=FIRST_TICK)
        announce(os.environ["SITE_URL"])
    return wait_for_the_end(everything)


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def environment(port: int, data_dir: Path) -> dict[str, str]:
    """What every process of this run shares."""
    mail_port = broker.free_port()
    return {
        "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "SECRET_KEY": secret_key(data_dir / "secret-key"),
        "SITE_URL": os.environ.get("SITE_URL") or f"http://localhost:{port}",
        "WEB_BIND": f"127.0.0.1:{port}",
        "WEB_CONCURRENCY": os.environ.get("WEB_CONCURRENCY", "1"),
        "MAIL_PORT": str(mail_port),
        "EMAIL_URL": os.environ.get("EMAIL_URL") or f"smtp://127.0.0.1:{mail_port}",
        # Someone who starts a demo as root has heard it from Celery often enough.
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }


def secret_key(path: Path) -> str:
    """This folder's own key, made once: sign-ins outlive a restart."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def prepare() -> None:
    """Migrate, and load the library and the demo clinic; each changes nothing the next time."""
    import django
    from django.core.management import CommandError, call_command

    django.setup()
    for command in ("migrate", "load_library", "load_demo"):
        try:
            call_command(command, verbosity=0, stdout=io.StringIO())
        except CommandError as error:
            sys.exit(f"{command}: {error}")


def start_everything() -> subprocess.Popen[bytes]:
    """Web, letters, worker, beat and mail, as the Procfile has them; none is the tables' owner."""
    os.environ.pop("MIGRATE_DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, "-m", "honcho", "start", "--no-colour"],
        preexec_fn=processes.ends_with_parent(signal.SIGTERM),
    )


def wait_for(
    everything: subprocess.Popen[bytes], probe: str, *, patience: float = math.inf
) -> bool:
    """Whether the probe said that all is well, in so many seconds and before everything ended."""
    until = time.monotonic() + patience
    while everything.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(probe, timeout=5):  # noqa: S310  our own address
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(GLANCE)
    return False


def announce(site: str) -> None:
    print(f"\nHomestretch is ready at  {site}/\n\n{SIGN_INS.strip(chr(10))}\n")
    print(f"Its mail can be read at {site}/demo/mail/\nCtrl-C stops everything.\n", flush=True)


def wait_for_the_end(everything: subprocess.Popen[bytes]) -> int:
    """Give honcho's exit code; 0 if we were asked to stop, for then nothing went wrong."""
    asked = []

    def hand_on(number: int, frame: object) -> None:
        asked.append(number)
        everything.terminate()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, hand_on)
    code = everything.wait()
    return 0 if asked else code or 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)

"""What a patient's phone has to do, with production settings, assets and proxy.

Lighthouse on four pages, as on a slow phone with a slow network; a led session on a processor
slowed down to a quarter; and the same session in a tab that is hidden for five minutes.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser import ARGUMENTS, chromium
from tests.config.compose import ROOT
from tests.config.edge import Caddy
from tests.config.installation import Installation, installed
from tests.journeys.stack import wait_until

SCRIPTS = ROOT / "tests/bench/lighthouse"
ROUNDS = 5  # of Lighthouse, a page
PATIENT = "patient@demo.example"
# The demo clinic is in no deployment: it is filled with the settings of a demo.
DEMO = {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "DEMO": "1"}
WHERE = f"""
import json, django
django.setup()
from django.urls import reverse
import clock
from demo.people import PASSWORD
from patients.models import Day
from patients.schedule import local_date
from programmes.models import Item
days = Day.objects.filter(assignment__patient__user__email={PATIENT!r})
day = next(d for d in days if d.on == local_date(clock.now(), d.assignment.patient.zone))
item = Item.objects.filter(programme=day.programme_id).earliest("position")
pages = {{
    "today": reverse("today:today"),
    "session": reverse("today:session", args=[day.pk, day.programme_id]),
    "exercise": reverse("today:item", args=[item.pk]),
    "progress": reverse("today:progress"),
}}
print(json.dumps({{"email": {PATIENT!r}, "password": PASSWORD, "pages": pages}}))
"""


def measure() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, site(Path(folder)) as (caddy, facts):
        asked = {
            "site": f"https://localhost:{caddy.port}",
            **facts,
            "chromium": str(chromium()),
            "args": ARGUMENTS,
            "rounds": ROUNDS,
        }
        return {"pages": run("pages.mjs", asked)}


def run(script: str, asked: dict[str, Any]) -> dict[str, Any]:
    done = subprocess.run(
        ["node", script],
        cwd=SCRIPTS,
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@contextmanager
def site(folder: Path) -> Iterator[tuple[Caddy, dict[str, Any]]]:
    """The demo clinic as a deployment would serve it, and how to get in."""
    with installed(folder) as installation:
        installation.environment |= {
            "SITE_URL": "https://localhost",
            "ALLOWED_HOSTS": "localhost",
            "LOG_LEVEL": "ERROR",
        }
        facts = filled(installation)
        installation.start("web")
        wait_until(lambda: installation.answer("/healthz") == 200, "the web server")
        with Caddy(folder, web=installation.environment["WEB_BIND"]).running() as caddy:
            yield caddy, facts


def filled(installation: Installation) -> dict[str, Any]:
    """What there is to know of the patient who is measured."""
    manage = [sys.executable, "manage.py"]
    finished(installation, [*manage, "collectstatic", "--noinput"])
    with as_a_demo(installation):
        for command in ("migrate", "load_library", "load_demo"):
            finished(installation, [*manage, command])
        return json.loads(finished(installation, [sys.executable, "-c", WHERE]).splitlines()[-1])


def finished(installation: Installation, words: list[str]) -> str:
    done = installation.run(words)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def as_a_demo(installation: Installation) -> Iterator[None]:
    deployment = installation.environment
    installation.environment = deployment | DEMO
    try:
        yield
    finally:
        installation.environment = deployment

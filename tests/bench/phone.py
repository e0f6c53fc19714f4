"""What a patient's phone has to do, with production settings, assets and proxy.

Lighthouse on eight pages, three of them a clinician's, as on a slow phone with a slow network; a
led session on a processor slowed down to a quarter; the same session in a tab that is hidden for five minutes; and what a
second visit to Today takes from the network.
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
LED = 90  # seconds of a session on a slow processor
HIDDEN, SEEN = 5 * 60, 45  # seconds: the tab is put away, and looked at again
REPETITIONS = 15  # of a hold of half a minute: the session lasts longer than that
PATIENT = "patient@demo.example"
CLINICIAN = "physio@demo.example"
# The demo clinic is in no deployment: it is filled with the settings of a demo.
DEMO = {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "DEMO": "1"}
FILL = f"""
import json, django
django.setup()
from django.urls import reverse
import clock
from demo.people import PASSWORD
from exercises.models import ExerciseVersion
from patients.models import Day
from patients.schedule import local_date
from programmes.models import Item
from tests.factories import PatientFactory
from tests.patients.scene import running

now = clock.now()
def session(email):
    days = Day.objects.filter(assignment__patient__user__email=email)
    day = next(d for d in days if d.on == local_date(now, d.assignment.patient.zone))
    return day, reverse("today:session", args=[day.pk, day.programme_id])

day, address = session({PATIENT!r})
item = Item.objects.filter(programme=day.programme_id).earliest("position")
clinic = day.assignment.patient.clinic
patient = PatientFactory(clinic=clinic, clinician=day.assignment.patient.clinician)
patient.user.set_password(PASSWORD)
patient.user.save()
plan = dict(exercise_version=item.exercise_version, side="right", sets_min=1, sets_max=1)
plan |= dict(hold_seconds_min=30, hold_seconds_max=30)
plan |= dict(repetitions_min={REPETITIONS}, repetitions_max={REPETITIONS})
running(plan, patient=patient, starts_on=local_date(now, patient.zone), now=now)
_, long_address = session(patient.user.email)
print(json.dumps({{
    "email": {PATIENT!r},
    "email_of_long_session": patient.user.email,
    "password": PASSWORD,
    "session": address,
    "long_session": long_address,
    "pages": {{
        {PATIENT!r}: {{
            "today": reverse("today:today"),
            "session": address,
            "exercise": reverse("today:item", args=[item.pk]),
            "progress": reverse("today:progress"),
            "settings": reverse("today:settings"),
        }},
        {CLINICIAN!r}: {{
            "caseload": reverse("caseload:caseload"),
            "record": reverse("caseload:record", args=[day.assignment.patient_id]),
            "library": reverse("exercises:list"),
        }},
    }},
}}))
"""


def measure() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, site(Path(folder)) as (caddy, facts):
        asked = {
            "site": f"https://localhost:{caddy.port}",
            **facts,
            "chromium": str(chromium()),
            "args": ARGUMENTS,
            "rounds": ROUNDS,
            "led_seconds": LED,
            "hidden_seconds": HIDDEN,
            "seen_seconds": SEEN,
        }
        scripts = ("pages", "session", "repeat")
        return {name: run(f"{name}.mjs", asked) for name in scripts}


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
        return json.loads(finished(installation, [sys.executable, "-c", FILL]).splitlines()[-1])


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

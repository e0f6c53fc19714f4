"""What is read before the web server forks: all that a page needs, and no connection."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.config.installation import Installation, installed
from tests.journeys.stack import free_port, wait_until

# Pages of a patient and of a clinician in the installation's own database, once it is warm:
# which modules of ours and which templates were still to be read, and what it held before.
PAGES = """
import json, sys
import config.wsgi
import psutil
from config import warm

def templates():
    loaders = [one for engine in warm.template_engines() for one in engine.template_loaders]
    return {name for loader in loaders for name, found in loader.get_template_cache.items()
            if not isinstance(found, type)}

warm.warm()
process = psutil.Process()
held = [len(process.net_connections("all")), process.num_threads()]
modules, compiled = set(sys.modules), templates()

from django.test import Client
from django.urls import reverse
from tests.cast import make_cast
cast = make_cast()
answers = {}
before = set(sys.modules) - modules
for user, pages in ((cast.patient, ["today:today", "today:progress"]),
                    (cast.clinician, ["caseload:caseload", "exercises:list", "exercises:drafts"])):
    browser = Client(headers={"Host": "exercises.example.org"})
    browser.force_login(user)
    for name in pages:
        answers[name] = browser.get(reverse(name), secure=True).status_code
ours = {app.name for app in warm.our_apps()} | {"config", "clock", "figures", "pictures"}
read = set(sys.modules) - modules - before
print(json.dumps({
    "held": held,
    "answers": answers,
    "modules": sorted(name for name in read if name.split(".")[0] in ours),
    "templates": sorted(templates() - compiled),
}))
"""


@pytest.fixture
def installation(tmp_path: Path, static_files: None) -> Iterator[Installation]:
    with installed(tmp_path) as installation:
        yield installation


def start(installation: Installation) -> psutil.Process:
    installation.start("web")
    wait_until(lambda: installation.answer("/healthz") == 200, "the web server")
    return psutil.Process(installation.processes["web"].pid)


def finished(installation: Installation, *words: str) -> str:
    done = installation.run([sys.executable, *words])
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_page_finds_all_that_it_needs_read(installation):
    installation.environment["ALLOWED_HOSTS"] = "exercises.example.org"
    finished(installation, "manage.py", "migrate")
    said = json.loads(finished(installation, "-c", PAGES).splitlines()[-1])
    assert set(said.pop("answers").values()) == {200}
    assert said == {"held": [0, 1], "modules": [], "templates": []}


def test_connections_are_opened_after_the_fork(installation):
    finished(installation, "manage.py", "migrate")
    master = start(installation)
    assert installation.answer("/accounts/login/") == 200
    [listener] = master.net_connections("all")
    assert listener.status == psutil.CONN_LISTEN
    assert master.num_threads() == 1
    assert all(len(one.net_connections("all")) > 1 for one in master.children())


def test_pages_are_served_without_a_database_at_the_start(installation):
    installation.environment["DATABASE_URL"] = f"postgresql://nobody@127.0.0.1:{free_port()}/none"
    installation.environment["MIGRATE_DATABASE_URL"] = ""
    start(installation)
    assert installation.answer("/accounts/login/") == 200

"""Which files a phone keeps of the site itself, and the name by which it tells one release from the next.

The name follows from what is in these files, so it changes when one of them does, and only then.
"""

import json
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation

from offline import notices
from patients.services.session_days import KEPT_AHEAD

WORKER = "worker.js"
NO_WORKER = "worker-off.js"
NOTICES = "/notices/"  # what their addresses begin with
SHELL = ("patient.css", "patient.js", "session.js", "icons.svg", "favicon.svg")


def script() -> str:
    """What phones get as the worker: where it is switched off, one that takes itself away."""
    return worker_script() if settings.WORKER else _file(NO_WORKER).read_text()


def worker_script() -> str:
    """The worker, told which release it is, what to keep of it, and which addresses are whose."""
    return _worker_script(tuple(_file(name).stat().st_mtime_ns for name in (WORKER, *SHELL)))


@lru_cache(maxsize=1)
def _worker_script(_written_at: tuple[int, ...]) -> str:
    """Read once, and again only where a file was built again since."""
    told = {
        "release": _name(),
        "shell": [*map(static, SHELL), *_pages()],
        "static": settings.STATIC_URL,
        "notices": NOTICES,
        "today": reverse("today:today"),
        "leadsToToday": [reverse("home"), reverse("today:start")],
        "withoutNetwork": reverse("offline:without_network"),
        "clinic": clinic_addresses(),
        "own": reverse("today:settings"),
    }
    return f"self.RELEASE = {json.dumps(told)};\n{_file(WORKER).read_text()}"


def _pages() -> list[str]:
    """What is no file, and nobody's all the same."""
    return [reverse("offline:without_network"), notices.address(settings.LANGUAGE_CODE)]


def page_without_network() -> str:
    """Nobody's: it is made without a request, so nothing in it can be anybody's."""
    return render_to_string("offline/without_network.html", {"days": KEPT_AHEAD})


def clinic_addresses() -> list[str]:
    """How the addresses begin that belong to the clinic's side: the worker leaves them alone."""
    names = (
        *("caseload:caseload", "exercises:list", "programmes:list"),
        *("accounts:settings", "reminders:operating"),
    )
    return [*map(reverse, names), f"{reverse('reminders:settings')}patients/"]


def _name() -> str:
    digest = sha256(_file(WORKER).read_bytes())
    for name in SHELL:
        digest.update(static(name).encode() + _file(name).read_bytes())
    with translation.override(settings.LANGUAGE_CODE):
        digest.update(page_without_network().encode())
    digest.update(notices.words(settings.LANGUAGE_CODE).encode())
    return digest.hexdigest()[:16]


def _file(name: str) -> Path:
    return Path(str(finders.find(name)))

"""What a session may use of a device, on a page by itself and on a device that notes it all."""

import json
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.template.loader import render_to_string
from playwright.sync_api import Locator, Page, Route

from tests.journeys.stack import ROOT

SCRIPTS = ROOT / "static/js/session"
# Nobody answers there: the page and its scripts are put in the way of the browser.
ADDRESS = "http://localhost/senses-by-themselves/"
PAGE = """<!DOCTYPE html><html lang="en-gb"><meta charset="utf-8"><body><main>{}</main>
<script type="module">
  import {{ Senses }} from "./senses.js";
  window.senses = new Senses(document.querySelector("main"));
</script>"""
DEVICE = (ROOT / "tests/journeys/device.js").read_text()
MORNING = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
SOON = timedelta(seconds=5)
A_MOMENT = 0.02  # seconds until the sound is open

LOCAL = {"name": "Local", "lang": "en_GB", "localService": True}
ELSEWHERE = {"name": "Elsewhere", "lang": "en-GB", "localService": False, "default": True}
FRENCH = {"name": "French", "lang": "fr-FR", "localService": True, "default": True}

BEAT = "(beat) => senses.beat({ ...beat, endsAt: performance.now() + 1000 * beat.seconds })"
TONES = "() => device.tones.filter((tone) => !tone.isOff).map(({ at, hertz }) => [at, hertz])"


class Device:
    """Senses on a page of its own, whose clock stands still until it is moved."""

    def __init__(self, page: Page, *, voices: list[dict[str, Any]], also: str = "") -> None:
        self.page = page
        self.later = (SOON * times for times in count(1))
        page.clock.install(time=MORNING)
        page.add_init_script(f"window.voicesOfTheDevice = {json.dumps(voices)}")
        page.add_init_script(DEVICE)
        page.add_init_script(also)
        page.route(f"{ADDRESS}*", _answer)
        self.open()

    def open(self) -> None:
        """Once more on the same device: what it keeps is there, and nothing else."""
        self.page.goto(ADDRESS)
        self.page.clock.pause_at(MORNING + next(self.later))

    def begin(self) -> None:
        self.page.evaluate("senses.begin()")
        self.wait(A_MOMENT)

    def beat(self, phase: str, seconds: float, **known: Any) -> None:
        self.page.evaluate(BEAT, {"phase": phase, "seconds": seconds, **known})

    def wait(self, seconds: float) -> None:
        self.page.clock.run_for(round(seconds * 1000))

    def hide(self, is_hidden: bool) -> None:
        self.page.evaluate("(is) => hide(is)", is_hidden)

    def box(self, name: str) -> Locator:
        return self.page.locator(f'[data-sense="{name}"]')

    def choose(self, name: str, is_on: bool) -> None:
        self.page.evaluate('document.querySelector("[data-senses]").open = true')
        self.box(name).set_checked(is_on)
        self.wait(A_MOMENT)

    def heard(self) -> list[tuple[float, int]]:
        """Seconds from now, and hertz, of each tone that sounded or will."""
        now = self.page.evaluate("performance.now()")
        return sorted((round((at - now) / 1000, 1), hertz) for at, hertz in self._tones())

    def ahead(self) -> list[tuple[float, int]]:
        return [(when, hertz) for when, hertz in self.heard() if when > 0.2]  # the rest has begun

    def _tones(self) -> list[tuple[int, int]]:
        return self.page.evaluate(TONES)

    @property
    def buzzes(self) -> list[Any]:
        return self.page.evaluate("device.buzzes.filter((pattern) => pattern !== 0)")

    @property
    def said(self) -> list[str]:
        """Without the silence that unlocks the voice."""
        return [words["text"] for words in self._said() if words["text"].strip()]

    @property
    def voices_used(self) -> set[str]:
        return {words["voice"] for words in self._said()}

    def _said(self) -> list[dict[str, str]]:
        return self.page.evaluate("device.said")

    @property
    def locks(self) -> list[bool]:
        """Whether each that was ever given is still held."""
        return self.page.evaluate("device.locks.map((lock) => lock.isHeld)")


def _answer(route: Route) -> None:
    name = route.request.url.rpartition("/")[2]
    if name:
        route.fulfill(body=(SCRIPTS / name).read_text(), content_type="text/javascript")
    else:
        choices = render_to_string("today/_session_senses.html")
        route.fulfill(body=PAGE.format(choices), content_type="text/html")

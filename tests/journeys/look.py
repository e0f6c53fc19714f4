"""Looking at a page as people do: two widths, light and dark, with axe beside us."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, Response, expect

WIDTHS = {"phone": (390, 844), "desktop": (1440, 900)}
SCHEMES = ("light", "dark")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# A form that was sent leads to another page: that one is meant.
UNDER_WAY = "form[data-asking], form[data-sent]"
TWICE = """() => [...document.querySelectorAll("[id]")].map((each) => each.id)
    .filter((id, at, all) => all.indexOf(id) !== at)"""
# With SHOTS=folder every page of a journey is kept as a picture.
SHOTS = os.environ.get("SHOTS")


class Eye:
    """Watches one browser page: no script or policy error, no request to anybody else."""

    def __init__(self, page: Page, who: str) -> None:
        self.page = page
        self.who = who
        self.troubles: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("request", self._asked)
        page.on("response", self._got)

    def _heard(self, message: ConsoleMessage) -> None:
        # A page answered 404 or 422 on purpose is also reported on the console.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.troubles.append(message.text)

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in {"localhost", "127.0.0.1", None}:
            self.troubles.append(f"asked {request.url}")

    def _got(self, response: Response) -> None:
        if response.status >= 500:
            self.troubles.append(f"{response.status} from {response.url}")

    def look(self, name: str) -> None:
        """Fail on any accessibility violation, in either width and either scheme."""
        expect(self.page.locator(UNDER_WAY)).to_have_count(0, timeout=10_000)
        before = self.page.viewport_size
        for width, (x, y) in WIDTHS.items():
            self._see_all_of_it(x, y)
            for scheme in SCHEMES:
                self.page.emulate_media(color_scheme=scheme)
                self.check(f"{self.who}-{name}-{width}-{scheme}", scheme=scheme)
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(before or {"width": 390, "height": 844})

    def _see_all_of_it(self, width: int, height: int) -> None:
        """A window as tall as the page: the bar at its foot then covers nothing."""
        self.page.set_viewport_size({"width": width, "height": height})
        for _grows_with_the_window in range(2):
            tall = self.page.evaluate("document.documentElement.scrollHeight")
            self.page.set_viewport_size({"width": width, "height": max(tall, height)})

    def check(self, name: str, *, scheme: str = "light") -> None:
        """Fail on any accessibility violation of the page as it is; in the dark, of its colours."""
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
        found = Axe().run(self.page, options=RULES if scheme == "light" else COLOURS)
        assert found.violations_count == 0, f"{name}\n{found.generate_report()}"
        assert self.page.evaluate(TWICE) == [], f"{name}: two elements of one id"
        wider = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wider <= 0, f"{name} scrolls sideways by {wider} px"
        assert self.troubles == [], f"{name}: {self.troubles}"

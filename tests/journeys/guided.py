"""A phone on the floor that leads a session, under a clock that stands still until it is moved."""

import re
from datetime import datetime, timedelta

from django.urls import reverse
from playwright.sync_api import Page, expect

from patients.models import Assignment, Session, Tick
from patients.results import Went
from tests.journeys.stack import wait_until
from tests.patients.scene import day_on

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
    "service_workers": "block",
}
COUNT, CHANGE, OFFER, REST = 3, 5, 10, 30  # seconds
MOVE, BACK, LET_GO = 4, 3, 3
TURN = MOVE + 20 + BACK  # of a hold of 20 seconds, without letting go


def address(plan: Assignment) -> str:
    day = day_on(plan)
    return reverse("today:session", args=[day.pk, day.programme_id])


class Guided:
    """``page`` shows a session."""

    def __init__(self, page: Page, now: datetime) -> None:
        self.page = page
        self.now = now
        page.clock.install(time=now)

    def open(self, where: str) -> "Guided":
        self.page.goto(where)
        return self.stand_still()

    def stand_still(self) -> "Guided":
        expect(self.root).to_have_attribute("data-led", "")
        self.now = max(self.now, self.time) + timedelta(seconds=1)
        self.page.clock.pause_at(self.now)
        return self

    @property
    def time(self) -> datetime:
        stamp: float = self.page.evaluate("Date.now()")
        return datetime.fromtimestamp(stamp / 1000, self.now.tzinfo)

    @property
    def root(self):
        return self.page.locator("[data-session]")

    @property
    def state(self) -> str:
        return str(self.root.get_attribute("data-state"))

    @property
    def cue(self) -> str:
        return self.page.locator("[data-cue]").first.inner_text()

    def keeps(self, sessions: int) -> "Guided":
        """How many sessions this device has in mind, once the page's script has run."""
        keys = "Object.keys(localStorage).filter((key) => key.startsWith('session:'))"
        count = f"() => {keys}.length"
        wait_until(lambda: self.page.evaluate(count) == sessions, f"{sessions} kept")
        return self

    def press(self, what: str, **data: str) -> "Guided":
        """The button that can be seen now."""
        more = "".join(f'[data-{name}="{value}"]' for name, value in data.items())
        button = self.page.locator(f'[data-press="{what}"]{more}').filter(visible=True)
        button.first.click()
        return self

    def after(self, seconds: float) -> "Guided":
        self.page.clock.run_for(round(seconds * 1000))
        self.now += timedelta(seconds=seconds)
        return self

    def is_in(self, state: str) -> "Guided":
        expect(self.root).to_have_attribute("data-state", state)
        return self

    def shows(self, cue: str) -> "Guided":
        expect(self.page.locator("[data-cue]").first).to_have_text(cue)
        return self

    def is_at_exercise(self, number: int) -> "Guided":
        expect(self.root).to_have_attribute("data-exercise", str(number))
        return self

    def is_saved(self) -> "Guided":
        expect(self.page).to_have_url(re.compile("/today/sessions/"), timeout=10_000)
        return self


def went(session: Session | None = None) -> list[Went]:
    """How the exercises of the one session went, in their order."""
    session = session or Session.objects.get()
    ticks = Tick.objects.filter(session=session).order_by("item__position")
    return [Went(t.result, t.amount, t.pain, t.skip_reason) for t in ticks]

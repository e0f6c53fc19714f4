"""The end of a guided session without a network; a browser that is killed; a release in between."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from patients.models import Assignment, Session
from patients.results import Went
from tests.browser import ARGUMENTS, chromium
from tests.journeys.guided import COUNT, PHONE, TURN, went
from tests.journeys.look import Eye
from tests.journeys.people import press, signed_in
from tests.journeys.phone import Phone
from tests.journeys.stack import wait_until
from tests.journeys.test_guided_session import ONE, begun, phone
from tests.journeys.test_queue import SAVED, cut, kept, nothing_waits, plan, sessions, tap
from tests.patients.scene import items_of

# As a page leaves them that sends them by its form, and is gone before the answer.
GOES_BY_FORM = """() => new Promise((done) => {
  indexedDB.open("homestretch").onsuccess = ({ target }) => {
    const stored = target.result.transaction("queue", "readwrite");
    stored.oncomplete = done;
    stored.objectStore("queue").openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      cursor.update({ ...cursor.value, by_form_until: Date.now() + 8000 });
      cursor.continue();
    };
  };
})"""
WITHOUT_SYNC = "delete ServiceWorkerRegistration.prototype.sync"
FLOWN = {"Etc/GMT-": "Europe/London", "Etc/GMT+": "America/New_York"}
__all__ = ["begun", "phone", "plan"]


def test_a_guided_session_waits_with_what_was_said_of_it(begun, phone) -> None:
    led = phone(begun(ONE)).press("ready").after(COUNT + 1)
    cut(led.page)
    led.after(TURN).is_in("end")
    expect(led.page.get_by_role("heading", name=SAVED)).to_be_visible()
    led.keeps(0)  # in the queue, no way beside it
    led.page.locator("[data-feeling] [name=pain_after][value='2']").check()
    led.page.get_by_role("button", name="Save", exact=True).click()
    expect(led.page.locator("[data-feeling]")).to_have_count(0)
    assert not Session.objects.exists()
    cut(led.page, is_cut=False)
    led.is_saved()
    assert went() == [Went("done", 1)]
    assert Session.objects.get().pain_after == 2


def test_what_an_exercise_was_like_can_be_put_right_while_it_waits(begun, phone) -> None:
    led = phone(begun(ONE)).press("ready").after(COUNT + 1)
    cut(led.page)
    led.after(TURN).is_in("end")
    led.page.get_by_text("Change", exact=True).click()
    led.page.locator("[name^=result-][value=part]").check()
    press(led.page, "Save this session")
    wait_until(lambda: kept(led.page)[0]["plain"]["results"][0]["result"] == "part", "the change")
    cut(led.page, is_cut=False)
    wait_until(lambda: Session.objects.exists(), "the session", 20)
    assert went() == [Went("part", 1)]


def test_after_much_pain_at_an_exercise_there_are_calm_words(begun, phone) -> None:
    led = phone(begun(ONE, ONE)).press("ready").after(COUNT + 5)
    cut(led.page)
    led.press("hurt").press("rated", pain="7")
    led.press("stop").is_in("end")
    calm = led.page.get_by_text("That was too much pain. Rest now").filter(visible=True)
    expect(calm).to_have_count(1)


@pytest.fixture
def start(plan: Assignment, browser: Browser, live_server, tmp_path: Path) -> Iterator[Callable]:
    """``with start() as page``: a browser with a memory of its own, killed at the end."""

    @contextmanager
    def started(**options) -> Iterator[Page]:
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "phone",
            executable_path=chromium(),
            args=ARGUMENTS,
            base_url=live_server.url,
            **{**PHONE, "reduced_motion": "reduce", "service_workers": "allow", **options},
        )
        context.set_default_timeout(15_000)
        context.add_cookies([signed_in(plan.patient.user, live_server.url)])
        yield context.pages[0]
        context.set_offline(True)
        context.close()

    return started


def lead_one_exercise(page: Page, plan: Assignment) -> None:
    """The first one in full, the other left out."""
    day = plan.days.get(on=plan.starts_on)
    page.goto(reverse("today:session", args=[day.pk, day.programme_id]))
    page.locator("[data-press=ready]").filter(visible=True).first.click()
    expect(page.locator("[data-session]")).to_have_attribute("data-exercise", "2", timeout=40_000)
    page.locator("[data-press=leave]").filter(visible=True).first.click()
    page.locator("[data-press=stop]").filter(visible=True).first.click()


def two_sessions_without_a_network(page: Page, plan: Assignment) -> None:
    Phone(Eye(page, "phone")).keep().cut()
    tap(page)
    lead_one_exercise(page, plan)
    expect(page.locator("[data-client-id]")).to_have_count(2)


def are_two_on_their_day(plan: Assignment, page: Page) -> None:
    tapped, led = sessions(2)
    nothing_waits(page)
    assert [tapped.day.on, led.day.on] == [plan.starts_on, plan.starts_on]
    assert went(led) == [Went("done", 1), Went("skipped")]


def test_after_a_killed_browser_two_sessions_are_two_on_the_server(plan, start) -> None:
    """Whether the browser wakes the worker, or the page is first."""
    with start() as page:
        two_sessions_without_a_network(page, plan)
    assert not Session.objects.exists()
    with start() as page:
        page.goto("/today/")
        are_two_on_their_day(plan, page)


def test_without_background_sync_they_wait_for_the_next_visit_also_elsewhere(plan, start) -> None:
    zone = plan.patient.time_zone
    with start(timezone_id=zone) as page:
        page.add_init_script(WITHOUT_SYNC)
        two_sessions_without_a_network(page, plan)
    with start(timezone_id=FLOWN[zone[:8]]) as page:
        page.add_init_script(WITHOUT_SYNC)
        cut(page)
        page.goto("/today/")
        expect(page.locator("[data-client-id]")).to_have_count(2)
        cut(page, is_cut=False)
        are_two_on_their_day(plan, page)


def test_what_was_on_its_way_with_a_form_when_the_browser_died_is_shown_and_sent(
    plan, start
) -> None:
    with start() as page:
        two_sessions_without_a_network(page, plan)
        page.evaluate(GOES_BY_FORM)
    with start() as page:
        page.add_init_script(WITHOUT_SYNC)
        cut(page)
        page.goto("/today/")
        expect(page.locator("[data-client-id]")).to_have_count(2, timeout=20_000)
        cut(page, is_cut=False)
        are_two_on_their_day(plan, page)


def stop_because_it_hurts(page: Page, pain: int) -> None:
    """The exercise that the session begins with, and with it the session."""
    for press_ in ("ready", "hurt", f'rated"][data-pain="{pain}', "stop"):
        page.locator(f'[data-press="{press_}"]').filter(visible=True).first.click()
    expect(page.get_by_role("heading", name=SAVED)).to_be_visible()


def test_what_hurt_without_a_network_is_not_offered_again_that_day(plan, start) -> None:
    day = plan.days.get(on=plan.starts_on)
    where = reverse("today:session", args=[day.pk, day.programme_id])
    other = str(items_of(plan)[1].pk)
    with start() as page:
        Phone(Eye(page, "phone")).keep().cut().go(where)
        stop_because_it_hurts(page, 4)
        page.goto(where)
        expect(page.locator("[data-session]")).to_have_attribute("data-led", "")
        offered = page.locator("[data-exercise-page]")
        expect(offered).to_have_count(1)
        expect(offered).to_have_attribute("data-item", other)
        stop_because_it_hurts(page, 4)
        page.goto(where)
        expect(page.get_by_role("heading", name="There is nothing left for today")).to_be_visible()
        expect(page.locator("[data-press]").filter(visible=True)).to_have_count(0)

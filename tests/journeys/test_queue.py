"""A session done without a network is kept on the phone, shown there, and sent once there is one."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect

import clock
from patients.models import Assignment, Session
from patients.schedule import local_date
from patients.services.sessions import log_session
from tests.factories import PatientFactory
from tests.journeys.guided import PHONE
from tests.journeys.people import press, signed_in, where_it_is_noon
from tests.journeys.stack import wait_until
from tests.patients.scene import running
from tests.patients.test_plans import new_version

ONCE = {"side": "right", "repetitions_min": 1, "repetitions_max": 1}
SHORT = {**ONCE, "hold_seconds_min": 1, "hold_seconds_max": 1}
SAVED = "Saved on this phone"
SAME = "You ticked off another one a few minutes before. If this is the same one, undo it."
MEANT = ("502 from", "net::ERR")  # without a network, or with a proxy alone


@pytest.fixture
def plan(transactional_db: None) -> Assignment:
    now = clock.now()
    patient = PatientFactory(name="Sam Reed", time_zone=where_it_is_noon())
    return running(SHORT, SHORT, patient=patient, starts_on=local_date(now, patient.zone), now=now)


@pytest.fixture
def today(plan: Assignment, open_page) -> Iterator[Callable[..., Page]]:
    """``today()``: Today on a phone of its own."""
    eyes = []

    def opened(**options) -> Page:
        eyes.append(open_page("phone", user=plan.patient.user, **{**PHONE, **options}))
        eyes[-1].page.goto("/today/")
        return eyes[-1].page

    yield opened
    for eye in eyes:
        assert [one for one in eye.troubles if not one.startswith(MEANT)] == []


def cut(page: Page, *, is_cut: bool = True) -> None:
    page.context.set_offline(is_cut)


def nothing_waits(page: Page) -> None:
    expect(page.locator("[data-unsent]")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    wait_until(lambda: kept(page) == [], "nothing to be kept on the phone")


def tap(page: Page) -> None:
    press(page, "I’ve already done it")
    expect(page.get_by_role("heading", name=SAVED)).to_be_visible()


def sessions(count: int) -> list[Session]:
    wait_until(lambda: Session.objects.not_undone().count() == count, f"{count} sessions", 20)
    return list(Session.objects.not_undone().order_by("performed_at"))


def test_one_tap_waits_and_is_sent_with_what_was_said_of_it(plan, today) -> None:
    page = today()
    cut(page)
    before = clock.now()
    tap(page)
    expect(page.locator("[data-waiting-words]")).to_contain_text("One of them waits on this phone")
    page.locator("[data-feeling] [name=pain_after][value='3']").check()
    page.get_by_label("A note").fill("In the garden.")
    press(page, "Save")
    expect(page.locator("[data-feeling]")).to_have_count(0)
    assert not Session.objects.exists()
    cut(page, is_cut=False)
    [session] = sessions(1)
    assert (session.pain_after, session.note) == (3, "In the garden.")
    assert before <= session.performed_at <= session.received_at
    expect(page.get_by_role("heading", name=SAVED)).to_have_count(0)


def test_undone_while_it_waits_it_was_never_there(plan, today) -> None:
    page = today()
    cut(page)
    tap(page)
    press(page, "Undo this session")
    expect(page.get_by_role("heading", name=SAVED)).to_have_count(0)
    expect(page.locator(".dot--waits")).to_have_count(0)
    tap(page)
    cut(page, is_cut=False)
    sessions(1)


def test_undone_after_its_answer_got_lost_it_is_undone_on_the_server_too(plan, today) -> None:
    page = today()
    page.route("**/who/**", lambda route: route.abort())
    page.route("**/offline/sessions/", lose_the_answer)
    tap(page)
    with page.expect_event("requestfailed", lambda one: "/offline/" in one.url):
        press(page, "Send now")
    sessions(1)
    page.unroute("**/offline/sessions/")
    press(page, "Undo this session")
    wait_until(lambda: not Session.objects.not_undone().exists(), "it to be undone", 20)
    page.unroute("**/who/**")
    page.reload()
    nothing_waits(page)


def test_two_taps_without_a_network_are_two_sessions(plan, today) -> None:
    page = today()
    cut(page)
    tap(page)
    expect(page.get_by_text(SAME)).to_have_count(0)
    press(page, "I’ve already done it")
    expect(page.locator("[data-client-id]")).to_have_count(2)
    expect(page.get_by_text(SAME)).to_have_count(1)
    expect(page.locator("[data-waiting-words]")).to_contain_text("2 of 2–3 today. 2 of them wait")
    cut(page, is_cut=False)
    sessions(2)


def test_what_makes_the_day_complete_is_thanked_and_more_is_a_bonus(plan, today) -> None:
    page = today()
    start = page.locator("[data-start] a.btn-start")
    cut(page)
    tap(page)
    expect(start).to_be_visible()
    press(page, "I’ve already done it")
    expect(page.get_by_text("Today is complete. Well done.")).to_be_visible()
    expect(page.locator(".start__next")).to_be_hidden()
    expect(start).to_be_hidden()
    bonus = page.get_by_role("link", name="Start a bonus session")
    assert bonus.get_attribute("href") == start.get_attribute("href")
    press(page, "I’ve done a bonus session")
    expect(page.get_by_text("That is everything for today. Well done.")).to_be_visible()
    expect(page.get_by_text("Today is complete")).to_have_count(0)
    expect(page.get_by_role("button", name="I’ve done another one")).to_be_visible()
    for left in (2, 1):
        page.get_by_role("button", name="Undo this session").last.click()
        expect(page.locator("[data-client-id]")).to_have_count(left)
    expect(start).to_be_visible()
    expect(page.get_by_role("button", name="I’ve already done it")).to_be_visible()
    expect(bonus).to_have_count(0)


def test_a_day_that_ended_in_much_pain_offers_no_bonus(plan, today) -> None:
    day = plan.days.get(on=plan.starts_on)
    earlier = clock.now() - timedelta(hours=1)
    log_session(day, client_id=uuid4(), performed_at=earlier, by=plan.patient.user, now=earlier)
    page = today()
    cut(page)
    tap(page)
    expect(page.get_by_text("Today is complete. Well done.")).to_be_visible()
    page.locator("[data-feeling] [name=pain_after][value='6']").check()
    press(page, "Save")
    expect(page.get_by_text("That was too much pain. Rest now")).to_be_visible()
    expect(page.get_by_text("Today is complete. Well done.")).to_have_count(0)
    expect(page.locator("[data-start]").filter(visible=True)).to_have_count(0)


def test_after_much_pain_there_are_calm_words_and_nothing_leads_on(plan, today) -> None:
    page = today()
    cut(page)
    tap(page)
    page.locator("[data-feeling] [name=pain_after][value='6']").check()
    press(page, "Save")
    expect(page.get_by_text("That was too much pain. Rest now")).to_be_visible()
    expect(page.locator("[data-start]").filter(visible=True)).to_have_count(0)


def test_a_rise_within_the_day_is_much_pain_too(plan, today) -> None:
    day = plan.days.get(on=plan.starts_on)
    log_session(day, client_id=uuid4(), pain_after=1, by=plan.patient.user, now=clock.now())
    page = today()
    cut(page)
    tap(page)
    page.locator("[data-feeling] [name=pain_after][value='4']").check()
    press(page, "Save")
    expect(page.get_by_text("That was too much pain. Rest now")).to_be_visible()


def test_a_proxy_without_our_server_behind_it_is_no_network(plan, today) -> None:
    page = today()
    page.route("**/who/**", lambda route: route.fulfill(status=502))
    page.route("**/offline/sessions/", lambda route: route.fulfill(status=502))
    tap(page)
    page.unroute("**/who/**")
    page.unroute("**/offline/sessions/")
    press(page, "Send now")
    sessions(1)


def test_with_a_network_it_is_as_always_and_nothing_waits(plan, today) -> None:
    page = today()
    press(page, "I’ve already done it")
    expect(page).to_have_url(re.compile("/today/sessions/"))
    wait_until(lambda: kept(page) == [], "nothing to be kept on the phone")
    page.goto("/today/")
    press(page, "I’ve already done it")
    expect(page.get_by_role("heading", name="Another one?")).to_be_visible()
    wait_until(lambda: kept(page) == [], "nothing to be kept on the phone")
    page.get_by_role("link", name="No, it was the same one").click()
    expect(page.get_by_role("heading", name="This week")).to_be_visible()
    sessions(1)


def test_an_answer_lost_on_the_way_makes_no_second_session(plan, today) -> None:
    page = today()
    page.route("**/session/", lose_the_answer)
    with page.expect_event("requestfailed"):
        press(page, "I’ve already done it")
    sessions(1)
    page.unroute("**/session/")
    page.goto("/today/")
    nothing_waits(page)
    sessions(1)


def test_two_tabs_send_it_once(plan, today) -> None:
    page = today()
    other = page.context.new_page()
    other.goto("/today/")
    cut(page)
    tap(page)
    tap(other)
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.post_data or ""))
    cut(page, is_cut=False)
    ids = {str(session.client_id) for session in sessions(2)}
    nothing_waits(page)
    assert [sum(one in body for body in asked) for one in ids] == [1, 1]


def test_two_phones_are_two_sessions(plan, today) -> None:
    phones = [today(), today()]
    for page in phones:
        cut(page)
        tap(page)
    for page in phones:
        cut(page, is_cut=False)
    sessions(2)


@pytest.mark.parametrize("off", [timedelta(hours=1), timedelta(days=-1), timedelta(days=1)])
def test_a_clock_that_is_off_is_put_right(plan, today, off: timedelta) -> None:
    page = today()
    page.clock.set_system_time(clock.now() + off)
    cut(page)
    before = clock.now()
    tap(page)
    cut(page, is_cut=False)
    [session] = sessions(1)
    assert session.day.on == plan.starts_on
    assert before - timedelta(minutes=1) <= session.performed_at <= clock.now()


def test_the_exercises_changed_meanwhile(plan, today) -> None:
    page = today()
    cut(page)
    tap(page)
    shown = plan.programme
    new_version(plan, now=clock.now())
    cut(page, is_cut=False)
    [session] = sessions(1)
    assert session.programme == shown


def test_what_is_refused_can_be_read_and_put_away(plan, today) -> None:
    page = today()
    page.clock.set_system_time(clock.now() + timedelta(days=3))  # put right before it is sent
    cut(page)
    tap(page)
    page.get_by_label("A note").fill("In the garden.")
    press(page, "Save")
    page.clock.set_system_time(clock.now())
    cut(page, is_cut=False)
    refused = page.locator("[data-part=refused]")
    expect(refused).to_contain_text("This session was not taken")
    expect(refused).to_contain_text("Stretch")
    expect(refused).to_contain_text("In the garden.")
    page.reload()
    press(page, "Put it away")
    expect(refused).to_have_count(0)
    wait_until(lambda: kept(page) == [], "nothing to be kept on the phone")
    assert not Session.objects.exists()


def test_signed_out_it_waits_until_they_sign_in(plan, today, live_server) -> None:
    page = today()
    cut(page)
    tap(page)
    page.context.clear_cookies()
    cut(page, is_cut=False)
    expect(page.get_by_text("Sign in, then it is sent.")).to_be_visible()
    page.context.add_cookies([signed_in(plan.patient.user, live_server.url)])
    page.goto("/today/")
    sessions(1)


def test_without_storage_it_says_that_it_is_not_saved_and_sends_it_later(plan, today) -> None:
    page = today()
    page.context.add_init_script("delete window.indexedDB; window.indexedDB = undefined;")
    page.reload()
    cut(page)
    press(page, "I’ve already done it")
    expect(page.locator("[data-not-saved]")).to_contain_text("Your session is not saved yet")
    cut(page, is_cut=False)
    sessions(1)
    expect(page).to_have_url(re.compile("/today/sessions/"))


def lose_the_answer(route: Route) -> None:
    route.fetch(max_redirects=0)
    route.abort()


def kept(page: Page) -> list:
    return page.evaluate(
        """() => new Promise((resolve) => {
            const request = indexedDB.open("homestretch", 1);
            request.onsuccess = () => {
                const all = request.result.transaction("queue").objectStore("queue").getAll();
                all.onsuccess = () => resolve(all.result);
            };
        })"""
    )

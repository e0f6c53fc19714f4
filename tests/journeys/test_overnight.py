"""A page left open overnight, on a phone whose own clock and zone may be anything."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

import clock
from patients.models import Assignment, Session
from tests.factories import PatientFactory
from tests.journeys.look import Eye
from tests.patients.scene import TODAY, running

DAY = timedelta(days=1)
EVENING = datetime(2026, 5, 4, 20, 0, tzinfo=UTC)  # 21:00 in London
NEXT_MORNING = EVENING + timedelta(hours=10)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def moves(settings) -> Callable[[datetime], None]:
    """Move the server's clock."""

    def to(moment: datetime) -> None:
        settings.CLOCK_OFFSET = 0
        settings.CLOCK_OFFSET = round((moment - clock.now()).total_seconds())

    to(EVENING)
    return to


@pytest.fixture
def plan(transactional_db: None, moves) -> Assignment:
    patient = PatientFactory(name="Sam Reed", time_zone="Europe/London")
    return running(patient=patient, starts_on=TODAY, now=EVENING - DAY)


@pytest.fixture
def phone(open_page, plan: Assignment) -> Eye:
    """Signed in on Today, in the evening. The phone believes in another year and zone."""
    eye = open_page(
        "overnight",
        user=plan.patient.user,
        viewport={"width": 390, "height": 844},
        timezone_id="Pacific/Auckland",
    )
    eye.page.clock.install(time=datetime(2024, 1, 1, tzinfo=UTC))
    eye.page.goto("/today/")
    expect(eye.page.get_by_text("Monday 4 May", exact=True)).to_be_visible()
    return eye


def pass_time(page: Page, how_long: timedelta) -> None:
    """On the phone: the page is put away, and brought to the front after so long."""
    page.evaluate(SHOWN, True)
    page.clock.fast_forward(how_long.total_seconds() * 1000)
    page.evaluate(SHOWN, False)
    page.clock.run_for(1000)


SHOWN = """hidden => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


def overnight(page: Page, moves) -> None:
    moves(NEXT_MORNING)
    pass_time(page, NEXT_MORNING - EVENING)


def is_the_old_page(page: Page) -> bool:
    return bool(page.evaluate("window.isOld === true"))


def mark_as_old(page: Page) -> None:
    page.evaluate("window.isOld = true")


def test_coming_back_on_another_date_renews_the_page(phone: Eye, moves) -> None:
    page = phone.page
    mark_as_old(page)
    pass_time(page, 60 * MINUTE)  # 22:00, still the same date
    assert is_the_old_page(page)
    moves(NEXT_MORNING)
    pass_time(page, NEXT_MORNING - EVENING - 60 * MINUTE)
    expect(page.get_by_text("Tuesday 5 May", exact=True)).to_be_visible()
    assert not is_the_old_page(page)
    assert phone.troubles == []


def test_a_session_around_midnight_is_not_taken_away(phone: Eye, moves, plan: Assignment) -> None:
    page = phone.page
    pass_time(page, 175 * MINUTE)  # 23:55, and the screen goes dark
    mark_as_old(page)
    moves(EVENING + 185 * MINUTE)
    pass_time(page, 10 * MINUTE)  # 00:05
    assert is_the_old_page(page)
    page.get_by_role("button", name="I’ve already done it").click()
    expect(page.get_by_text("Ticked off for Monday 4 May.")).to_be_visible()
    expect(page.get_by_text("How was your pain afterwards?")).to_be_visible()


@pytest.mark.parametrize("how", ["a note", "a mark"])
def test_it_is_not_renewed_while_something_is_under_way(phone: Eye, moves, how: str) -> None:
    page = phone.page
    page.get_by_role("button", name="I’ve already done it").click()
    expect(page.get_by_role("heading", name="Session saved")).to_be_visible()
    if how == "a note":
        page.get_by_label("A note").fill("Slept on it")
    else:
        page.evaluate("document.body.dataset.underWay = ''")
    mark_as_old(page)
    overnight(page, moves)
    assert is_the_old_page(page)
    if how == "a note":
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved. Thank you.")).to_be_visible()
        session = Session.objects.get()
        assert (session.note, session.day.on) == ("Slept on it", TODAY)


def test_the_page_after_a_session_asks_in_the_past_once_it_is_yesterday(phone: Eye, moves) -> None:
    page = phone.page
    page.get_by_role("button", name="I’ve already done it").click()
    expect(page.get_by_text("How is your pain now?")).to_be_visible()
    overnight(page, moves)
    expect(page.get_by_text("How was your pain afterwards?")).to_be_visible()
    expect(page.get_by_text("Ticked off for Monday 4 May.")).to_be_visible()


@pytest.mark.parametrize(
    ("answer", "on"),
    [("Yesterday, Monday 4 May", TODAY), ("Today, Tuesday 5 May", TODAY + DAY)],
)
def test_a_tick_from_yesterdays_page_asks_and_credits_the_day_chosen(
    phone: Eye, moves, answer: str, on
) -> None:
    page = phone.page
    moves(NEXT_MORNING)  # the page stayed in front, so nothing renewed it
    page.get_by_role("button", name="I’ve already done it").click()
    expect(page.get_by_role("heading", name="For yesterday, or for today?")).to_be_visible()
    phone.look("which-day")
    assert not Session.objects.exists()
    page.get_by_role("button", name=answer).click()
    expect(page.get_by_role("heading", name="Session saved")).to_be_visible()
    phone.look(f"credited-{on}")
    assert [session.day.on for session in Session.objects.all()] == [on]
    assert phone.troubles == []


def test_the_answer_to_a_form_is_never_sent_again(phone: Eye, moves) -> None:
    page = phone.page
    moves(NEXT_MORNING)
    page.get_by_role("button", name="I’ve already done it").click()
    expect(page.get_by_role("heading", name="For yesterday, or for today?")).to_be_visible()
    mark_as_old(page)
    moves(NEXT_MORNING + DAY)
    pass_time(page, DAY)
    assert is_the_old_page(page)

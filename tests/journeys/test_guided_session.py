"""A whole session on a phone, led by the clock: what is counted, asked and logged."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

import clock
from exercises import library
from exercises.models import ExerciseVersion
from exercises.services import loading
from patients.models import Assignment, Session
from patients.results import Went
from tests.factories import LONG_AGO, ExerciseVersionFactory, PatientFactory
from tests.journeys.guided import (
    BACK,
    CHANGE,
    COUNT,
    LET_GO,
    MOVE,
    OFFER,
    PHONE,
    REST,
    TURN,
    Guided,
    address,
    went,
)
from tests.patients.scene import TODAY, running

HIDDEN = """hidden => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""
EVENING = datetime(2026, 5, 4, 20, 0, tzinfo=UTC)  # 21:00 in London
BOTH = {"side": "both", "repetitions_min": 1, "repetitions_max": 2, "sets_min": 2, "sets_max": 3}
ONE = {"side": "right", "repetitions_min": 1, "repetitions_max": 1}


@pytest.fixture
def begun(transactional_db: None, settings) -> Callable[..., Assignment]:
    """``begun(dose, …)``: who has these exercises, on an evening in May."""
    settings.CLOCK_OFFSET = round((EVENING - clock.now()).total_seconds())

    def plan(*doses: dict) -> Assignment:
        patient = PatientFactory(name="Sam Reed", time_zone="Europe/London")
        return running(*doses, patient=patient, starts_on=TODAY, now=EVENING - timedelta(days=1))

    return plan


@pytest.fixture
def phone(open_page) -> Iterator[Callable[..., Guided]]:
    eyes = []

    def opened(plan: Assignment, **options) -> Guided:
        eyes.append(open_page("guided", user=plan.patient.user, **{**PHONE, **options}))
        return Guided(eyes[-1].page, EVENING).open(address(plan))

    yield opened
    assert [eye.troubles for eye in eyes if eye.troubles] == []


def test_all_sides_and_rounds_are_counted_and_logged(begun, phone) -> None:
    led = phone(begun(BOTH))
    led.is_in("ready").press("ready").is_in("count").after(COUNT + MOVE)
    for number in (1, 2):
        led.shows(f"Right leg · round {number} of 2 · hold")
        expect(led.page.locator("[data-seconds]").first).to_have_text("20")
        led.after(20 + BACK).is_in("offer").after(OFFER).shows("Now the left leg")
        led.after(CHANGE + MOVE).shows(f"Left leg · round {number} of 2 · hold").after(20 + BACK)
        if number == 1:
            led.is_in("set_rest").after(REST + MOVE)
    led.is_in("offer").press("next").is_saved()
    assert went() == [Went("done", amount=4)]


def test_one_more_and_longer_up_to_the_upper_ends(begun, phone) -> None:
    led = phone(begun({**BOTH, "sets_min": 1, "sets_max": 1}))
    led.press("ready").after(COUNT + MOVE + 5).press("longer").after(20).is_in("beat")
    led.after(5 + BACK).is_in("offer").press("more").after(COUNT + MOVE)
    led.shows("Right leg · 2 of 2 · hold").after(20 + BACK)
    led.shows("Now the left leg").after(CHANGE + TURN + LET_GO + TURN).is_saved()
    assert went() == [Went("done", amount=4)]


def test_a_pause_and_a_call_stay_and_go_on_where_it_was(begun, phone) -> None:
    led = phone(begun(ONE)).press("ready").after(COUNT + MOVE + 5).press("pause")
    led.is_in("paused").after(600).is_in("paused")
    led.press("go").is_in("count").after(COUNT + 7).shows("Right leg · hold")
    led.page.clock.fast_forward(300_000)  # nothing is heard of the clock meanwhile
    led.is_in("paused").press("go").after(COUNT + 7).shows("Right leg · hold")
    led.after(1).shows("Right leg · and back")


def test_behind_another_tab_it_goes_on_however_seldom_it_hears_of_the_clock(begun, phone) -> None:
    led = phone(begun({**ONE, "repetitions_min": 3, "repetitions_max": 3}))
    led.press("ready").after(COUNT)
    led.page.evaluate(HIDDEN, True)
    led.page.clock.fast_forward(1000 * (TURN + LET_GO + MOVE + 5))  # one late call
    led.shows("Right leg · 2 of 3 · hold")
    led.page.evaluate(HIDDEN, False)
    expect(led.page.locator("[data-seconds]").first).to_have_text("15")
    led.after(15 + BACK + LET_GO + TURN).is_saved()
    assert went() == [Went("done", amount=3)]


def test_the_figure_shows_the_phase_and_is_drawn_seldom(begun, phone) -> None:
    loading.load(library.read(), now=LONG_AGO)
    version = ExerciseVersion.objects.get(exercise__slug="lying-hamstring-stretch")
    plan = begun({**ONE, "exercise_version": version})
    led = phone(plan, reduced_motion="no-preference").press("ready")
    figure = led.page.locator("[data-current] [data-moving]")
    drawn = """(figure) => { const { player } = figure.player, draw = player.draw.bind(player);
        figure.drawn = 0; player.draw = (told) => { figure.drawn += 1; draw(told); }; }"""
    expect(figure).to_have_attribute("data-moving", "led")
    figure.evaluate("(figure) => figure.player.load().then(() => true)")
    led.after(COUNT)
    figure.evaluate(drawn)
    led.after(MOVE - 0.5)
    expect(figure).to_have_attribute("data-phase", "move")
    assert 20 < figure.evaluate("(figure) => figure.drawn") <= 15 * MOVE
    led.after(10)
    expect(figure).to_have_attribute("data-phase", "hold")
    expect(figure.locator(".d-letter")).to_have_text("R")
    led.press("pause")
    figure.evaluate("(figure) => { figure.drawn = 0; }")
    assert led.after(10).is_in("paused")
    assert figure.evaluate("(figure) => figure.drawn") == 0


def test_the_figure_shows_the_other_side_while_sides_are_changed(begun, phone) -> None:
    loading.load(library.read(), now=LONG_AGO)
    version = ExerciseVersion.objects.get(exercise__slug="lying-hamstring-stretch")
    one = {**ONE, "side": "both", "exercise_version": version}
    led = phone(begun(one), reduced_motion="no-preference").press("ready")
    figure = led.page.locator("[data-current] [data-moving]")
    expect(figure).to_have_attribute("data-moving", "led")
    figure.evaluate("(figure) => figure.player.load().then(() => true)")
    led.after(COUNT + 5)
    expect(figure.locator(".d-letter")).to_have_text("R")
    led.after(TURN - 5 + 1).shows("Now the left leg")
    expect(figure.locator(".d-letter")).to_have_text("L")


def test_back_does_the_turn_again_and_counts_it_once(begun, phone) -> None:
    led = phone(begun({**ONE, "repetitions_min": 2, "repetitions_max": 2}))
    led.press("ready").after(COUNT + TURN + 1).press("back").is_in("count").after(COUNT)
    led.shows("Right leg · 1 of 2 · move").after(TURN + LET_GO + TURN).is_saved()
    assert went() == [Went("done", amount=2)]


def test_what_is_left_out_says_why_and_what_was_not_reached_does_not(begun, phone) -> None:
    led = phone(begun(ONE, ONE, ONE)).press("skip").press("skipped", reason="no_equipment")
    led.is_in("between").is_at_exercise(2).press("ready").after(COUNT + TURN)
    led.is_at_exercise(3).press("leave")
    expect(led.page.get_by_text("What you have done is kept")).to_be_visible()
    led.press("stop").is_saved()
    assert went() == [Went("skipped", skip_reason="no_equipment"), Went("done", 1), Went("skipped")]


def test_what_hurts_stops_and_goes_on_gently_or_is_left_out(begun, phone) -> None:
    led = phone(begun(ONE, ONE)).press("ready").after(COUNT + 2).press("hurt")
    led.is_in("hurt").after(120).press("rated", pain="3").is_in("advice")
    expect(led.root).to_have_attribute("data-advice", "low")
    led.press("gently").after(COUNT + TURN).is_at_exercise(2).press("ready").after(COUNT + 2)
    led.press("hurt").press("rated", pain="7").is_in("advice")
    expect(led.root).to_have_attribute("data-advice", "much")
    expect(led.page.locator('[data-press="gently"]').filter(visible=True)).to_have_count(0)
    led.press("leave-out").is_saved()
    assert went() == [Went("done", 1, pain=3), Went("hurt", 0, pain=7)]
    assert Session.objects.get().pain_after == 7


def test_nothing_done_is_nothing_logged(begun, phone) -> None:
    led = phone(begun(ONE)).press("ready").after(COUNT + 2).press("leave")
    expect(led.page.get_by_text("What you have done is kept")).not_to_be_visible()
    led.press("stop").page.wait_for_url("**/today/")
    assert not Session.objects.exists()
    expect(led.page.get_by_role("link", name="Go on with your session")).to_have_count(0)
    led.keeps(0)


def test_a_walk_is_counted_in_minutes_and_may_be_ended_early(begun, phone) -> None:
    walk = ExerciseVersionFactory(
        is_sided=False, dose_kind="minutes", minutes_min=10, minutes_max=15,
        hold_seconds_min=None, hold_seconds_max=None, repetitions_min=None, repetitions_max=None,
    )  # fmt: skip
    led = phone(begun({"exercise_version": walk, "side": ""})).press("ready").after(COUNT + 1)
    led.shows("keep going")
    expect(led.page.get_by_role("button", name="Go on longer")).to_be_visible()
    expect(led.page.locator("[data-seconds]").first).to_have_text("9:59")
    led.after(200).press("next").is_saved()
    assert went() == [Went("part", amount=3)]


def test_what_is_optional_is_offered_and_finished_without(begun, phone) -> None:
    plan = begun(ONE, {**ONE, "per_day_min": 1, "per_day_max": 2})
    led = phone(plan).press("ready").after(COUNT + TURN).press("ready").after(COUNT + TURN)
    led.is_saved()
    again = phone(plan).press("ready").after(COUNT + TURN).is_in("between").is_at_exercise(2)
    again.press("stop").is_saved()
    assert went(Session.objects.order_by("received_at").last()) == [Went("done", amount=1)]

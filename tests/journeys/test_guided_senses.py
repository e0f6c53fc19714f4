"""A whole session on a phone that notes what it was asked to sound, say and keep lit."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

import clock
from patients.models import Assignment
from tests.factories import PatientFactory
from tests.journeys.guided import BACK, COUNT, MOVE, PHONE, Guided, address
from tests.journeys.look import Eye
from tests.journeys.senses import DEVICE, LOCAL
from tests.patients.scene import TODAY, running

EVENING = datetime(2026, 5, 4, 20, 0, tzinfo=UTC)  # 21:00 in London
ONE = {"side": "right", "repetitions_min": 1, "repetitions_max": 1}
A_FINGER = 44  # pixels
TICK, FINISH = 440, [523, 659, 784, 1047]


@pytest.fixture
def plan(transactional_db: None, settings) -> Assignment:
    settings.CLOCK_OFFSET = round((EVENING - clock.now()).total_seconds())
    patient = PatientFactory(name="Sam Reed", time_zone="Europe/London")
    return running(ONE, patient=patient, starts_on=TODAY, now=EVENING - timedelta(days=1))


@pytest.fixture
def eye(open_page, plan: Assignment) -> Eye:
    eye = open_page("senses", user=plan.patient.user, **PHONE)
    eye.page.add_init_script(f"window.voicesOfTheDevice = {json.dumps([LOCAL])}")
    eye.page.add_init_script(DEVICE)
    return eye


@pytest.fixture
def led(eye: Eye, plan: Assignment) -> Guided:
    return Guided(eye.page, EVENING).open(address(plan))


@pytest.fixture
def asked(eye: Eye) -> Callable[[str], list]:
    """``asked("said")``: all that the device was asked for, of this kind."""
    return lambda what: eye.page.evaluate(f"device.{what}")


def ahead(led: Guided) -> list[int]:
    """The hertz of what will sound."""
    coming = """() => device.tones
        .filter(({ at, isOff }) => !isOff && at > performance.now() + 250)
        .toSorted((one, other) => one.at - other.at).map(({ hertz }) => hertz)"""
    return led.page.evaluate(coming)


def choices(led: Guided):
    led.page.locator("[data-senses] summary").click()
    return led.page.locator("[data-senses]")


def test_a_session_is_heard_from_the_first_press_to_its_end(led: Guided, asked) -> None:
    assert (asked("contexts.length"), asked("locks.length")) == (0, 0)
    led.press("ready").after(0.1)
    assert asked("locks.map((lock) => lock.isHeld)") == [True]
    assert ahead(led) == [TICK, TICK, 659]
    led.after(COUNT)
    assert ahead(led) == [523, 784]  # the hold
    led.after(MOVE)
    assert ahead(led) == [TICK, TICK, TICK, 784, 523]
    led.press("pause")
    assert ahead(led) == []
    led.press("go").after(0.1)
    assert ahead(led) == [TICK, TICK, 523, 784]
    led.after(COUNT + 20 + BACK - 1)
    before = len(asked("tones"))
    led.page.evaluate("HTMLFormElement.prototype.requestSubmit = () => undefined")
    led.page.evaluate("HTMLFormElement.prototype.submit = () => undefined")
    led.after(2).is_in("end")
    assert [tone["hertz"] for tone in asked("tones")[before:]] == FINISH
    assert asked("locks.map((lock) => lock.isHeld)") == [False]


def test_the_voice_says_the_words_of_the_plan_and_the_next_session_knows(led, asked, plan) -> None:
    choices(led).get_by_label("Voice").check()
    led.press("ready").after(COUNT + 0.5)
    led.after(MOVE)
    said = [words["text"] for words in asked("said") if words["text"].strip()]
    assert said[0] == "This voice says what comes next."
    assert said[-1].startswith("Hold")
    assert {words["voice"] for words in asked("said")} == {"Local"}
    led.open(address(plan))
    expect(led.page.locator('[data-sense="voice"]')).to_be_checked()


def test_the_choices_are_large_named_and_closed_by_escape(eye: Eye, led: Guided) -> None:
    place = choices(led)
    for row in place.locator("label, summary").all():
        assert row.bounding_box()["height"] >= A_FINGER
    names = ("Sound", "Vibration", "Voice")
    for name in names:
        expect(place.get_by_role("checkbox", name=name)).to_be_visible()
    led.page.clock.resume()  # axe waits, too
    eye.look("senses")
    led.page.keyboard.press("Escape")
    expect(place.get_by_role("checkbox").first).to_be_hidden()

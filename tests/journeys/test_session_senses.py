"""Sound, vibration, voice and a lit screen: what a device is asked for, and what it is spared."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.senses import ELSEWHERE, FRENCH, LOCAL, Device

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
GO, HOLD, BACK, TICK = 659, [523, 784], [784, 523], 440
FIVE_MINUTES = 5 * 60
HAS_NOTHING = """
for (const name of ["AudioContext", "webkitAudioContext", "speechSynthesis"]) {
  Object.defineProperty(window, name, { value: undefined });
}
Object.defineProperty(navigator, "wakeLock", { value: undefined });
delete navigator.vibrate;
delete Navigator.prototype.vibrate;
"""


@pytest.fixture
def device(browser: Browser) -> Iterator[Callable[..., Device]]:
    """``device()``: a phone; its voices may be given."""
    contexts = []

    def made(*voices: dict[str, Any], also: str = "", **options) -> Device:
        context = browser.new_context(**{**PHONE, **options})
        contexts.append(context)
        context.set_default_timeout(15_000)
        return Device(context.new_page(), voices=list(voices or [LOCAL]), also=also)

    yield made
    for context in contexts:
        context.close()


@pytest.fixture
def phone(device) -> Device:
    phone = device()
    phone.begin()
    return phone


def hertz_at(tones: list[tuple[float, int]], second: float) -> list[int]:
    """What begins within a quarter of a second of then, in order."""
    return [hertz for when, hertz in tones if second <= when < second + 0.25]


def test_a_hold_sounds_at_its_start_in_its_last_seconds_and_at_its_end(phone: Device) -> None:
    phone.beat("hold", 30)
    tones = phone.heard()
    assert hertz_at(tones, 0) == HOLD
    assert [hertz_at(tones, second) for second in (27, 28, 29)] == [[TICK]] * 3
    assert hertz_at(tones, 30) == BACK
    assert len(tones) == 7


def test_what_was_sounded_ahead_is_not_sounded_again(phone: Device) -> None:
    phone.beat("hold", 10)
    phone.wait(10.4)  # a hidden page's timer comes late: the tone did not
    phone.beat("return", 3)
    assert [when for when, hertz in phone.heard() if hertz in BACK][-2:] == [-0.4, -0.3]


def test_a_beat_that_was_cut_short_is_silent_and_the_next_one_sounds(phone: Device) -> None:
    phone.beat("rest", 60)
    phone.wait(5)
    phone.beat("move", 4)
    assert phone.heard() == [(0, GO)]


def test_a_move_without_seconds_to_count_only_begins(phone: Device) -> None:
    phone.beat("move", 4)
    assert phone.heard() == [(0, GO)]


def test_the_way_to_a_hold_sounds_ahead_where_it_is_known(phone: Device) -> None:
    phone.beat("move", 4, next="hold")
    assert hertz_at(phone.heard(), 4) == HOLD


def test_the_rest_is_over_with_a_sound_of_its_own(phone: Device) -> None:
    phone.beat("rest", 30)
    assert [hertz for _when, hertz in phone.heard()] == [TICK, TICK, TICK, GO]


def test_the_finish_is_heard_and_felt(phone: Device) -> None:
    phone.page.evaluate("senses.end()")
    assert [hertz for _when, hertz in phone.heard()] == [523, 659, 784, 1047]
    assert len(phone.buzzes) == 1


def test_nothing_is_celebrated_where_something_hurt(phone: Device) -> None:
    phone.beat("hold", 30)
    before = phone.buzzes
    phone.page.evaluate("senses.end({ isQuiet: true })")
    assert {hertz for _when, hertz in phone.heard()} <= set(HOLD)
    assert phone.buzzes == before


def test_stop_takes_back_all_that_was_to_come(device) -> None:
    phone = device()
    phone.choose("voice", True)
    phone.begin()
    phone.beat("hold", 30, says="Right leg. Hold.")
    phone.page.evaluate("senses.stop()")
    assert phone.ahead() == []
    before = phone.said
    phone.wait(40)
    assert phone.said == before
    assert phone.page.evaluate("speechSynthesis.speaking") is False


def test_after_a_call_the_tones_come_at_their_time(phone: Device) -> None:
    phone.beat("hold", 30)
    phone.page.evaluate("device.contexts[0].turn('interrupted')")
    assert phone.ahead() == []
    phone.wait(10)
    phone.page.evaluate("device.contexts[0].turn('running')")
    assert [when for when, _hertz in phone.ahead()] == [17, 18, 19, 20, 20.1]


def test_what_was_paused_in_a_call_stays_silent_after_it(phone: Device) -> None:
    phone.beat("hold", 30)
    phone.page.evaluate("device.contexts[0].turn('interrupted')")
    phone.page.evaluate("senses.stop()")
    phone.page.evaluate("device.contexts[0].turn('running')")
    assert phone.ahead() == []


def test_off_is_silent_and_still(device) -> None:
    phone = device()
    for name in ("sound", "vibration"):
        phone.choose(name, False)
    phone.begin()
    phone.beat("hold", 10, says="Hold")
    phone.wait(12)
    phone.page.evaluate("senses.end()")
    assert (phone.heard(), phone.buzzes, phone.said) == ([], [], [])
    assert phone.page.evaluate("device.contexts.length") == 0


def test_switching_the_sound_off_in_a_hold_ends_it_and_on_brings_it_back(phone: Device) -> None:
    phone.beat("hold", 30)
    phone.wait(1)
    phone.choose("sound", False)
    phone.beat("hold", 29)
    assert phone.heard()[-1][0] < -0.5
    phone.choose("sound", True)
    assert [when for when, _hertz in phone.ahead()] == [26, 27, 28, 29, 29.1]


def test_sound_and_vibration_are_on_and_the_voice_is_off_until_chosen(device) -> None:
    phone = device()
    for name, is_on in (("sound", True), ("vibration", True), ("voice", False)):
        expect(phone.box(name)).to_be_checked(checked=is_on)


def test_what_was_chosen_is_remembered_on_the_device(device) -> None:
    phone = device()
    phone.choose("sound", False)
    phone.choose("voice", True)
    phone.open()
    for name, is_on in (("sound", False), ("vibration", True), ("voice", True)):
        expect(phone.box(name)).to_be_checked(checked=is_on)


def test_without_storage_a_choice_holds_for_the_page(device) -> None:
    phone = device()
    phone.page.evaluate("Object.defineProperty(window, 'localStorage', { get() { throw 1 } })")
    phone.choose("sound", False)
    phone.begin()
    phone.beat("hold", 10)
    assert phone.heard() == []


def test_only_a_voice_on_the_device_in_the_language_of_the_page_speaks(device) -> None:
    phone = device(ELSEWHERE, FRENCH, LOCAL)
    phone.choose("voice", True)
    phone.begin()
    phone.beat("move", 4, says="Straighten your knee")
    assert phone.voices_used == {"Local"}
    assert phone.said[-1] == "Straighten your knee"


@pytest.mark.parametrize("voices", [[ELSEWHERE], [FRENCH]])
def test_without_such_a_voice_there_is_no_choice_of_one(device, voices: list[dict]) -> None:
    phone = device(*voices)
    phone.page.evaluate("localStorage.setItem('senses', JSON.stringify({ voice: true }))")
    phone.open()
    expect(phone.box("voice")).to_be_hidden()
    phone.begin()
    phone.beat("move", 4, says="Straighten your knee")
    assert phone.said == []


def test_voices_that_come_later_are_offered_then(device) -> None:
    phone = device(FRENCH)
    phone.page.evaluate('document.querySelector("[data-senses]").open = true')
    expect(phone.box("voice")).to_be_hidden()
    phone.page.evaluate(
        """(voice) => {
            speechSynthesis.voices.push(voice);
            speechSynthesis.dispatchEvent(new Event("voiceschanged"));
        }""",
        LOCAL,
    )
    expect(phone.box("voice")).to_be_visible()


def test_the_voice_says_the_cue_and_the_last_three_seconds(device) -> None:
    phone = device()
    phone.choose("voice", True)
    phone.begin()
    sample = phone.said
    phone.beat("hold", 10, says="Hold")
    phone.wait(11)
    assert phone.said == [*sample, "Hold", "3", "2", "1"]


def test_a_number_does_not_talk_over_a_cue(device) -> None:
    phone = device()
    phone.choose("voice", True)
    phone.begin()
    sample = phone.said
    phone.beat("hold", 4, says="Right leg, repetition two of three, hold it there")
    phone.wait(5)
    assert phone.said == [*sample, "Right leg, repetition two of three, hold it there", "1"]


def test_the_next_beat_cuts_off_what_is_being_said(device) -> None:
    phone = device()
    phone.choose("voice", True)
    phone.begin()
    phone.beat("move", 4, says="Straighten your right knee until you first feel a stretch")
    before = phone.page.evaluate("device.cancelled")
    phone.beat("hold", 10, says="Hold")
    assert phone.page.evaluate("device.cancelled") == before + 1


def test_a_hidden_page_does_not_buzz(phone: Device) -> None:
    phone.beat("hold", 10)
    assert len(phone.buzzes) == 1
    phone.hide(True)
    phone.beat("return", 3)
    assert len(phone.buzzes) == 1


def test_a_device_that_cannot_buzz_offers_no_vibration(device) -> None:
    desktop = device(has_touch=False, is_mobile=False)
    desktop.page.evaluate('document.querySelector("[data-senses]").open = true')
    expect(desktop.box("vibration")).to_be_hidden()
    expect(desktop.box("sound")).to_be_visible()
    desktop.begin()
    desktop.beat("hold", 10)
    assert desktop.buzzes == []


def test_the_screen_stays_lit_and_is_lit_again_when_the_page_is_seen_again(phone: Device) -> None:
    assert phone.locks == [True]
    phone.hide(True)
    assert phone.locks == [False]
    phone.hide(False)
    assert phone.locks == [False, True]
    phone.page.evaluate("senses.end()")
    assert phone.locks == [False, False]
    phone.hide(False)
    assert phone.locks == [False, False]


def test_after_a_pause_of_five_minutes_the_screen_may_go_dark(phone: Device) -> None:
    phone.beat("hold", 30)
    phone.page.evaluate("senses.stop()")
    phone.wait(FIVE_MINUTES - 5)
    assert phone.locks == [True]
    phone.wait(35)
    assert phone.locks == [False]
    phone.begin()
    assert phone.locks == [False, True]


def test_a_device_that_has_none_of_it_is_led_without(device) -> None:
    phone = device(also=HAS_NOTHING)
    troubles: list[str] = []
    phone.page.on("pageerror", lambda error: troubles.append(str(error)))
    phone.open()
    phone.begin()
    phone.beat("hold", 10, says="Hold")
    phone.wait(11)
    phone.page.evaluate("senses.stop(); senses.end()")
    expect(phone.page.locator("[data-senses]")).to_be_hidden()
    assert troubles == []

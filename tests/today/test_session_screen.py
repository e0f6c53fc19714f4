"""The screen of a guided session: what each of its states holds, and what is always there."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse

from exercises.words.dose import instructions
from patients.models import PAIN_MAX, Tick
from programmes.next_session_items import minutes_of
from tests.patients.scene import NOW, items_of, log, running
from tests.today.test_guided_page import address, send
from tests.today.test_today_page import text

pytestmark = pytest.mark.django_db
SCRIPTS = sorted((Path(__file__).resolve().parents[2] / "static/js/session").glob("*.js"))
STEER = {"back", "skip", "hurt", "leave"}
# What can be pressed in each state.
PRESSES = {
    "resume": {"go", "again"},
    "ready": {"ready", "stop", *STEER},
    "count": {"pause", *STEER},
    "beat": {"pause", "longer", "next", *STEER},
    "offer": {"more", "next", "pause", *STEER},
    "set_rest": {"next", "pause", *STEER},
    "between": {"ready", "stop", *STEER},
    "paused": {"go", *STEER},
    "hurt": {"rated", "keep"},
    "advice": {"gently", "leave-out", "stop"},
    "skip": {"skipped", "keep"},
    "leave": {"stop", "keep"},
    "elsewhere": {"go"},
    "end": set(),
}
VOID = {"input", "img", "br", "hr", "meta", "link", "path", "circle", "use"}


class Shown(HTMLParser):
    """The elements of a page that can be seen in one state of the session."""

    def __init__(self, state: str) -> None:
        super().__init__()
        self.state = state
        self.around: list[bool] = [True]
        self.seen: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        states = attributes.get("data-in")
        is_seen = self.around[-1] and (states is None or self.state in states.split())
        if is_seen:
            self.seen.append({"tag": tag, **attributes})
        if tag not in VOID:
            self.around.append(is_seen)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.around.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.around.pop()


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running({}, {"per_day_min": 1, "per_day_max": 2}, {"per_day_min": 1, "per_day_max": 1})


@pytest.fixture
def phone(plan, as_user):
    return as_user(plan.patient.user)


def seen(phone, plan, state: str) -> list[dict[str, str]]:
    reader = Shown(state)
    reader.feed(phone.get(address(plan)).content.decode())
    return reader.seen


@pytest.mark.parametrize(("state", "presses"), PRESSES.items())
def test_what_can_be_pressed_in_each_state(phone, plan, state, presses):
    elements = seen(phone, plan, state)
    assert {one["data-press"] for one in elements if "data-press" in one} == presses
    assert all(one["type"] == "button" for one in elements if "data-press" in one)


@pytest.mark.parametrize("state", PRESSES)
def test_help_is_one_press_away_in_each_state(phone, plan, state):
    help_at = f"{reverse('today:help')}?clinic={plan.patient.clinic_id}"
    assert help_at in [one.get("href") for one in seen(phone, plan, state)]


def test_every_way_to_help_leads_to_the_help_of_its_own_clinic(phone, plan):
    links = [one.get("href", "") for state in PRESSES for one in seen(phone, plan, state)]
    to_help = {link for link in links if link.startswith(reverse("today:help"))}
    assert to_help == {f"{reverse('today:help')}?clinic={plan.patient.clinic_id}"}


@pytest.mark.parametrize("state", ["count", "beat", "offer", "set_rest", "between", "paused"])
def test_seconds_are_seen_and_not_heard(phone, plan, state):
    ring = next(one for one in seen(phone, plan, state) if one.get("class") == "session__ring")
    assert ring["aria-hidden"] == "true"


@pytest.mark.parametrize("state", ["resume", "hurt", "advice", "skip", "leave", "elsewhere", "end"])
def test_a_question_has_a_heading_for_the_focus(phone, plan, state):
    headings = [one for one in seen(phone, plan, state) if one["tag"] == "h2"]
    assert any("data-heading" in one and one["tabindex"] == "-1" for one in headings)


def test_every_pain_and_every_reason_is_one_press(phone, plan):
    pain = [one["data-pain"] for one in seen(phone, plan, "hurt") if "data-pain" in one]
    assert pain == [str(number) for number in range(PAIN_MAX + 1)]
    presses = [one for one in seen(phone, plan, "skip") if one.get("data-press") == "skipped"]
    reasons = [one["data-reason"] for one in presses]
    assert reasons == [*Tick.SkipReason.values, ""]  # the last: the rest of one that was begun


def test_there_is_no_bar_and_no_head_on_it(phone, plan):
    html = phone.get(address(plan)).content.decode()
    assert 'class="bottom-bar"' not in html
    assert 'class="patient-head"' not in html


def test_each_exercise_says_its_dose_its_time_and_how_to_get_ready(phone, plan):
    item = items_of(plan)[0]
    version = item.exercise_version
    page = text(phone.get(address(plan)))
    assert f"{version.name} Exercise 1 of 3" in page
    assert str(instructions(item.dose)) in page
    assert f"About {minutes_of([item])} min" in page
    assert f"Get ready {version.steps[0]}" in page


def test_what_is_optional_says_that_it_is_enough_now(phone, plan):
    enough = "That is enough for now. If you like, there is one more:"
    assert enough not in text(phone.get(address(plan)))
    log(plan)
    html = phone.get(address(plan)).content.decode()
    assert html.count(enough) == 1
    assert html.count(" data-optional") == 1


def test_it_says_so_where_everything_hurt_today(phone, plan):
    page = phone.get(address(plan))
    hurts = {f"result-{item.pk}": "hurt" for item in items_of(plan)}
    send(phone, plan, page, **hurts)
    html = phone.get(address(plan))
    assert "There is nothing left for today" in text(html)
    assert 'id="exercise-1"' not in html.content.decode()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_the_scripts_of_a_session_have_no_words_of_their_own(script):
    code = re.sub(r"//.*", "", script.read_text())
    literals = re.findall(r'"([^"\n]*)"|`([^`]*)`', code)
    assert [one for pair in literals for one in pair if re.search(r"[A-Z][a-z]+ [a-z]+", one)] == []

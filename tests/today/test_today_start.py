"""The one obvious thing on Today: Start, with what is next and how long it takes, in every state."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from patients.models import NotToday, Tick
from patients.results import Went
from patients.services import sessions, signs
from tests.factories import PatientFactory
from tests.patients.scene import DAY, HOUR, NOW, TODAY, day_on, items_of, log, running
from tests.patients.test_plans import verb
from tests.today.test_today_page import TODAY_PAGE, read

pytestmark = pytest.mark.django_db
ONCE = {"per_day_min": 1, "per_day_max": 1}


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running({}, ONCE)


@pytest.fixture
def phone(plan, as_user):
    return as_user(plan.patient.user)


def session_of(plan, on=TODAY) -> str:
    day = day_on(plan, on)
    return reverse("today:session", args=[day.pk, day.programme_id])


def html_of(phone) -> str:
    """Without what a script may show later."""
    html = phone.get(TODAY_PAGE).content.decode()
    return re.sub(r"<template.*?</template>", "", html, flags=re.DOTALL)


PLACE = r'<div class="start" data-go-on.*?</a>\s*</div>'  # hidden until a script shows it
BUTTON = r'<(a|button) class="btn ([^"]*)"([^>]*)>(.*?)</\1>'


def buttons(html: str) -> list[tuple[str, str, str]]:
    """Each button that is not hidden: its address ("" for one of a form), its classes, its words."""
    shown = re.sub(PLACE, "", html, flags=re.DOTALL)
    return [
        (
            "".join(re.findall(r'href="([^"]+)"', more)),
            css,
            " ".join(re.sub(r"<[^>]+>", " ", words).split()),
        )
        for _tag, css, more, words in re.findall(BUTTON, shown, re.DOTALL)
    ]


def ways_in(html: str) -> list[tuple[str, str, str]]:
    """Those that open a guided session."""
    return [one for one in buttons(html) if re.match(r"/today/.+/session/.+", one[0])]


def primary(html: str) -> list[str]:
    """The words of the main one; it is one at most."""
    return [words for _address, css, words in buttons(html) if "btn-primary" in css]


# --- what it says ---


def test_start_says_what_is_next_and_how_long_it_takes(phone, plan):
    html = html_of(phone)
    [(address, css, words)] = ways_in(html)
    assert address == session_of(plan)
    assert "btn-primary" in css
    assert re.fullmatch(r"Start · about \d+ min", words)
    assert primary(html) == [words]
    first = items_of(plan)[0]
    assert f"2 exercises, starting with {first}" in read(phone)


def test_start_promises_what_the_session_then_shows(phone, plan):
    [(address, _css, words)] = ways_in(html_of(phone))
    page = phone.get(address)
    assert page.context["page"].minutes == int(words.split()[-2])
    assert [one.item for one in page.context["page"].exercises] == items_of(plan)


def test_already_done_comes_second_and_is_still_one_press(phone, plan):
    html = html_of(phone)
    assert html.index("Start · about") < html.index("I’ve already done it")
    log(plan)
    assert "I’ve already done it" in html_of(phone)


def test_one_exercise_is_not_called_several(as_user):
    plan = running({})
    words = read(as_user(plan.patient.user))
    assert f"1 exercise {items_of(plan)[0]}" in words


def test_what_is_done_for_today_is_not_offered_again(phone, plan):
    log(plan)
    assert f"Still to do today: 1 exercise {items_of(plan)[0]}" in read(phone)


# --- what hurt ---


def hurt(plan, *items) -> None:
    results = {item.pk: Went(Tick.Result.HURT, pain=3) for item in items}
    log(plan, results=results)


def test_what_hurt_today_is_left_out_and_said_so(phone, plan):
    first, second = items_of(plan)
    hurt(plan, first)
    words = read(phone)
    assert f"Still to do today: 1 exercise {second}" in words
    assert re.search(rf"{first} Left out for today", words)


def test_nothing_is_started_where_everything_hurt(phone, plan):
    hurt(plan, *items_of(plan))
    html = html_of(phone)
    assert ways_in(html) == []
    assert "There is nothing more to do today. What hurt is left out until tomorrow." in read(phone)
    assert "I’ve already done it" not in html
    phone.post(reverse("today:not_today", args=[day_on(plan).pk]))  # its button
    assert f'action="{reverse("today:not_today", args=[day_on(plan).pk])}"' in html
    assert "No more reminders come today." in read(phone)


def test_tomorrow_it_is_offered_again(phone, plan, clock_hands):
    hurt(plan, *items_of(plan))
    clock_hands.shift(DAY)
    assert ways_in(html_of(phone))


# --- the other states ---


def times(number):
    def done(plan):
        for n in range(number):
            log(plan, now=NOW - (number - n) * HOUR)

    return done


def say_not_today(plan):
    day, by = day_on(plan), plan.patient.user
    sessions.say_not_today(day, reason=NotToday.Reason.NO_TIME, by=by, now=NOW)


def much_pain(plan):
    log(plan, pain_after=8)


def pause(plan):
    verb("pause", plan, from_on=TODAY)


def end(plan):
    verb("end", plan, reason="")


def stop(plan):
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)


@pytest.mark.parametrize(
    ("state", "css", "words"),
    [
        (times(2), "btn-secondary", "Start a bonus session"),
        (times(3), "btn-quiet", "Start another one"),
        (say_not_today, "btn-quiet", "Start a session anyway"),
    ],
    ids=["complete", "full", "not today"],
)
def test_start_is_quieter_where_nothing_more_is_asked(phone, plan, state, css, words):
    state(plan)
    html = html_of(phone)
    [(address, classes, said)] = ways_in(html)
    assert (address, said) == (session_of(plan), words)
    assert css in classes
    assert primary(html) == []


@pytest.mark.parametrize("state", [much_pain, pause, end, stop])
def test_nothing_is_started_where_the_exercises_should_rest(phone, plan, state):
    state(plan)
    assert ways_in(html_of(phone)) == []


def test_a_rest_day_offers_it_quietly(as_user):
    plan = running({"weekdays": [1]})
    html = html_of(as_user(plan.patient.user))
    [(address, css, words)] = ways_in(html)
    assert (address, words) == (session_of(plan), "Start a session anyway")
    assert "btn-quiet" in css
    assert primary(html) == []


def test_nothing_is_started_before_the_first_day_or_without_a_programme(as_user):
    upcoming = running(starts_on=TODAY + 3 * DAY)
    assert ways_in(html_of(as_user(upcoming.patient.user))) == []
    assert ways_in(html_of(as_user(PatientFactory().user))) == []


def test_start_stands_above_a_check_up_that_is_due(phone, plan):
    plan.starts_on = plan.review_on = TODAY - DAY
    plan.save()
    words = read(phone)
    assert words.index("Start · about") < words.index("Your check-up is due")


# --- what was begun: yesterday's until three, and the place for a session on this device ---


@pytest.mark.parametrize(("at", "is_offered"), [("00:30", True), ("02:59", True), ("03:00", False)])
def test_yesterdays_session_can_be_started_until_three(phone, plan, clock_hands, at, is_offered):
    clock_hands.move_to(datetime.fromisoformat(f"2026-05-05 {at}+01:00").astimezone(UTC))
    addresses = [address for address, _css, _words in ways_in(html_of(phone))]
    assert (session_of(plan, TODAY) in addresses) == is_offered
    assert session_of(plan, TODAY + DAY) == addresses[0]


@pytest.mark.parametrize(("at", "days"), [("00:30", [1, 0]), ("10:00", [1])])
def test_a_session_begun_on_this_device_has_its_place(phone, plan, clock_hands, at, days):
    clock_hands.move_to(datetime.fromisoformat(f"2026-05-05 {at}+01:00").astimezone(UTC))
    html = html_of(phone)
    places = re.findall(r'<div class="start" data-go-on="([^"]+)" hidden>', html)
    assert places == [str(day_on(plan, TODAY + n * DAY).pk) for n in days]
    assert html.count("Go on with your session") == len(days)
    assert html.count('data-how-far="Exercises left: {left} of {all}"') == len(days)


def test_after_much_pain_nothing_is_gone_on_with(phone, plan):
    much_pain(plan)
    assert "data-go-on" not in html_of(phone)

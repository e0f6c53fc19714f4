"""Today as it is seen: one main thing, in every state, on a phone, a tablet and a desktop."""

import pytest
import time_machine
from django.urls import reverse

from patients.models import Tick
from patients.results import Went
from tests.patients.scene import DAY, HOUR, NOW, TODAY, items_of, log, running
from tests.patients.test_plans import verb

pytestmark = pytest.mark.django_db(transaction=True)
TODAY_PAGE = reverse("today:today")
SMALL, PHONE, TABLET = (
    {"width": 320, "height": 640},
    {"width": 390, "height": 844},
    {"width": 768, "height": 1024},
)
DESKTOP = {"width": 1440, "height": 900}
SHOW_BEGUN = "document.querySelector('[data-go-on]').hidden = false"


@pytest.fixture
def plan():
    with time_machine.travel(NOW, tick=True):
        yield running({}, {"per_day_min": 1, "per_day_max": 1}, {"weekdays": [1]})


@pytest.fixture
def eye(plan, open_page):
    return open_page("patient", user=plan.patient.user, viewport=PHONE)


def box(eye, selector: str) -> dict[str, float]:
    found = eye.page.locator(selector).first.bounding_box()
    assert found
    return found


def nothing_yet(plan):
    pass


def part_of_it(plan):
    log(plan, now=NOW - HOUR)


def complete(plan):
    for _ in range(2):
        log(plan, now=NOW - HOUR)


def full(plan):
    for _ in range(3):
        log(plan, now=NOW - HOUR)


def much_pain(plan):
    log(plan, now=NOW - HOUR, pain_after=8)


def everything_hurt(plan):
    hurt = Went(Tick.Result.HURT, pain=3)
    log(plan, now=NOW - HOUR, results={item.pk: hurt for item in items_of(plan)[:2]})


def check_up_due(plan):
    plan.starts_on = plan.review_on = TODAY - DAY
    plan.save()


def paused(plan):
    verb("pause", plan, from_on=TODAY)


def ended(plan):
    verb("end", plan, reason="")


@pytest.mark.parametrize(
    "state",
    [
        nothing_yet,
        part_of_it,
        complete,
        full,
        much_pain,
        everything_hurt,
        check_up_due,
        paused,
        ended,
    ],
)
def test_every_state_of_today_is_in_order(plan, eye, state):
    state(plan)
    eye.page.goto(TODAY_PAGE)
    eye.look(f"today-{state.__name__}")


def test_a_session_begun_on_this_device_stands_in_the_place_of_start(eye):
    eye.page.goto(TODAY_PAGE)
    start = eye.page.get_by_role("link", name="Start · about")
    go_on = eye.page.get_by_role("link", name="Go on with your session")
    assert (start.is_visible(), go_on.is_visible()) == (True, False)
    eye.page.evaluate(SHOW_BEGUN)
    assert (start.is_visible(), go_on.is_visible()) == (False, True)
    eye.look("today-begun")


@pytest.mark.parametrize("size", [SMALL, PHONE])
def test_on_a_phone_start_and_already_done_stand_in_the_first_screen(eye, size):
    eye.page.set_viewport_size(size)
    eye.page.goto(TODAY_PAGE)
    bar = box(eye, ".bottom-bar")["y"]
    for kind in (".btn-start:visible", "form .btn:has-text('I’ve already done it')"):
        button = box(eye, kind)
        assert button["y"] + button["height"] <= bar
    assert box(eye, ".btn-start:visible")["height"] >= 60
    picture = box(eye, ".start__next .figure")
    assert min(picture["width"], picture["height"]) >= 96


@pytest.mark.parametrize("size", [SMALL, PHONE, TABLET])
def test_below_a_desktop_the_week_stands_between_start_and_the_exercises(eye, size):
    eye.page.set_viewport_size(size)
    eye.page.goto(TODAY_PAGE)
    parts = (".today__now", ".today__week", ".today__exercises", ".today__rest")
    tops = [box(eye, part)["y"] for part in parts]
    assert tops == sorted(tops)
    assert len({box(eye, part)["x"] for part in parts}) == 1


def test_on_a_desktop_what_to_do_is_wide_and_the_rest_beside_it(eye):
    eye.page.set_viewport_size(DESKTOP)
    eye.page.goto(TODAY_PAGE)
    now, week = box(eye, ".today__now"), box(eye, ".today__week")
    assert now["y"] == week["y"]
    assert now["x"] + now["width"] < week["x"]
    assert now["width"] > 1.5 * week["width"]
    assert box(eye, ".today__exercises")["x"] == now["x"]
    assert box(eye, ".today__rest")["x"] == week["x"]
    assert week["x"] + week["width"] - now["x"] > 900  # of 1440 px
    head, page = box(eye, ".patient-head > *"), box(eye, ".page h1")
    assert head["x"] == page["x"]


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_text_of_twice_the_size_fits(eye, size):
    eye.page.set_viewport_size(size)
    eye.page.goto(TODAY_PAGE)
    eye.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert eye.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    start, card = box(eye, ".btn-start:visible"), box(eye, ".hero")
    assert start["x"] + start["width"] <= card["x"] + card["width"]


def test_the_exercise_of_a_desktop_has_its_dose_beside_the_figure(plan, eye):
    eye.page.set_viewport_size(DESKTOP)
    eye.page.goto(reverse("today:item", args=[items_of(plan)[0].pk]))
    dose, title = box(eye, ".patient-view__dose"), box(eye, ".page h1")
    assert dose["x"] > title["x"] + 400


def test_how_to_do_an_exercise_comes_when_it_is_opened(eye):
    eye.page.goto(TODAY_PAGE)
    card = eye.page.locator(".item-card").first
    link = card.get_by_role("link", name="Show the steps")
    card.get_by_text("How to do it").click()
    card.get_by_text("Stop if it hurts").wait_for()
    assert link.count() == 0
    eye.look("today-how-to")


@pytest.mark.parametrize("answer", [lambda route: route.abort(), lambda _route: None])
def test_where_it_cannot_come_a_link_leads_to_the_page_of_the_exercise(eye, answer):
    """Refused, or never answered."""
    eye.page.goto(TODAY_PAGE)
    eye.page.route("**/how/", answer)
    card = eye.page.locator(".item-card").first
    how = card.get_by_text("How to do it")
    how.click()
    card.get_by_role("link", name="Show the steps").wait_for()
    eye.page.unroute("**/how/")
    how.click()
    how.click()  # opened again, it is asked for again
    card.get_by_text("Stop if it hurts").wait_for()

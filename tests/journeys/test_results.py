"""How each exercise of a session went, said and changed with a thumb, and the finish around it."""

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Locator, expect

from patients.results import Went
from patients.services.sessions import results_of
from programmes.models import Item
from tests.journeys.test_phone_targets import TOO_SMALL
from tests.patients.scene import NOW, items_of, log, running

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=True) as hands:
        yield hands


@pytest.fixture
def plan():
    return running({}, {"side": Item.Side.BOTH})


@pytest.fixture
def session(plan):
    return log(plan)


@pytest.fixture
def opened(plan, session, open_page):
    """The page after the session, on a phone."""

    def on(**options):
        eye = open_page("patient", user=plan.patient.user, viewport=PHONE, **options)
        eye.page.goto(reverse("today:session_describe", args=[session.pk]))
        return eye

    return on


def row(page, item) -> Locator:
    return page.locator(".result").filter(has_text=str(item))


def choose(row: Locator, result: str) -> None:
    row.locator(f'[name^="result-"][value="{result}"]').check()


def test_changed_on_the_phone_with_only_what_applies_in_sight(plan, session, opened):
    eye = opened()
    first, both = items_of(plan)
    one = row(eye.page, first)
    eye.look("closed")
    one.locator("summary").click()
    many, pain, why = (one.get_by_label(words) for words in ("How many?", "7, severe", "Why?"))
    expect(many).to_be_visible()
    expect(pain).not_to_be_visible()
    many.fill("2")
    choose(one, "skipped")
    expect(many).not_to_be_visible()
    expect(why).to_be_visible()
    expect(one.locator(".result__said")).to_have_text("Left out")
    choose(one, "hurt")
    expect(many).to_have_value("2")
    pain.check()
    expect(one.locator(".result__said")).to_contain_text("2 of 2–3")
    expect(one.locator(".result__said")).to_contain_text("pain 7")
    eye.look("open")
    eye.page.get_by_role("button", name="Save").click()
    eye.page.wait_for_url("**/today/")
    expect(eye.page.get_by_text("That was too much pain. Rest now")).to_be_visible()
    assert results_of(session) == {first.pk: Went("hurt", amount=2, pain=7), both.pk: Went("done")}


def test_what_cannot_be_opens_its_row_and_the_page_stays_usable(plan, opened):
    eye = opened()
    first, _both = items_of(plan)
    one = row(eye.page, first)
    one.locator("summary").click()
    one.get_by_label("How many?").fill("0")
    eye.page.get_by_label("A note").fill("Stiff")
    eye.page.get_by_role("button", name="Save").click()
    expect(one.get_by_text("That is none.")).to_be_visible()
    expect(eye.page.get_by_label("A note")).to_have_value("Stiff")
    expect(eye.page.locator("[data-error-summary]")).to_be_focused()
    eye.look("refused")


def test_everything_in_an_opened_row_can_be_hit_at_320(plan, opened):
    page = opened().page
    page.set_viewport_size({"width": 320, "height": 640})
    first, both = items_of(plan)
    for item, result in ((first, "hurt"), (both, "skipped")):
        row(page, item).locator("summary").click()
        choose(row(page, item), result)
    assert page.evaluate(TOO_SMALL) == []
    row(page, first).get_by_label("4, moderate").check()
    choose(row(page, first), "done")
    assert page.evaluate(TOO_SMALL) == []
    no_pain = row(page, first).get_by_label("It did not hurt")
    assert no_pain.bounding_box()["height"] > 20  # as the other choices, not as a browser's own
    no_pain.check()
    expect(row(page, first).get_by_label("4, moderate")).not_to_be_visible()


def test_without_scripts_it_is_a_form_like_any_other(plan, session, opened):
    eye = opened(java_script_enabled=False)
    _first, both = items_of(plan)
    one = row(eye.page, both)
    one.locator("summary").click()
    choose(one, "part")
    one.get_by_label("How many?").fill("3")
    eye.page.get_by_role("button", name="Save").click()
    eye.page.wait_for_url("**/today/")
    assert results_of(session)[both.pk] == Went("part", amount=3)


@pytest.mark.parametrize(
    ("motion", "moves"), [("no-preference", ["ring-fills", "0.6s", "1"]), ("reduce", ["none"])]
)
def test_the_ring_fills_once_where_motion_is_welcome(opened, motion, moves):
    eye = opened(reduced_motion=motion)
    style = eye.page.locator(".ring__new").evaluate(
        "ring => { const s = getComputedStyle(ring);"
        " return [s.animationName, s.animationDuration, s.animationIterationCount] }"
    )
    assert style[: len(moves)] == moves

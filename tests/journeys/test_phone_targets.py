"""On a small phone everything can be hit, and what is next stands in sight."""

from types import SimpleNamespace

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect

from patients.models import Patient
from patients.services import records, signs
from reminders import tokens
from tests.accounts.post import link_in
from tests.patients.scene import NOW, TODAY, log, running, waiting_patient
from tests.reminders.routes import remind

pytestmark = pytest.mark.django_db(transaction=True)
SMALL, USUAL = {"width": 320, "height": 640}, {"width": 390, "height": 844}

# Everything that can be pressed, apart from links inside a sentence, with its box or its label's.
TOO_SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && one.type !== "hidden")
  .filter((one) => !one.classList.contains("skip-link"))
  .filter((one) => one.matches("a") ? !inSentence(one) : true)
  .map((one) => [one, boxOf(one)])
  .filter(([, box]) => box.width < 43.9 || box.height < 43.9)
  .map(([one, box]) => `${one.outerHTML.slice(0, 120)} ${box.width} x ${box.height}`);
  function inSentence(link) {
    const beside = [...link.parentElement.childNodes].filter((one) => one.nodeType === Node.TEXT_NODE);
    const hasWords = beside.some((text) => /\\w/.test(text.data));
    return getComputedStyle(link).display === "inline" && hasWords;
  }
  function boxOf(one) {
    const own = one.getBoundingClientRect();
    const around = one.matches("[type=radio], [type=checkbox]") && one.closest(".form-check, label");
    const over = getComputedStyle(one, "::after");
    if (over.position === "absolute" && over.content !== "none")
      return one.closest(".item-card").getBoundingClientRect();
    return around ? around.getBoundingClientRect() : own;
  }"""


@pytest.fixture
def plan():
    with time_machine.travel(NOW, tick=True):
        yield running()


@pytest.fixture
def phone(plan, open_page):
    return open_page("patient", user=plan.patient.user, viewport=SMALL)


def pages(plan):
    session = log(plan)
    item = plan.programme.items.first()
    names = ["today", "progress", "settings", "help"]
    return {
        **{name: reverse(f"today:{name}") for name in names},
        "item": reverse("today:item", args=[item.pk]),
        "session": reverse("today:session_describe", args=[session.pk]),
        "warning": reverse("today:warning", args=[plan.patient_id]),
        "reminders": reverse("reminders:settings"),
        "why": reverse("today:own_why"),
    }


def too_small(page, address) -> list[str]:
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    return page.evaluate(TOO_SMALL.replace("() => [", "() => { return [", 1) + "}")


def test_every_target_of_the_pages_without_a_sign_in_is_large_enough_at_320(plan, open_page):
    log(plan)
    page = open_page("stranger", viewport=SMALL).page
    small = {name: too_small(page, address) for name, address in plain_pages(plan).items()}
    assert {name: found for name, found in small.items() if found} == {}


def plain_pages(plan):
    cast = SimpleNamespace(record=plan.patient, assignment=plan, day=plan.days.get(on=TODAY))
    reminder = remind(cast)
    invited = waiting_patient(year_of_birth=1984)
    letter = records.invite(invited, by=invited.clinician, now=NOW).letter
    return {
        **{name: reverse(f"account_{name}") for name in ["login", "request_login_code"]},
        "reset": reverse("account_reset_password"),
        "reset done": reverse("account_reset_password_done"),
        "sign up": reverse("account_signup"),
        "reminder": reverse("reminders:answer", args=[tokens.make(reminder, purpose="open")]),
        "change": reverse("reminders:from_email", args=[tokens.make(reminder, purpose="change")]),
        "stop": reverse("reminders:unsubscribe", args=[tokens.make(reminder, purpose="stop")]),
        "no such reminder": reverse("reminders:answer", args=["nonsense"]),
        "invitation": link_in(letter, "/invitations/"),
        "no such invitation": reverse("today:invitation", args=["nonsense"]),
    }


def test_every_target_is_large_enough_at_320(plan, phone):
    small = {}
    for name, address in pages(plan).items():
        small[name] = too_small(phone.page, address)
    Patient.objects.update(welcomed_at=None)
    for page in ("", "_times", "_pain"):
        small[page] = too_small(phone.page, reverse(f"reminders:first_visit{page}"))
    found = [f"{name}: {one}" for name, ones in small.items() for one in ones]
    assert found == []


@pytest.mark.parametrize("size", [SMALL, USUAL])
def test_the_first_button_on_today_stands_above_the_bar(plan, phone, size):
    phone.page.set_viewport_size(size)
    phone.page.goto(reverse("today:today"))
    button = phone.page.get_by_role("button", name="I’ve already done it").bounding_box()
    bar = phone.page.locator(".bottom-bar").bounding_box()
    assert button["y"] + button["height"] <= bar["y"]


@pytest.mark.parametrize("size", [SMALL, USUAL, {"width": 320, "height": 360}])
def test_save_is_never_under_the_bar(plan, phone, size):
    phone.page.set_viewport_size(size)
    phone.page.goto(reverse("today:session_describe", args=[log(plan).pk]))
    phone.page.get_by_label("A note").fill("x" * 1001)
    for _with_and_without_errors in range(2):
        save = phone.page.get_by_role("button", name="Save")
        save.scroll_into_view_if_needed()
        box, bar = save.bounding_box(), phone.page.locator(".bottom-bar").bounding_box()
        assert box["y"] + box["height"] <= min(bar["y"], size["height"] + 1)
        with phone.page.expect_navigation():
            save.click()


def test_stop_and_tell_my_clinic_stands_in_the_first_screen(plan, phone):
    phone.page.set_viewport_size(USUAL)
    phone.page.goto(reverse("today:warning", args=[plan.patient_id]))
    box = phone.page.get_by_role("button", name="Stop and tell my clinic").bounding_box()
    assert box["y"] + box["height"] <= USUAL["height"]


def test_the_whole_card_opens_the_exercise_and_what_lies_on_it_can_be_pressed(plan, phone):
    phone.page.goto(reverse("today:today"))
    card = phone.page.locator(".item-card").first
    picture = card.locator(".figure").bounding_box()
    assert min(picture["width"], picture["height"]) >= 96
    card.get_by_text("How to do it").click()
    assert phone.page.url.endswith(reverse("today:today"))
    picture = card.locator(".figure").bounding_box()
    phone.page.mouse.click(picture["x"] + 20, picture["y"] + 20)
    phone.page.wait_for_url("**/today/items/**")
    assert phone.troubles == []


def test_a_long_note_is_counted_and_never_cut(plan, phone):
    phone.page.goto(reverse("today:session_describe", args=[log(plan).pk]))
    note = phone.page.get_by_label("A note")
    note.fill("💪" * 700)
    assert phone.page.get_by_text("of 1,000 letters").count() == 0
    note.fill("a\n" * 450 + "b")
    phone.page.get_by_text("901 of 1,000 letters").wait_for()
    note.fill("x" * 5000)
    phone.page.get_by_text("5,000 of 1,000 letters: make it 4,000 shorter").wait_for()
    with phone.page.expect_navigation():
        phone.page.get_by_role("button", name="Save").click()
    assert note.input_value() == "x" * 5000
    assert phone.page.get_by_text("Use 1,000 letters at most: these are 5,000.").count() == 2


def test_choosing_own_times_shows_them_and_another_choice_hides_them(plan, phone):
    phone.page.goto(reverse("reminders:settings"))
    first = phone.page.get_by_label("First time")
    assert not first.is_visible()
    phone.page.get_by_label("At my own times").check()
    first.fill("09:00")
    phone.page.get_by_label("At the usual times").check()
    assert not first.is_visible()
    phone.page.get_by_role("button", name="Save").click()
    phone.page.get_by_text("Reminders come at the usual times").first.wait_for()


def test_a_page_left_open_renews_itself_once_a_sign_was_told_elsewhere(plan, phone):
    phone.page.goto(reverse("today:today"))
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    phone.page.evaluate("window.dispatchEvent(new Event('focus'))")
    phone.page.get_by_role("heading", name="Stop: no exercises for now").wait_for()
    assert phone.troubles == []


def test_words_that_are_being_typed_are_not_lost_by_it(plan, phone):
    phone.page.goto(reverse("today:session_describe", args=[log(plan).pk]))
    note = phone.page.get_by_label("A note")
    note.fill("It went down my leg")
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    with phone.page.expect_response("**/stopped/"):
        phone.page.evaluate("window.dispatchEvent(new Event('focus'))")
    phone.page.wait_for_timeout(300)
    assert note.input_value() == "It went down my leg"


def test_a_first_visit_from_the_first_page_to_today(plan, phone):
    Patient.objects.update(welcomed_at=None)
    page = phone.page
    page.goto(reverse("today:today"))
    phone.look("first-visit")
    page.get_by_role("link", name="Next").click()
    page.get_by_label("At my own times").check()
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_text("Choose at least one time.").first.wait_for()
    page.get_by_label("First time").fill("09:00")
    phone.look("first-visit-times")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("heading", name="If it hurts").wait_for()
    phone.look("first-visit-pain")
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_label("First time")).to_have_value("09:00")
    page.go_back()
    page.get_by_role("button", name="Show my exercises").click()
    page.get_by_role("heading", name="Today’s exercises").wait_for()
    page.goto(reverse("reminders:first_visit"))
    page.get_by_role("heading", name="Today’s exercises").wait_for()
    assert phone.troubles == []

"""Every link of a reminder, pressed by a browser that keeps no cookie and says not where it is from."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from patients.models import NotToday, Session
from reminders import services
from reminders.models import Preference
from reminders.services import Choice
from tests.reminders.letters import address, family, one_letter
from tests.reminders.nudging import MORNING

pytestmark = pytest.mark.django_db
PAGES = {
    "answer": "open",
    "start": "open",
    "done": "done",
    "score": "score",
    "undo": "undo",
    "not_today": "not_today",
    "choose": "choose",
    "from_email": "change",
    "unsubscribe": "stop",
    "letter": "letter",
    "letter_change": "letter_change",
}


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(MORNING, tick=False) as hands:
        yield hands


@pytest.fixture
def letter():
    return one_letter(family("Ana", "Ben"))


class Plain:
    """Keeps no cookie, and takes none along; sent as from nowhere, or by another site."""

    def __init__(self, **headers: str) -> None:
        self.headers = headers
        self.set: list[str] = []

    def ask(self, method: str, to: str, data: dict[str, str] | None = None):
        client = Client(enforce_csrf_checks=True, headers=self.headers)
        response = getattr(client, method)(to, data or {})
        self.set += response.cookies
        if response.status_code == 302:
            return self.ask("get", response.url)
        return response


@pytest.fixture(params=["from nowhere", "another site"])
def plain(request) -> Plain:
    if request.param == "from nowhere":
        return Plain()
    return Plain(Origin="null", Referer="https://mail.example/", **{"Sec-Fetch-Site": "cross-site"})


def test_no_link_of_a_reminder_sets_a_cookie(plain, letter):
    for name, purpose in PAGES.items():
        for method in ("get", "head", "post"):
            response = plain.ask(method, address(name, letter[0], purpose), {"reason": "tired"})
            assert response.status_code in {200, 422}, (name, method)
    assert plain.set == []


def forms_of(response) -> list[tuple[str, str]]:
    """The address of each form, and all that stands in it."""
    found = re.findall(r"<form([^>]*)>(.*?)</form>", response.content.decode(), re.DOTALL)
    return [(attributes, inside) for attributes, inside in found]


def hidden_in(inside: str) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', inside)
    return {name: value.replace("&quot;", '"') for name, value in fields}


def test_no_form_behind_them_asks_for_a_token_of_a_cookie(plain, letter):
    seen = 0
    for name, purpose in PAGES.items():
        for _attributes, inside in forms_of(plain.ask("get", address(name, letter[0], purpose))):
            assert "csrfmiddlewaretoken" not in inside, name
            seen += 1
    assert seen > len(PAGES)


@pytest.mark.parametrize(("page", "purpose"), [("from_email", "change"), ("choose", "choose")])
def test_the_change_form_saves_and_takes_back(plain, letter, page, purpose):
    here, patient = address(page, letter[0], purpose), letter[0].patient
    saved = plain.ask("post", here, {"when": "own", "first": "09:00"})
    assertContains(saved, "Reminders come at 9:00")
    assert services.chosen(patient).times
    [(_attributes, bar), *_others] = forms_of(saved)
    assertContains(plain.ask("post", here, hidden_in(bar)), "at the usual times")
    assert services.chosen(patient) == Choice()
    assert plain.set == []


def test_a_wrong_time_keeps_what_was_typed(plain, letter):
    typed = {"when": "own", "first": "half past"}
    page = plain.ask("post", address("from_email", letter[0], "change"), typed)
    assertContains(page, "half past", status_code=422)
    assert not Preference.objects.exists()


def test_stopping_from_the_page_of_the_day(plain, letter):
    page = plain.ask("get", address("answer", letter[0], "open")).content.decode()
    [choose] = re.findall(r'href="([^"]+)">Stop or change my reminders', page)
    assertContains(plain.ask("post", choose, {"when": "never"}), "Reminders are off.")
    assert not services.chosen(letter[0].patient).is_on


@pytest.mark.parametrize("body", ["List-Unsubscribe=One-Click", "multipart"])
def test_one_click_by_a_mail_service(letter, body):
    """As RFC 8058 says: in either form of a body, without cookie or a way back, and no redirect."""
    client, to = Client(enforce_csrf_checks=True), address("unsubscribe", letter[0], "stop")
    if body == "multipart":
        response = client.post(to, {"List-Unsubscribe": "One-Click"})
    else:
        response = client.post(to, body, content_type="application/x-www-form-urlencoded")
    assert (response.status_code, response.cookies.output()) == (200, "")
    for one in letter:
        assert not services.chosen(one.patient).is_on


def test_done_with_its_score_and_back(plain, letter):
    one = letter[0]
    assertContains(plain.ask("post", address("done", one, "done")), "Saved.")
    assertContains(plain.ask("post", address("score", one, "score"), {"pain": "2"}), "saved")
    assert Session.objects.get().pain_after == 2
    assertContains(plain.ask("post", address("undo", one, "undo")), "Taken back.")
    not_today = address("not_today", one, "not_today")
    assertContains(plain.ask("post", not_today, {"reason": "pain"}), "No more reminders come")
    plain.ask("post", address("undo", one, "undo"))
    assert not NotToday.objects.exists()
    assert plain.set == []


def test_start_now_asks_for_a_sign_in_beside_what_needs_none(plain, letter):
    page = plain.ask("get", address("start", letter[0], "open"))
    assertContains(page, "Sign in to start")
    sign_in = reverse("account_login")
    assertContains(page, f'href="{sign_in}?next=')
    [(attributes, inside)] = forms_of(page)
    [to] = re.findall(r'action="([^"]+)"', attributes)
    assertContains(plain.ask("post", to, hidden_in(inside)), "Saved. Well done.")
    assert Session.objects.get().day.assignment == letter[0].assignment
    assert plain.set == []

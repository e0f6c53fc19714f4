"""Words a third longer fit the screen of a phone: no page of the demo clinic scrolls sideways."""

import mimetypes
import os
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route

from accounts.models import User
from caseload.concerns import Kind
from demo.people import CLINICIAN, LEAD
from patients.models import Assignment, Patient
from programmes.models import Programme
from reminders import tokens
from reminders.models import Reminder

pytestmark = pytest.mark.django_db
BUILT = Path(__file__).resolve().parent.parent.parent / "static/built"
ADDRESS = "http://testserver/page/"
WIDTHS = (390, 320)
PATIENT = "patient@demo.example"
SHOTS = os.environ.get("SHOTS")

# What hangs out of the page, or out of a box that then scrolls by itself. A table of numbers may.
TOO_WIDE = """() => [document.documentElement, ...document.body.querySelectorAll("*")]
  .filter((one) => one.checkVisibility() && one.clientWidth > 1)
  .filter((one) => one === document.documentElement || /auto|scroll/.test(getComputedStyle(one).overflowX))
  .filter((one) => !one.matches("textarea, .table-wrap") && one.scrollWidth > one.clientWidth)
  .map((one) => `${one.localName}.${one.className} by ${one.scrollWidth - one.clientWidth} px`)"""


@pytest.fixture
def demo(speak: None, settings: LazySettings) -> None:
    settings.DEMO = True
    call_command("load_library", verbosity=0)
    call_command("load_demo", stdout=StringIO())


@pytest.fixture
def shown(browser: Browser) -> Iterator[Callable[[str], Page]]:
    """A page of ours in a browser, with its style and script, and no server."""
    context = browser.new_context(reduced_motion="reduce", service_workers="block")
    page, content = context.new_page(), []

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        file = BUILT / path.removeprefix("/static/")
        if route.request.url == ADDRESS:
            route.fulfill(body=content[-1], content_type="text/html; charset=utf-8")
        elif path.startswith("/static/") and file.exists():
            kind, _encoding = mimetypes.guess_type(file.name)
            route.fulfill(body=file.read_bytes(), content_type=kind or "")
        else:
            route.abort()

    def show(html: str) -> Page:
        content.append(html)
        page.goto(ADDRESS)
        return page

    page.route("**/*", answer)
    yield show
    context.close()


def addresses() -> Iterator[tuple[str, str]]:
    """Who opens what: an e-mail address, or nothing where nobody needs to sign in."""
    sam = Patient.objects.get(user__email=PATIENT)
    plan = Assignment.objects.running().get(patient=sam)
    busy = Patient.objects.get(name="Amira Khan")
    reminder = Reminder.objects.filter(patient=sam).latest("due_at")
    yield "", reverse("account_login")
    yield "", reverse("reminders:answer", args=[tokens.make(reminder, purpose="open")])
    for name in ("today:today", "today:progress", "today:settings", "reminders:settings"):
        yield PATIENT, reverse(name)
    yield PATIENT, reverse("today:item", args=[plan.programme.items.first().pk])
    yield PATIENT, reverse("today:warning", args=[sam.pk])
    for name in ("caseload:caseload", "caseload:create", "exercises:list", "programmes:list"):
        yield CLINICIAN[0], reverse(name)
    yield CLINICIAN[0], reverse("caseload:record", args=[busy.pk])
    yield CLINICIAN[0], f"{reverse('caseload:deal_with', args=[busy.pk])}?kind={Kind.PAIN_UP.slug}"
    draft = Programme.objects.templates().drafts().first()
    yield CLINICIAN[0], reverse("programmes:edit", args=[draft.pk])
    yield CLINICIAN[0], reverse("exercises:detail", args=["lying-hamstring-stretch"])
    for name in ("accounts:team", "accounts:settings"):
        yield LEAD[0], reverse(name)


def test_words_a_third_longer_fit_a_phone(demo: None, shown, as_user) -> None:
    wide = {}
    for who, address in addresses():
        client = as_user(User.objects.get(email=who)) if who else Client()
        response = client.get(address)
        assert response.status_code == 200, address
        page = shown(response.text)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            if SHOTS:
                page.screenshot(
                    path=f"{SHOTS}/{address.strip('/').replace('/', '-')[:50]}-{width}.png"
                )
            wide[f"{address} at {width} px"] = page.evaluate(TOO_WIDE)
    assert {place: found for place, found in wide.items() if found} == {}

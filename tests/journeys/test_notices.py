"""The words of notices come in a file of their own: what is said while it cannot be had."""

import pytest
from django.contrib.sessions.models import Session as SignIn
from playwright.sync_api import Page, Route, expect

import clock
from accounts.models import User
from patients.models import Day, Session
from patients.schedule import local_date
from programmes import services
from tests.factories import LONG_AGO, MembershipFactory, PatientFactory
from tests.journeys.guided import PHONE
from tests.journeys.people import press, where_it_is_noon
from tests.journeys.phones import queue_of, tick_without_a_network, with_a_network
from tests.journeys.saving import DESKTOP, kept, notice
from tests.journeys.stack import wait_until
from tests.patients.scene import running

WORDS = "**/notices/**"


@pytest.fixture
def physio(transactional_db: None) -> User:
    return MembershipFactory(user__name="Priya Shah", clinic__name="Riverside", role="lead").user


def out_of_reach(route: Route) -> None:
    route.abort()


def without_words(page: Page) -> None:
    page.route(WORDS, out_of_reach)


def with_words(page: Page) -> None:
    page.unroute(WORDS)


@pytest.fixture
def page(open_page, physio: User) -> Page:
    """A draft of a template whose title can be changed."""
    clinic = physio.memberships.get().clinic
    draft = services.create(clinic, title="Low back", by=physio, now=LONG_AGO)
    page = open_page("notices", user=physio, viewport=DESKTOP).page
    without_words(page)
    page.goto(f"/programmes/{draft.pk}/")
    return page


def change_title(page: Page, words: str) -> None:
    page.locator("[name=title]").fill(words)
    page.locator("[name=title]").press("Tab")


def test_that_it_is_not_saved_is_said_at_once_and_why_when_the_words_come(page: Page) -> None:
    SignIn.objects.all().delete()
    change_title(page, "Knee")
    expect(notice(page)).to_have_text("Not saved.")
    expect(page.locator("#saved")).to_have_text("Not saved")
    with_words(page)
    change_title(page, "Knee and hip")
    expect(notice(page)).to_contain_text("You are signed out.")


def test_what_was_typed_is_kept_until_it_can_be_offered(page: Page) -> None:
    SignIn.objects.all().delete()
    change_title(page, "Knee")
    expect(notice(page)).to_have_text("Not saved.")
    assert "Knee" in kept(page)


def test_what_was_done_without_a_network_is_said_to_be_on_the_phone(
    open_page, transactional_db: None
) -> None:
    now = clock.now()
    patient = PatientFactory(name="Sam Reed", time_zone=where_it_is_noon())
    running(patient=patient, starts_on=local_date(now, patient.zone), now=now)
    options = {**PHONE, "service_workers": "block"}
    page = open_page("notices", user=patient.user, **options).page
    without_words(page)
    page.goto("/today/")
    page.context.set_offline(True)
    press(page, "I’ve already done it")
    expect(page.locator("[data-unsent]")).to_have_text("Saved on this phone")
    assert not Session.objects.exists()
    page.context.set_offline(False)
    wait_until(Session.objects.exists, "the session", 20)


def test_nobody_signs_out_unasked_while_something_waits(day: Day, open_page) -> None:
    page = open_page("notices", user=day.assignment.patient.user, **PHONE).page
    page.goto("/today/")
    tick_without_a_network(page, "The left knee clicked.")
    page.route("**/offline/sessions/", out_of_reach)
    without_words(page)
    with_a_network(page)
    page.goto("/settings/you/")
    press(page, "Sign out")
    expect(page.get_by_role("alert").filter(has_text="You are still signed in.")).to_be_visible()
    assert len(queue_of(page)) == 1
    with_words(page)
    press(page, "Sign out")
    expect(page.get_by_role("dialog", name="1 session is not sent yet")).to_be_visible()
    expect(page.get_by_text("You are still signed in. Nothing is lost.")).to_have_count(0)


def test_who_has_nothing_unsent_signs_out_without_words(page: Page) -> None:
    page.goto("/settings/")
    press(page, "Sign out")
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()

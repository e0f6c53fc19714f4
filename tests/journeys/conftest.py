"""A running product and a browser for each journey."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect, sync_playwright

import clock
from accounts.models import User
from patients.models import Day
from patients.schedule import local_date
from tests.browser import ARGUMENTS, chromium
from tests.factories import PatientFactory
from tests.journeys.look import Eye
from tests.journeys.people import signed_in, where_it_is_noon
from tests.journeys.phone import Phone
from tests.journeys.stack import Stack
from tests.owner import own_database
from tests.patients.scene import running

PHONE = {"width": 390, "height": 844}
# Most journeys are about pages, which a worker must never answer by chance. Those about the worker
# ask for it: ``open_as("patient", service_workers="allow")``.
WITHOUT_A_WORKER = {"service_workers": "block"}
PATIENCE = 15_000  # ms; a busy machine is no fault


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop running, in which Django would refuse its ORM.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    with own_database("journey") as addresses:
        stack = Stack(tmp_path, addresses)
        yield stack
        stack.close()


@pytest.fixture
def open_as(browser: Browser, stack: Stack) -> Iterator[Callable[..., Eye]]:
    """``open_as("patient")`` is somebody with a browser of their own."""
    contexts = []

    def someone(who: str, *, zone: str = "Europe/London", **options) -> Eye:
        context = browser.new_context(
            base_url=stack.url,
            timezone_id=zone,
            locale="en-GB",
            reduced_motion="reduce",  # so that no colour is caught half way
            **{"viewport": PHONE, **WITHOUT_A_WORKER, **options},
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page: Page = context.new_page()
        return Eye(page, who)

    yield someone
    for context in contexts:
        context.close()


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Eye]]:
    """``open_page("who")``: a browser of their own; signed in if a ``user`` is given."""
    contexts = []

    def someone(who: str, *, user: User | None = None, **options) -> Eye:
        context = browser.new_context(
            base_url=live_server.url,
            # At home with the factories' patients: elsewhere Today asks whether to follow the phone.
            **{
                "reduced_motion": "reduce",
                "timezone_id": "Europe/London",
                **WITHOUT_A_WORKER,
                **options,
            },
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if user is not None:
            context.add_cookies([signed_in(user, live_server.url)])
        return Eye(context.new_page(), who)

    yield someone
    for context in contexts:
        context.set_offline(True)  # a page that is closed sends its last typing
        context.close()
    wait_until_the_server_is_idle()


def wait_until_the_server_is_idle() -> None:
    """Tables are emptied next: no request may still be at work, each of which has a connection."""
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid()"
    )
    quiet = 0
    for _at_most_ten_seconds in range(200):
        with connection.cursor() as cursor:
            cursor.execute(others)
            quiet = quiet + 1 if cursor.fetchone() == (0,) else 0
        if quiet == 2:
            return
        time.sleep(0.05)


@pytest.fixture
def day(transactional_db: None) -> Day:
    """Today, of somebody who has just begun."""
    now = clock.now()
    patient = PatientFactory(
        name="Sam Reed", clinic__name="Riverside Backs", time_zone=where_it_is_noon()
    )
    today = local_date(now, patient.zone)
    return running(patient=patient, starts_on=today, now=now).days.get(on=today)


@pytest.fixture
def phone(open_page, day: Day) -> Phone:
    """The patient's, with the worker on it, which most journeys do without."""
    user = day.assignment.patient.user
    return Phone(open_page("patient", user=user, service_workers="allow"))

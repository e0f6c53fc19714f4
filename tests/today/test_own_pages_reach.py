"""The patient's own pages: whose they are, that looking changes nothing, what they cost."""

import re
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AuditEvent
from patients.models import Day, Session
from patients.services import plans
from tests.factories import PatientFactory
from tests.patients.scene import DAY, NOW, TODAY, items_of, log, running

pytestmark = pytest.mark.django_db
TODAY_PAGE = reverse("today:today")


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running()


@pytest.fixture
def phone(plan, as_user):
    return as_user(plan.patient.user)


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        ("today:today", "today:today"),
        ("today:progress", "today:progress"),
        ("today:settings", "today:settings"),
        ("reminders:settings", "today:settings"),
        ("today:own_why", "today:settings"),
    ],
)
def test_the_bar_marks_where_each_of_your_pages_belongs(phone, page, marked):
    bar = phone.get(reverse(page)).content.decode().partition('<nav class="bottom-bar"')[2]
    assert re.findall(r'<a href="([^"]+)"\s+aria-current="page">', bar) == [reverse(marked)]


@pytest.mark.parametrize("who", ["clinician", "clinician with a record", "other"])
def test_other_peoples_days_sessions_and_exercises_are_404(as_user, plan, who):
    session, item = log(plan), items_of(plan)[0]
    other = running().patient.user if who == "other" else plan.patient.clinician
    if who == "clinician with a record":
        PatientFactory(user=other, clinic=plan.patient.clinic)
    phone = as_user(other)
    fields = {"client_id": uuid4(), "programme": plan.programme_id}
    assert (
        phone.post(reverse("today:session_log", args=[session.day_id]), fields).status_code == 404
    )
    assert phone.post(reverse("today:session_undo", args=[session.pk])).status_code == 404
    for name, key in (("session_describe", session.pk), ("item", item.pk)):
        assert phone.get(reverse(f"today:{name}", args=[key])).status_code == 404
    assert Session.objects.not_undone().count() == 1


@pytest.mark.parametrize("name", ["session_describe", "item"])
def test_unknown_keys_are_404(phone, name):
    assert phone.get(reverse(f"today:{name}", args=[uuid4()])).status_code == 404


def test_unknown_days_and_sessions_are_404(phone):
    for name in ("session_log", "session_undo"):
        assert phone.post(reverse(f"today:{name}", args=[uuid4()])).status_code == 404


def test_posting_addresses_do_not_answer_to_looking(phone, plan):
    session = log(plan)
    for name, key in (("session_log", session.day_id), ("session_undo", session.pk)):
        assert phone.get(reverse(f"today:{name}", args=[key])).status_code == 405


def test_looking_changes_nothing(phone, plan):
    session = log(plan)
    before = (AuditEvent.objects.count(), list(Day.objects.values_list()), Session.objects.count())
    for name, args in (
        ("today", []), ("progress", []), ("help", []), ("settings", []), ("choose", []),
        ("item", [items_of(plan)[0].pk]), ("session_describe", [session.pk]),
    ):  # fmt: skip
        assert phone.get(reverse(f"today:{name}", args=args)).status_code == 200
    after = (AuditEvent.objects.count(), list(Day.objects.values_list()), Session.objects.count())
    assert before == after


@pytest.mark.parametrize("items", [1, 20])
@pytest.mark.parametrize("history", [1, 60])
def test_queries_do_not_grow(as_user, clock_hands, django_assert_num_queries, items, history):
    plan = running(*[{} for _ in range(items)])
    for n in range(0, history - 1, 6):
        plans.lay_out_all_days(now=NOW + n * DAY)
        log(plan, on=TODAY + n * DAY, now=NOW + n * DAY)
    clock_hands.move_to(NOW + (history - 1) * DAY)
    plans.lay_out_all_days(now=NOW + (history - 1) * DAY)
    log(plan, on=TODAY + (history - 1) * DAY, now=NOW + (history - 1) * DAY, pain_after=2)
    phone = as_user(plan.patient.user)
    phone.get(TODAY_PAGE)  # the first request of a sign-in also writes its age
    # session, user, memberships, is a patient, records; then what the page is about; six of
    # Today's are about the next reminder, what hurt, and the way to the last session
    with django_assert_num_queries(16):
        phone.get(TODAY_PAGE)
    with django_assert_num_queries(12):
        phone.get(reverse("today:progress"))

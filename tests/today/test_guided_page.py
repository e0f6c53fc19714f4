"""A session on its own page: what it offers, until when, and what is logged from it."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from patients.models import Day, Session, Tick
from patients.results import Went
from tests.patients.scene import HOUR, NOW, TODAY, day_on, items_of, log, running
from tests.patients.test_plans import new_version, verb
from tests.today.test_today_page import hidden_fields, text

pytestmark = pytest.mark.django_db
AFTER_MIDNIGHT = datetime(2026, 5, 4, 23, 30, tzinfo=UTC)  # 00:30 in London
NIGHT_OVER = datetime(2026, 5, 5, 2, 0, tzinfo=UTC)  # 03:00


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


def address(plan) -> str:
    day = day_on(plan)
    return reverse("today:session", args=[day.pk, day.programme_id])


def names(response) -> list[str]:
    return [exercise.item.exercise_version.name for exercise in response.context["page"].exercises]


def send(phone, plan, page, **said):
    """The form at the end of ``page``, with what is said of each exercise."""
    fields = hidden_fields(page.content.decode())
    return phone.post(reverse("today:session_log", args=[day_on(plan).pk]), {**fields, **said})


def test_it_offers_what_is_short_and_then_what_is_optional(phone, plan):
    many, optional, once = (item.exercise_version.name for item in items_of(plan))
    assert names(phone.get(address(plan))) == [many, optional, once]
    log(plan)
    page = phone.get(address(plan))
    assert names(page) == [many, optional]
    assert [exercise.is_optional for exercise in page.context["page"].exercises] == [False, True]


def test_what_was_said_of_each_exercise_is_logged(phone, plan):
    first, second, third = (item.pk for item in items_of(plan))
    said = {
        f"result-{first}": "part",
        f"amount-{first}": "3",
        f"result-{second}": "hurt",
        f"pain-{second}": "6",
        f"result-{third}": "skipped",
        f"skip_reason-{third}": "no_time",
    }
    answer = send(phone, plan, phone.get(address(plan)), **said)
    session = Session.objects.get()
    assert answer.url == reverse("today:session_describe", args=[session.pk])
    went = {t.item_id: Went(t.result, t.amount, t.pain, t.skip_reason) for t in Tick.objects.all()}
    assert went == {
        first: Went("part", amount=3),
        second: Went("hurt", pain=6),
        third: Went("skipped", skip_reason="no_time"),
    }


def test_what_cannot_be_is_said_next_to_it_and_the_rest_stays(phone, plan):
    first, second, _third = (item.pk for item in items_of(plan))
    said = {f"result-{first}": "done", f"amount-{first}": "many", f"result-{second}": "part"}
    page = send(phone, plan, phone.get(address(plan)), **said)
    assert page.status_code == 422
    assert "Write a whole number." in text(page)
    assert page.context["results"][f"result-{second}"].value() == "part"
    assert not Session.objects.exists()


def test_after_midnight_it_goes_on_for_the_day_it_began(phone, plan, clock_hands):
    page = phone.get(address(plan))
    clock_hands.move_to(AFTER_MIDNIGHT)
    assert phone.get(address(plan)).status_code == 200
    [item, *_others] = items_of(plan)
    yesterday = day_on(plan)
    send(phone, plan, page, **{f"result-{item.pk}": "done"})
    assert Session.objects.get().day == yesterday


def test_it_is_over_when_the_night_is(phone, plan, clock_hands):
    clock_hands.move_to(NIGHT_OVER)
    answer = phone.get(address(plan), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("today:today")
    assert "That session is over. Here is today." in text(answer)


def test_two_phones_are_two_sessions(phone, plan):
    [item, *_others] = items_of(plan)
    pages = [phone.get(address(plan)) for _phone in range(2)]
    for page in [*pages, *pages]:
        send(phone, plan, page, **{f"result-{item.pk}": "done"})
    assert Session.objects.count() == 2


def test_a_version_that_was_replaced_is_still_shown(phone, plan):
    old = address(plan)
    new_version(plan, now=NOW + HOUR)
    page = phone.get(old)
    assert page.status_code == 200
    assert page.context["page"].has_changed


def test_a_paused_day_is_not_led_on(phone, plan):
    old = address(plan)
    verb("pause", plan, from_on=TODAY)
    assert phone.get(old).context["page"].has_changed
    asked = reverse("today:is_stopped", args=[plan.patient_id]) + f"?day={day_on(plan).pk}"
    assert phone.get(asked).json() == {"stopped": False, "programme": None}


def test_a_rest_day_is_led_for_who_wants_to(phone, plan):
    Day.objects.filter(pk=day_on(plan).pk).update(state=Day.State.REST)
    assert not phone.get(address(plan)).context["page"].has_changed


def test_an_ended_programme_is_not_gone_through(phone, plan):
    old = address(plan)
    verb("end", plan, reason="")
    assert phone.get(old).status_code == 302


def test_without_scripts_there_is_a_way_from_each_to_the_form(phone, plan):
    html = phone.get(address(plan)).content.decode()
    for number in (1, 2, 3):
        assert f'id="exercise-{number}"' in html
    assert 'href="#exercise-2"' in html
    assert 'href="#end"' in html


def test_of_nothing_there_is_nothing_to_log(phone, plan):
    """Nor of the exercises of somebody else's programme."""
    [stranger] = items_of(running())
    page = phone.get(address(plan))
    own = {f"result-{item.pk}": "" for item in items_of(plan)}
    for said in (own, {f"result-{stranger.pk}": "done"}):
        answer = send(phone, plan, page, **said)
        assert answer.status_code == 422
        assert "Choose for at least one exercise how it went." in text(answer)
    assert not Session.objects.exists()


@pytest.mark.parametrize("number", [1, 20])
def test_queries_do_not_grow_with_the_exercises(as_user, django_assert_num_queries, number):
    plan = running(*[{}] * number)
    phone = as_user(plan.patient.user)
    phone.get(address(plan))
    with django_assert_num_queries(10):
        phone.get(address(plan))

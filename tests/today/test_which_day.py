"""A tick from a page that was left open overnight: for yesterday, or for today?"""

import re
from datetime import UTC, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from patients import schedule
from patients.models import Day, Session
from patients.services import signs
from tests.factories import PatientFactory
from tests.patients.scene import DAY, HOUR, NOW, TODAY, day_on, items_of, log, running, ticked
from tests.patients.test_plans import new_version, verb
from tests.today.test_today_page import hidden_fields, one_tap, read, tap, text

pytestmark = pytest.mark.django_db
MORNING_AFTER = datetime(2026, 5, 5, 6, 30, tzinfo=UTC)  # 07:30 in London
QUESTION = "For yesterday, or for today?"
YESTERDAY, NOW_TODAY = "Yesterday, Monday 4 May", "Today, Tuesday 5 May"


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


@pytest.fixture
def stale(phone, clock_hands):
    """The button of yesterday's page, this morning."""
    form = one_tap(phone)
    clock_hands.move_to(MORNING_AFTER)
    return form


def choices(response) -> dict[str, tuple[str, dict[str, str]]]:
    """What each button of a question sends, and where."""
    forms = re.findall(
        r'<form method="post" action="(/today/[^"]+)"[^>]*>(.*?)</form>',
        response.content.decode(),
        re.S,
    )
    return {
        re.sub(r"<[^>]+>", "", inner).strip(): (action, hidden_fields(inner))
        for action, inner in forms
    }


def choose(phone, response, label):
    action, fields = choices(response)[label]
    return phone.post(action, fields)


# --- the question ---


def test_a_tick_from_yesterdays_page_asks_for_which_day_it_is(phone, stale):
    response = phone.post(*stale)
    assert response.status_code == 200
    words = text(response)
    assert QUESTION in words
    assert "You opened that page on Monday 4 May." in words
    assert "It is not ticked off yet." in words
    assert list(choices(response)) == [YESTERDAY, NOW_TODAY]
    assert not Session.objects.exists()


@pytest.mark.parametrize(("label", "on"), [(YESTERDAY, TODAY), (NOW_TODAY, TODAY + DAY)])
def test_each_answer_credits_its_day_with_the_key_of_the_page(phone, stale, label, on):
    answer = choose(phone, phone.post(*stale), label)
    session = Session.objects.get()
    assert answer["Location"] == reverse("today:session_describe", args=[session.pk])
    assert session.day.on == on
    assert session.client_id == UUID(stale[1]["client_id"])


def test_answering_twice_or_first_one_way_then_the_other_is_one_session(phone, stale):
    question = phone.post(*stale)
    first = choose(phone, question, NOW_TODAY)
    again = [choose(phone, question, label) for label in (NOW_TODAY, YESTERDAY)]
    again.append(phone.post(*stale))  # the old page once more is answered, not asked
    assert {answer["Location"] for answer in again} == {first["Location"]}
    assert Session.objects.get().day.on == TODAY + DAY


def test_not_answering_ticks_nothing_off(phone, stale):
    response = phone.post(*stale)
    assert "Do not tick it off" in text(response)
    assert not Session.objects.exists()
    assert "0 of 2–3 done today" in read(phone)


def test_a_tick_that_was_known_before_is_not_asked_about(phone, clock_hands):
    form = one_tap(phone)
    first = phone.post(*form)
    clock_hands.move_to(MORNING_AFTER)
    assert phone.post(*form)["Location"] == first["Location"]
    assert Session.objects.count() == 1


def test_todays_page_and_the_button_for_yesterday_are_not_asked(phone, plan, clock_hands):
    clock_hands.move_to(MORNING_AFTER)
    assert tap(phone, day_on(plan, TODAY)).status_code == 302
    assert tap(phone, day_on(plan, TODAY + DAY)).status_code == 302
    assert {session.day.on for session in Session.objects.all()} == {TODAY, TODAY + DAY}


def test_the_button_for_yesterday_on_a_page_left_open_asks_anew(phone, plan, clock_hands):
    clock_hands.move_to(MORNING_AFTER)
    form = one_tap(phone, day_on(plan, TODAY))  # "yesterday" is Monday
    clock_hands.shift(DAY)  # and by now it is Tuesday
    question = phone.post(*form)
    assert list(choices(question)) == ["Yesterday, Tuesday 5 May", "Today, Wednesday 6 May"]
    assert "Monday 4 May is over." in text(question)
    choose(phone, question, "Yesterday, Tuesday 5 May")
    assert Session.objects.get().day.on == TODAY + DAY


def test_a_form_without_its_date_is_from_the_page_of_its_day(phone, stale):
    action, fields = stale
    del fields["page_on"]
    assert QUESTION in text(phone.post(action, fields))


@pytest.mark.parametrize("page_on", ["x", "2026-02-30", "0", "9" * 500])
def test_a_date_that_is_none_ticks_nothing_off(phone, stale, page_on):
    action, fields = stale
    response = phone.post(action, {**fields, "page_on": page_on})
    assert response.status_code == 422
    assert "Nothing was ticked off" in text(response)


@pytest.mark.parametrize("page_on", ["0001-01-01", "9999-12-31"])
def test_a_date_far_away_breaks_nothing(phone, stale, page_on):
    action, fields = stale
    assert phone.post(action, {**fields, "page_on": page_on}).status_code in {200, 302}


def test_a_phone_whose_clock_is_slow_is_asked_too(phone, stale):
    action, fields = stale
    assert QUESTION in text(phone.post(action, {**fields, "performed_at": "2026-05-04T21:00:00Z"}))


def test_while_a_warning_sign_is_unchecked_the_notice_stands_instead(phone, plan, stale):
    signs.tell(plan.patient, by=plan.patient.user, now=MORNING_AFTER)
    response = phone.post(*stale, follow=True)
    assert QUESTION not in text(response)
    assert "That session does not count." in text(response)
    assert not Session.objects.exists()


# --- until when the night belongs to the day before ---


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles"])
@pytest.mark.parametrize(
    ("at", "asks"), [(time(0, 5), False), (time(2, 59), False), (time(3), True)]
)
def test_before_three_it_counts_for_yesterday_where_the_patient_is(
    as_user, clock_hands, zone, at, asks
):
    plan = running(patient=PatientFactory(time_zone=zone), starts_on=TODAY, now=NOW - DAY)
    there = ZoneInfo(zone)
    clock_hands.move_to(schedule.instant(TODAY, time(23, 50), there))
    phone = as_user(plan.patient.user)
    form = one_tap(phone)
    clock_hands.move_to(schedule.instant(TODAY + DAY, at, there))
    response = phone.post(*form)
    assert (response.status_code == 200 and QUESTION in text(response)) is asks
    assert [session.day.on for session in Session.objects.all()] == ([] if asks else [TODAY])


# --- what today can take ---


def test_today_is_ticked_off_with_todays_programme_and_items(phone, plan, stale):
    new_version(plan, now=MORNING_AFTER)
    plan.refresh_from_db()
    choose(phone, phone.post(*stale), NOW_TODAY)
    session = Session.objects.get()
    assert session.programme == plan.programme != day_on(plan, TODAY).programme
    assert set(ticked(session)) == {item.pk for item in items_of(plan)}


def test_yesterday_keeps_the_programme_of_its_page(phone, plan, stale):
    old = plan.programme
    new_version(plan, now=MORNING_AFTER)
    choose(phone, phone.post(*stale), YESTERDAY)
    assert Session.objects.get().programme == old


def test_yesterday_keeps_the_programme_of_its_page_though_the_day_got_another(phone, plan, stale):
    old = plan.programme
    new_version(plan)  # later on the same day, so that the day was laid again
    assert day_on(plan, TODAY).programme != old
    choose(phone, phone.post(*stale), YESTERDAY)
    assert Session.objects.get().programme == old


def test_a_day_before_the_start_cannot_be_chosen(phone, plan, stale):
    Day.objects.filter(on=TODAY + DAY).update(state=Day.State.NOT_STARTED)
    assert list(choices(phone.post(*stale))) == [YESTERDAY]


def test_yesterday_is_that_of_the_page_where_two_programmes_had_it(phone, plan, stale):
    log(plan)
    verb("end", plan, reason="")
    running(patient=plan.patient, now=NOW + HOUR)
    choose(phone, phone.post(*stale), YESTERDAY)
    assert plan.sessions.count() == 2


def test_today_takes_the_items_of_its_weekday(as_user, clock_hands):
    plan = running({"weekdays": [0]}, {"weekdays": [1]})
    phone = as_user(plan.patient.user)
    form = one_tap(phone)
    clock_hands.move_to(MORNING_AFTER)
    choose(phone, phone.post(*form), NOW_TODAY)
    _monday, tuesday = items_of(plan)
    assert set(ticked(Session.objects.get())) == {tuesday.pk}


def test_today_is_a_rest_day(as_user, clock_hands):
    phone = as_user(running({"weekdays": [0]}).patient.user)
    form = one_tap(phone)
    clock_hands.move_to(MORNING_AFTER)
    question = phone.post(*form)
    assert f"{NOW_TODAY} Today is a rest day, so it would be extra." in text(question)
    assert choose(phone, question, NOW_TODAY).status_code == 302


def test_today_is_paused(phone, plan, stale):
    verb("pause", plan, from_on=TODAY + DAY, now=MORNING_AFTER)
    question = phone.post(*stale)
    assert f"{NOW_TODAY} Your exercises are paused today, so it would be extra." in text(question)
    assert choose(phone, question, NOW_TODAY).status_code == 302


def test_yesterday_was_paused(phone, plan, clock_hands):
    verb("pause", plan, from_on=TODAY, until_on=TODAY)
    form = one_tap(phone)
    clock_hands.move_to(MORNING_AFTER)
    question = phone.post(*form)
    assert "Your exercises were paused then, so it would be extra." in text(question)
    answer = text(phone.get(choose(phone, question, YESTERDAY)["Location"]))
    assert "Your exercises were paused, so this one is extra." in answer


def test_yesterday_is_full(phone, plan, stale):
    for _ in range(3):
        log(plan)
    question = phone.post(*stale)
    words = "That day has all its sessions already. One more would be extra."
    assert f"{YESTERDAY} {words}" in text(question)
    assert choose(phone, question, YESTERDAY).status_code == 302


def test_the_programme_has_ended_since(phone, plan, stale):
    verb("end", plan, reason="", now=MORNING_AFTER)
    question = phone.post(*stale)
    assert "Your programme has ended, so only yesterday can take it." in text(question)
    assert list(choices(question)) == [YESTERDAY]
    choose(phone, question, YESTERDAY)
    assert Session.objects.get().day.on == TODAY


def test_another_programme_has_begun_since(phone, plan, stale):
    verb("end", plan, reason="", now=MORNING_AFTER)
    other = running(patient=plan.patient, starts_on=TODAY + DAY, now=MORNING_AFTER)
    question = phone.post(*stale)
    first = choose(phone, question, NOW_TODAY)
    assert Session.objects.get().assignment == other
    assert choose(phone, question, YESTERDAY)["Location"] == first["Location"]
    assert Session.objects.count() == 1


def test_nothing_is_planned_for_today(phone, plan, stale):
    Day.objects.filter(on=TODAY + DAY).delete()
    question = phone.post(*stale)
    assert "Nothing is planned for today, so only yesterday can take it." in text(question)
    assert list(choices(question)) == [YESTERDAY]


def test_a_page_of_two_days_ago_when_yesterday_has_no_row(phone, plan, stale, clock_hands):
    Day.objects.filter(on=TODAY + DAY).delete()
    clock_hands.shift(DAY)
    question = phone.post(*stale)
    assert "Nothing was planned for yesterday, so only today can take it." in text(question)
    assert list(choices(question)) == ["Today, Wednesday 6 May"]


def test_where_no_day_is_left_the_old_answer_is_given(phone, plan, stale, clock_hands):
    verb("end", plan, reason="", now=MORNING_AFTER)
    clock_hands.shift(2 * DAY)
    response = phone.post(*stale, follow=True)
    assert "That day is over. Your clinic can still add to it for you." in text(response)
    assert not Session.objects.exists()


def test_the_question_costs_as_much_for_many_exercises(as_user, django_assert_num_queries):
    for number in (1, 20):
        plan = running(*[{}] * number)
        phone = as_user(plan.patient.user)
        with time_machine.travel(NOW, tick=False):
            form = one_tap(phone)
        with time_machine.travel(MORNING_AFTER, tick=False), django_assert_num_queries(11):
            assert QUESTION in text(phone.post(*form))


# --- together with "Another one?" ---


def test_another_one_answered_after_three_still_asks_for_the_day_and_not_again(
    phone, plan, clock_hands
):
    form = one_tap(phone)
    clock_hands.move_to(datetime(2026, 5, 5, 1, 55, tzinfo=UTC))  # 02:55 in London
    log(plan, now=datetime(2026, 5, 5, 1, 52, tzinfo=UTC))
    another = phone.post(*form)
    assert "Another one?" in text(another)
    clock_hands.shift(HOUR / 6)  # 03:05
    question = choose(phone, another, "Yes, one more session")
    assert QUESTION in text(question)
    assert choose(phone, question, YESTERDAY).status_code == 302
    assert day_on(plan, TODAY).sessions_done == 2


def test_a_day_chosen_survives_another_one(phone, plan, stale):
    log(plan, on=TODAY + DAY, now=MORNING_AFTER)
    another = choose(phone, phone.post(*stale), NOW_TODAY)
    assert "Another one?" in text(another)
    assert choose(phone, another, "Yes, one more session").status_code == 302
    assert day_on(plan, TODAY + DAY).sessions_done == 2


def test_the_button_for_yesterday_survives_another_one(phone, plan, clock_hands):
    clock_hands.move_to(MORNING_AFTER)
    log(plan, on=TODAY, now=MORNING_AFTER)
    another = tap(phone, day_on(plan, TODAY))
    assert "Another one?" in text(another)
    assert choose(phone, another, "Yes, one more session").status_code == 302
    assert day_on(plan, TODAY).sessions_done == 2

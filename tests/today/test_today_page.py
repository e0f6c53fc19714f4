"""Today, by its address: what it shows, and one tap with everything that can follow it."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains

import programmes.services as programmes
from patients.models import Day, Session
from patients.services import plans, sessions
from tests.factories import PatientFactory
from tests.patients.scene import DAY, HOUR, NOW, TODAY, day_on, items_of, log, running
from tests.patients.test_plans import new_version, verb

pytestmark = pytest.mark.django_db
TODAY_PAGE = reverse("today:today")


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running({}, {"per_day_min": 1, "per_day_max": 1, "note": "Slowly"})


@pytest.fixture
def phone(plan, as_user):
    return as_user(plan.patient.user)


def text(response) -> str:
    """Without what only a script may show."""
    html = re.sub(r"<template.*?</template>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def read(phone) -> str:
    response = phone.get(TODAY_PAGE)
    assert response.status_code == 200
    return text(response)


def one_tap(phone, day=None, **said):
    """Press the button as the page has it; ``day`` where the page has two."""
    html = phone.get(TODAY_PAGE).content.decode()
    forms = re.findall(r'<form method="post" action="(/today/[^"]+)"[^>]*>(.*?)</form>', html, re.S)
    action, fields = next(f for f in forms if day is None or str(day.pk) in f[0])
    return action, {**hidden_fields(fields), **said}


def hidden_fields(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)"', html))


def tap(phone, day=None, **said):
    action, fields = one_tap(phone, day, **said)
    return phone.post(action, fields)


# --- what it shows ---


def test_before_the_first_session(phone):
    words = read(phone)
    assert "Good morning, Sam" in words
    assert "Monday 4 May" in words
    assert "0 of 2–3 done today" in words
    assert "Start · about" in words
    assert "Hold for 20 to 30 seconds. Do this 2 or 3 times." in words
    assert "Slowly" in words
    assert "Monday 4 May: 0 of 2–3 sessions" in words  # the week, in words
    assert "Need help or feeling worse?" in words


def test_after_one_of_two(phone, plan):
    log(plan)
    words = read(phone)
    assert "1 of 2–3 done today" in words
    assert f"Still to do today: 1 exercise {items_of(plan)[0]}" in words


def test_the_last_session_can_be_put_right_from_here(phone, plan):
    link = "Change your last session"
    assert link not in read(phone)
    first = log(plan, performed_at=NOW - HOUR)
    last = log(plan, performed_at=NOW)
    much = {"pain_after": 9, "effort": "", "note": ""}  # perhaps by mistake
    sessions.describe_session(last, **much, by=plan.patient.user, now=NOW)
    assertContains(phone.get(TODAY_PAGE), f'href="{describe(last)}"')
    phone.post(reverse("today:session_undo", args=[last.pk]))
    assertContains(phone.get(TODAY_PAGE), f'href="{describe(first)}"')
    phone.post(reverse("today:session_undo", args=[first.pk]))
    assert link not in read(phone)


def describe(session):
    return reverse("today:session_describe", args=[session.pk])


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (2, "Today is complete. Well done. One more is a bonus"),
        (3, "That is everything for today. Well done. More is not better"),
        (4, "4 of 2–3 done today"),
    ],
)
def test_complete_bonus_and_over(phone, plan, number, expected):
    for _ in range(number):
        log(plan)
    words = read(phone)
    assert expected in words
    assert "done a" in words  # a further one is possible all the same


@pytest.mark.parametrize(
    ("at", "greeting"),
    [
        ("04:00", "Good morning"), ("11:59", "Good morning"), ("12:00", "Good afternoon"),
        ("17:59", "Good afternoon"), ("18:00", "Good evening"), ("03:59", "Good evening"),
    ],
)  # fmt: skip
def test_the_greeting_goes_by_the_patients_clock(phone, clock_hands, at, greeting):
    clock_hands.move_to(datetime.fromisoformat(f"2026-05-04 {at}+01:00"))
    assert greeting in read(phone)


def test_advice_is_shown(plan, phone):
    draft = plans.start_change(plan, by=plan.patient.clinician, now=NOW)
    programmes.describe(draft, title="New", advice="Use a mat.", by=plan.patient.clinician, now=NOW)
    draft.refresh_from_db()
    plans.publish_change(draft, by=plan.patient.clinician, now=NOW)
    assert "From your physiotherapist Use a mat." in read(phone)


def test_items_of_other_days_stand_apart(as_user):
    plan = running({"weekdays": [0]}, {"weekdays": [1]})
    words = read(as_user(plan.patient.user))
    first, second = items_of(plan)
    assert words.index(str(first)) < words.index("On other days") < words.index(str(second))


# --- the forms that it takes ---


def test_rest_day(as_user):
    phone = as_user(running({"weekdays": [1]}).patient.user)
    assert "Today is a rest day" in read(phone)
    response = phone.get(tap(phone)["Location"])
    assert "It was a rest day, so this one is extra. We have kept it." in text(response)
    assert "1 session was done today all the same." in read(phone)


def test_paused(plan, phone):
    verb("pause", plan, from_on=TODAY, until_on=TODAY + 2 * DAY, reason="A secret of the clinic")
    words = read(phone)
    assert "Your exercises are paused" in words
    assert "Wednesday 6 May is the last day of the pause" in words
    assert "secret" not in words
    assert "Your exercises are paused, so this one is extra." in text(
        phone.get(tap(phone)["Location"])
    )


def test_paused_until_further_notice(plan, phone):
    verb("pause", plan, from_on=TODAY)
    assert "Your clinic will tell you when to go on" in read(phone)


def test_not_started_yet(as_user):
    plan = running(starts_on=TODAY + 3 * DAY)
    words = read(as_user(plan.patient.user))
    assert "Your exercises start on Thursday 7 May" in words
    assert str(items_of(plan)[0]) in words


def test_ended(plan, phone):
    verb("end", plan, reason="")
    words = read(phone)
    assert "This programme has ended" in words
    assert "I’ve done" not in words


def test_no_programme_yet(as_user):
    record = PatientFactory()
    words = read(as_user(record.user))
    assert "Your exercises are not here yet" in words
    assert record.clinic.name in words


def test_a_day_that_was_never_laid(plan, phone):
    Day.objects.all().delete()
    assert "Nothing is planned for today" in read(phone)


def test_several_records_begin_with_a_choice(plan, phone):
    other = running(patient=PatientFactory(user=plan.patient.user, name="Tim Reed")).patient
    assert phone.get(TODAY_PAGE)["Location"] == reverse("today:choose")
    choice = phone.get(reverse("today:choose"))
    assert "Tim Reed" in text(choice)
    assert phone.post(choice.request["PATH_INFO"], {"record": other.pk})["Location"] == TODAY_PAGE
    assert "Good morning, Tim" in read(phone)
    assert "Change" in read(phone)


@pytest.mark.parametrize("record", ["", "x", "0" * 32, None])
def test_choosing_what_is_not_there(plan, phone, record):
    running(patient=PatientFactory(user=plan.patient.user))
    said = {} if record is None else {"record": record}
    response = phone.post(reverse("today:choose"), said)
    assert response.status_code == 422
    assert "Please choose one of these pages" in text(response)


def test_choosing_somebody_elses_record(plan, phone):
    response = phone.post(reverse("today:choose"), {"record": PatientFactory().pk})
    assert response.status_code == 422


# --- one tap ---


def test_one_tap_logs_a_session_and_says_so(plan, phone):
    response = tap(phone)
    session = Session.objects.get()
    assert response["Location"] == reverse("today:session_describe", args=[session.pk])
    words = text(phone.get(response["Location"]))
    assert "Session saved" in words
    assert "1 of 2–3" in words
    assert "Undo this session" in words


def test_a_double_tap_a_reload_and_a_repeat_are_one_session(phone, clock_hands):
    action, fields = one_tap(phone)
    answers = [phone.post(action, fields)["Location"] for _ in range(2)]
    clock_hands.shift(3 * HOUR)
    answers.append(phone.post(action, fields)["Location"])
    assert len(set(answers)) == 1
    assert Session.objects.count() == 1


def test_undo_and_a_replay_of_what_was_undone(phone, plan):
    action, fields = one_tap(phone)
    phone.post(action, fields)
    session = Session.objects.get()
    undo = reverse("today:session_undo", args=[session.pk])
    assert phone.post(undo)["Location"] == TODAY_PAGE
    assert "0 of 2–3 done today" in read(phone)
    again = phone.post(action, fields)
    assert "This session was taken back" in text(phone.get(again["Location"]))
    assert day_on(plan).sessions_done == 0
    assert phone.post(undo).status_code == 302  # and once more changes nothing


def test_a_second_within_ten_minutes_asks_first(phone, clock_hands):
    tap(phone)
    clock_hands.shift(9 * HOUR / 60)
    asked = tap(phone)
    assert asked.status_code == 200
    assert "Another one?" in text(asked)
    assert Session.objects.count() == 1
    fields = hidden_fields(asked.content.decode())
    assert phone.post(asked.request["PATH_INFO"], fields).status_code == 302
    assert Session.objects.count() == 2


def test_ten_minutes_later_it_does_not_ask(phone, clock_hands):
    tap(phone)
    clock_hands.shift(10 * HOUR / 60)
    assert tap(phone).status_code == 302


def test_a_fourth_is_possible(plan, phone):
    for n in range(3):
        log(plan, now=NOW - (4 - n) * HOUR)
    response = phone.get(tap(phone)["Location"])
    assert "Your plan asks for 2 or 3 a day. More is not better" in text(response)


@pytest.mark.parametrize(
    "said",
    [{}, {"client_id": "x"}, {"client_id": "", "programme": ""}, {"client_id": "x" * 5000}],
)
def test_a_form_that_is_not_ours_logs_nothing(plan, phone, said):
    response = phone.post(reverse("today:session_log", args=[day_on(plan).pk]), said)
    assert response.status_code == 422
    assert "Nothing was ticked off" in text(response)
    assert not Session.objects.exists()


# --- whose day ---


def test_a_session_begun_before_midnight_and_ended_after_it(phone, clock_hands, plan):
    clock_hands.move_to(datetime(2026, 5, 4, 22, 58, tzinfo=UTC))  # 23:58 on the 4th
    action, fields = one_tap(phone)
    clock_hands.shift(HOUR / 12)
    words = text(phone.get(phone.post(action, fields)["Location"]))
    assert "Ticked off for Monday 4 May" in words
    assert Session.objects.get().day.on == TODAY
    assert "0 of 2–3 done today" in read(phone)  # the 5th has just begun


def test_yesterday_can_be_added_until_the_end_of_today(phone, clock_hands, plan):
    clock_hands.shift(DAY)
    assert "Forgot to tick off yesterday?" in read(phone)
    assert tap(phone, day_on(plan, TODAY)).status_code == 302
    assert Session.objects.get().day.on == TODAY


def test_the_day_before_yesterday_cannot(phone, clock_hands, plan):
    action, fields = one_tap(phone)
    clock_hands.shift(2 * DAY)
    response = phone.post(action, fields)
    assert "Monday 4 May is over. Your clinic can still add to it for you." in text(response)
    assert "Today, Wednesday 6 May" in text(response)
    assert not Session.objects.exists()


def test_yesterday_is_not_offered_when_it_had_its_most(phone, clock_hands, plan):
    for _ in range(3):
        log(plan)
    clock_hands.shift(DAY)
    assert "Forgot to tick off yesterday?" not in read(phone)


def test_tomorrow_cannot_be_logged(phone, plan):
    fields = {"client_id": uuid4(), "programme": plan.programme_id}
    address = reverse("today:session_log", args=[day_on(plan, TODAY + DAY).pk])
    assert "That day has not come yet" in text(phone.post(address, fields, follow=True))
    assert not Session.objects.exists()


def test_a_page_opened_before_a_change_of_programme(phone, plan):
    old = plan.programme
    action, fields = one_tap(phone)
    new_version(plan)
    assert phone.post(action, fields).status_code == 302
    assert Session.objects.get().programme == old


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-03-29 00:59", "29 March"),  # the hour is about to be skipped
        ("2026-03-29 01:00", "29 March"),
        ("2026-03-29 22:59", "29 March"),
        ("2026-03-29 23:00", "30 March"),  # 00:00 in British Summer Time
        ("2026-10-25 00:30", "25 October"),  # 01:30, the first time
        ("2026-10-25 01:30", "25 October"),  # 01:30, the second time
        ("2026-10-25 23:59", "25 October"),
        ("2026-10-26 00:00", "26 October"),
    ],
)
def test_on_the_days_when_the_clocks_change(as_user, clock_hands, at, day):
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    start = moment.date() - DAY
    plan = running(starts_on=start, now=datetime.combine(start, NOW.time(), tzinfo=UTC))
    clock_hands.move_to(moment)
    phone = as_user(plan.patient.user)
    assert day in read(phone)
    assert tap(phone).status_code == 302
    assert Session.objects.get().day.on == moment.astimezone(plan.patient.zone).date()


def test_a_change_of_zone_moves_the_page_to_the_other_date(phone, plan, clock_hands):
    assert "Monday 4 May" in read(phone)
    clock_hands.move_to(datetime(2026, 5, 4, 13, tzinfo=UTC))
    phone.post(reverse("today:settings"), {"time_zone": "Pacific/Auckland"})
    assert "Tuesday 5 May" in read(phone)
    phone.post(reverse("today:settings"), {"time_zone": "Pacific/Honolulu"})
    assert "Monday 4 May" in read(phone)
    assert plan.days.filter(on=TODAY).count() == 1

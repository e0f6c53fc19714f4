"""A day's shape and its words."""

from datetime import date, timedelta

import pytest

from patients import day_marks, words
from patients.models import Day

TODAY = date(2026, 5, 4)  # a Monday


def day(state=Day.State.ASKED, *, done=0, asked=(2, 3)):
    made = Day(on=TODAY, state=state, asked_min=asked and asked[0], asked_max=asked and asked[1])
    made.sessions_done = done
    return made


@pytest.mark.parametrize(
    ("of", "shape", "said"),
    [
        (day(), "none", "0 of 2–3 sessions"),
        (day(done=1), "part", "1 of 2–3 sessions"),
        (day(done=2), "full", "2 of 2–3 sessions"),
        (day(done=4), "full", "4 of 2–3 sessions"),
        (day(asked=(1, 1)), "none", "0 of 1 session"),
        (day(asked=(2, 2), done=2), "full", "2 of 2 sessions"),
        (day(Day.State.REST, asked=None), "rest", "rest day"),
        (day(Day.State.REST, asked=None, done=1), "rest", "rest day, 1 session"),
        (day(Day.State.PAUSED, done=2), "paused", "paused, 2 sessions"),
        (day(Day.State.NOT_STARTED), "not_started", "nothing asked"),
        (None, "not_started", "nothing asked"),
    ],
)
def test_shape_and_words(of, shape, said):
    mark = day_marks.of_date({TODAY: of} if of else {}, TODAY, TODAY)
    assert mark.state == shape
    assert words.mark(mark) == f"Monday 4 May: {said}"


def test_a_day_to_come_is_only_a_place():
    tomorrow = TODAY + timedelta(1)
    for known in ({}, {tomorrow: day()}, {tomorrow: day(Day.State.REST, asked=None)}):
        assert day_marks.of_date(known, tomorrow, TODAY).state == "future"
    assert words.mark(day_marks.of_date({}, tomorrow, TODAY)) == "Tuesday 5 May: still to come"


def test_a_week_ends_today_and_weeks_end_on_sunday():
    week = day_marks.of_week({}, today=TODAY)
    assert [mark.on for mark in week] == [TODAY - timedelta(back) for back in range(6, -1, -1)]
    assert [mark.is_today for mark in week] == [False] * 6 + [True]
    weeks = day_marks.of_weeks({}, weeks=2, today=TODAY)
    assert (weeks[0][0].on, weeks[-1][-1].on) == (TODAY - timedelta(7), TODAY + timedelta(6))
    assert [words.weekday_letter(mark) for mark in weeks[0]] == list("MTWTFSS")


def test_a_new_month_says_its_name():
    first = day_marks.of_date({}, date(2026, 5, 1), TODAY)
    today = day_marks.of_date({}, TODAY, TODAY)
    assert (words.day_or_month(first), words.day_or_month(today)) == ("1 May", "4")


def test_months_from_the_first_to_this_one_with_nothing_of_their_neighbours():
    made = day(done=3)
    march, april, may = day_marks.of_months({TODAY: made}, since=date(2026, 3, 31), today=TODAY)
    assert [month.first for month in (march, april, may)] == [
        date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1),
    ]  # fmt: skip
    assert [mark and mark.on.day for mark in april.weeks[0]] == [None, None, 1, 2, 3, 4, 5]
    assert [mark and mark.on.day for mark in april.weeks[-1]] == [27, 28, 29, 30, None, None, None]
    assert [(month.has_days, month.sessions) for month in (march, may)] == [(False, 0), (True, 3)]

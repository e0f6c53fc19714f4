"""Where scores go in the drawing, and the same in words."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st

from patients import words
from patients.facts import Pain
from patients.pain_line import BOTTOM, HEIGHT, LEFT, MIDDAY, RIGHT, TOP, WIDTH, PainLine, Reading
from patients.plan_changes import Kind, PlanChange

UNTIL = date(2026, 5, 4)
SINCE = UNTIL - timedelta(42)


def line(*readings: tuple[int, int, float]) -> PainLine:
    """(score, days ago, hour) of each."""
    made = [
        Reading(Pain(score=score, on=UNTIL - timedelta(back)), hour)
        for score, back, hour in readings
    ]
    return PainLine(made, since=SINCE, until=UNTIL)


def test_the_corners():
    points = line((0, 42, 0), (10, 0, 24)).points
    assert (points[0].x, points[0].y) == (LEFT, BOTTOM)
    assert (points[1].x, points[1].y) == (RIGHT, TOP)


def test_two_sessions_of_a_day_stand_side_by_side():
    first, second = line((3, 5, 8), (3, 5, 18)).points
    assert first.x < second.x


def test_the_path_is_what_svg_takes():
    drawn = line((0, 42, 0), (10, 0, 24))
    assert drawn.path == f"{LEFT},{BOTTOM} {RIGHT},{TOP}"


def test_dates_every_other_week_end_today():
    assert [date_format(tick.on, "SHORT_DATE") for tick in line((1, 1, 1)).dates] == [
        "23 Mar",
        "6 Apr",
        "20 Apr",
        "4 May",
    ]


@pytest.mark.parametrize("days", [1, 2, 5, 14, 60, 200, 365])
def test_the_dates_are_few_however_long_it_is(days):
    drawn = PainLine([], since=UNTIL - timedelta(days - 1), until=UNTIL)
    assert 1 <= len(drawn.dates) <= 5
    assert drawn.dates[-1].on == UNTIL


@pytest.mark.parametrize("days", [1, 2, 5, 14, 60])
def test_a_date_stands_below_the_score_of_its_day(days):
    since = UNTIL - timedelta(days - 1)
    readings = [Reading(Pain(score=3, on=on), hour=MIDDAY) for on in (since, UNTIL)]
    drawn = PainLine(readings, since=since, until=UNTIL)
    assert drawn.dates[-1].x == drawn.points[-1].x


def test_each_of_the_first_days_has_its_date():
    drawn = PainLine([], since=UNTIL - timedelta(1), until=UNTIL)
    assert [mark.on for mark in drawn.dates] == [UNTIL - timedelta(1), UNTIL]


def test_changes_are_numbered_and_a_number_without_room_is_left_out():
    days_ago = (30, 29, 5)
    changes = [PlanChange(UNTIL - timedelta(back), uuid4(), Kind.NEW) for back in days_ago]
    marks = PainLine([], since=SINCE, until=UNTIL, changes=changes).marks
    assert [mark.number for mark in marks] == [1, 2, 3]
    assert [mark.has_room for mark in marks] == [True, False, True]
    assert marks[0].x < marks[1].x < marks[2].x


def test_the_means_of_the_weeks():
    """One corner a week, from Monday to Sunday; 4 May is a Monday."""
    drawn = line((10, 3, 12), (8, 1, 12), (6, 0, 12))
    first, second = drawn.weekly_path.split()
    saturday, monday = line((9, 2, 12)).points[0], drawn.points[2]
    assert first == f"{saturday.x},{saturday.y}"
    assert second == f"{monday.x},{monday.y}"


def test_in_words():
    said = words.pain_line(line((3, 9, 8), (7, 5, 8), (2, 1, 8)))
    assert "3 on Sat 25 Apr, 2 on Sun 3 May; lowest 2, highest 7; 6 or more" in said


readings = st.tuples(st.integers(0, 10), st.integers(0, 42), st.floats(0, 24))


@given(st.lists(readings, min_size=1, max_size=30))
def test_no_point_ever_leaves_the_drawing(made):
    drawn = line(*made)
    for point in [*drawn.points, *drawn.dates, *drawn.levels]:
        assert 0 <= point.x <= WIDTH
        assert 0 <= point.y <= HEIGHT

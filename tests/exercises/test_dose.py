"""A dose in words and numbers, as tables and as properties."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils.text import capfirst
from hypothesis import given
from hypothesis import strategies as st

from exercises.dose import EVERY_DAY, Dose, Range, in_minutes, target_of
from exercises.fields import EVERY_DAYS_MAX, LIMITS
from exercises.words import dose as dose_words

MONDAY = date(2026, 3, 2)
MON_WED_FRI = frozenset({0, 2, 4})


def ranges(part: str) -> st.SearchStrategy[Range]:
    ends = st.integers(*LIMITS[part])
    return st.tuples(ends, ends).map(lambda pair: Range(min(pair), max(pair)))


def doses() -> st.SearchStrategy[Dose]:
    """Every dose that the database accepts."""
    often = {
        "per_day": ranges("per_day"),
        "weekdays": st.frozensets(st.integers(0, 6), min_size=1),
        "every_days": st.none() | st.integers(1, EVERY_DAYS_MAX),
        "sides": st.sampled_from([1, 2]),
    }
    repeated = {
        "repetitions": ranges("repetitions"),
        "sets": st.none() | ranges("sets"),
        **often,
    }
    return st.one_of(
        st.builds(Dose, hold_seconds=ranges("hold_seconds"), **repeated),
        st.builds(Dose, **repeated),
        st.builds(Dose, minutes=ranges("minutes"), **often),
    )


@pytest.mark.parametrize(("low", "high"), [(3, 2), (0, 2), (-1, 1), (0, 0)])
def test_a_range_runs_from_one_upwards(low, high):
    with pytest.raises(ValueError, match="is not a range"):
        Range(low, high)


@pytest.mark.parametrize(
    ("ends", "short", "words"),
    [
        ((1, 1), "1", "1"),
        ((2, 3), "2–3", "2 or 3"),
        ((20, 30), "20–30", "20 to 30"),
        ((1, 3), "1–3", "1 to 3"),
    ],
)
def test_a_range_in_words(ends, short, words):
    assert str(Range(*ends)) == short
    assert dose_words.range_in_words(Range(*ends)) == words


@given(ranges("hold_seconds"), st.integers(-5, 700))
def test_a_range_holds_what_is_between_its_ends(ends, number):
    assert (number in ends) == (ends.min <= number <= ends.max)


@pytest.mark.parametrize(
    ("dose", "words", "often", "short"),
    [
        (
            Dose(hold_seconds=Range(20, 30), repetitions=Range(2, 3), per_day=Range(2, 3)),
            "Hold for 20 to 30 seconds. Do this 2 or 3 times.",
            "2 or 3 times a day",
            "20–30 s × 2–3, 2–3 a day",
        ),
        (
            Dose(hold_seconds=Range(1, 1), repetitions=Range(1, 1), sets=Range(1, 1)),
            "Hold for 1 second. Do this once.",
            "once a day",
            "1 s × 1, once a day",
        ),
        (
            Dose(repetitions=Range(10, 10), sets=Range(1, 2), weekdays=MON_WED_FRI),
            "Do this 10 times. Do 1 or 2 rounds, with a rest in between.",
            "once a day on Mon, Wed and Fri",
            "10 times, 1–2 sets, once a day, Mon Wed Fri",
        ),
        (
            Dose(repetitions=Range(8, 15), per_day=Range(1, 2), weekdays=frozenset({6})),
            "Start with 8. Up to 15 when that is easy.",
            "1 or 2 times a day on Sun",
            "8–15 times, 1–2 a day, Sun",
        ),
        (
            Dose(minutes=Range(1, 1), every_days=2),
            "Do this for 1 minute.",
            "once a day, every other day",
            "1 min, once a day, every 2 days",
        ),
        (
            Dose(minutes=Range(20, 30), every_days=3),
            "Do this for 20 to 30 minutes.",
            "once a day, every 3 days",
            "20–30 min, once a day, every 3 days",
        ),
        (
            Dose(repetitions=Range(1, 1), every_days=1, weekdays=MON_WED_FRI),
            "Do this once.",
            "once a day",
            "1 time, once a day",
        ),
    ],
)
def test_a_dose_in_words(dose, words, often, short):
    assert dose_words.instructions(dose) == words
    assert dose_words.frequency(dose) == often
    assert dose_words.short(dose) == short


STRETCH = Dose(hold_seconds=Range(20, 30), repetitions=Range(2, 3), sides=2)


@pytest.mark.parametrize(
    ("dose", "kind", "words"),
    [
        (STRETCH, "leg", "Hold for 20 to 30 seconds. Do this 2 or 3 times with each leg."),
        (STRETCH, "arm", "Hold for 20 to 30 seconds. Do this 2 or 3 times with each arm."),
        (STRETCH, "side", "Hold for 20 to 30 seconds. Do this 2 or 3 times on each side."),
        (Dose(repetitions=Range(1, 1), sides=2), "leg", "Do this once with each leg."),
        (
            Dose(repetitions=Range(8, 12), sides=2),
            "leg",
            "Start with 8 for each leg. Up to 12 when that is easy.",
        ),
        (
            Dose(repetitions=Range(8, 12), sides=2),
            "arm",
            "Start with 8 for each arm. Up to 12 when that is easy.",
        ),
        (
            Dose(repetitions=Range(8, 12), sides=2),
            "side",
            "Start with 8 on each side. Up to 12 when that is easy.",
        ),
        (Dose(minutes=Range(1, 2), sides=2), "leg", "Do this for 1 or 2 minutes with each leg."),
    ],
)
def test_both_sides_are_each_leg_each_arm_or_each_side(dose, kind, words):
    both = replace(dose, side_kind=kind)
    assert dose_words.instructions(both) == words
    assert f"each {kind}" in dose_words.short(both)
    one = replace(both, sides=1)
    assert "each" not in dose_words.instructions(one) + dose_words.short(one)


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ((5, 5), "Do this 5 times."),
        ((5, 6), "Do this 5 or 6 times."),
        ((5, 7), "Start with 5. Up to 7 when that is easy."),
        ((1, 30), "Start with 1. Up to 30 when that is easy."),
    ],
)
def test_more_than_two_numbers_are_a_start_and_an_aim(ends, words):
    """Nobody has to choose from "5 to 30 times"."""
    assert dose_words.instructions(Dose(repetitions=Range(*ends))) == words


@given(doses())
def test_no_repetitions_are_said_as_a_range(dose):
    assert not re.search(
        r"\d to \d+ (times|rounds)", dose_words.instructions(replace(dose, sets=None))
    )


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 1), (1, 1), (60, 1), (60.5, 2), (150, 3), (180, 3), (181, 4)]
)
def test_minutes_are_rounded_up(seconds, minutes):
    assert in_minutes(seconds) == minutes


def test_the_longest_session_is_by_every_upper_end():
    dose = Dose(hold_seconds=Range(5, 10), repetitions=Range(5, 8), sets=Range(1, 2), sides=2)
    assert dose.longest_session_seconds == 2 * 2 * 8 * (10 + 5) + 30
    assert Dose(minutes=Range(10, 15)).longest_session_seconds == 15 * 60


@given(doses())
def test_words_never_count_one_as_many(dose):
    for words in (
        dose_words.instructions(dose),
        dose_words.frequency(dose),
        dose_words.short(dose),
    ):
        assert not re.search(r"\b1 (times|seconds|minutes|rounds|sets)\b", words)
        assert not re.search(r"\b([2-9]|\d\d+) (time|second|minute|round|set|day)\b", words)
        assert "None" not in words


@given(doses())
def test_how_often_is_the_same_in_a_sentence_and_by_itself(dose):
    assert dose_words.frequency_sentence(dose) == f"{capfirst(dose_words.frequency(dose))}."


@given(doses())
def test_words_name_both_ends_of_every_number(dose):
    said = {int(number) for number in re.findall(r"\d+", dose_words.instructions(dose))} | {1}
    for amount in (dose.hold_seconds, dose.repetitions, dose.sets, dose.minutes):
        assert amount is None or set(amount) <= said


@pytest.mark.parametrize(
    ("dose", "amount"),
    [
        (Dose(hold_seconds=Range(20, 30), repetitions=Range(2, 3), sides=2), Range(4, 6)),
        (Dose(repetitions=Range(8, 12), sets=Range(2, 3)), Range(16, 36)),
        (Dose(repetitions=Range(5, 5), sets=Range(3, 3), sides=2), Range(30, 30)),
        (Dose(minutes=Range(10, 15)), Range(10, 15)),
        (Dose(minutes=Range(1, 2), sides=2), Range(2, 4)),
    ],
)
def test_what_one_time_through_asks_for_in_all(dose, amount):
    assert dose.amount == amount


def grown(amount: Range | None, by: int) -> Range | None:
    return amount and Range(amount.min, amount.max + by)


@given(doses(), st.integers(0, 20))
def test_more_of_anything_never_takes_less_time(dose, by):
    parts = {
        name: getattr(dose, name) for name in ("hold_seconds", "repetitions", "minutes", "sets")
    }
    for name, amount in parts.items():
        more = Dose(**{**parts, name: grown(amount, by)}, sides=dose.sides)
        assert more.session_seconds >= dose.session_seconds > 0
    assert Dose(**parts, sides=2).session_seconds >= Dose(**parts, sides=1).session_seconds


def test_about_how_long_the_founding_stretch_takes():
    one_side = Dose(hold_seconds=Range(20, 30), repetitions=Range(2, 3))
    assert one_side.session_seconds == 2.5 * (25 + 5)
    both = Dose(hold_seconds=Range(20, 30), repetitions=Range(2, 3), sides=2)
    assert both.session_seconds == 2 * one_side.session_seconds


@given(doses(), st.integers(-20, 400))
def test_due_days(dose, after):
    day = MONDAY + timedelta(days=after)
    due = dose.is_due_on(day, starts_on=MONDAY)
    if after < 0:
        assert not due
    elif dose.every_days is None:
        assert due == (day.weekday() in dose.weekdays)
    else:
        assert due == (after % dose.every_days == 0)
    if dose.is_every_day and after >= 0:
        assert due


@given(st.lists(doses(), max_size=6), st.integers(0, 30))
def test_a_day_asks_for_its_largest_minimum_and_largest_maximum(prescribed, after):
    day = MONDAY + timedelta(days=after)
    target = target_of(prescribed, day, starts_on=MONDAY)
    due = [dose.per_day for dose in prescribed if dose.is_due_on(day, starts_on=MONDAY)]
    assert (target is None) == (not due)
    if due:
        assert target == Range(max(r.min for r in due), max(r.max for r in due))
        assert all(asked.min <= target.min for asked in due)
        assert target.min <= target.max


def test_every_day_is_every_day():
    assert Dose(repetitions=Range(1, 1)).weekdays == EVERY_DAY == frozenset(range(7))

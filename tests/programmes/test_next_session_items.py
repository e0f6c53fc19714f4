"""What one more session offers, and what one tap marks as done."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.models import Item
from programmes.next_session_items import (
    Need,
    minutes_in_turn,
    minutes_of,
    offers,
    one_tap,
)

MONDAY = date(2026, 5, 4)


def item(per_day: tuple[int, int] = (2, 3), **fields) -> Item:
    """Not saved: the rules need no database."""
    low, high = per_day
    return Item(repetitions_min=5, repetitions_max=5, per_day_min=low, per_day_max=high, **fields)


def asked(items, *times, on=MONDAY):
    """(what is offered with its need, what one tap marks), by position."""
    done = {each.pk: n for each, n in zip(items, times, strict=False)}
    offered = offers(items, done, on=on, starts_on=MONDAY)
    needs = {items.index(offer.item): str(offer.need) for offer in offered}
    return needs, [items.index(each) for each in one_tap(offered)]


@pytest.mark.parametrize(
    ("ranges", "times", "needs", "tapped"),
    [
        ([(2, 3)], [0], {0: "wanted"}, [0]),
        ([(2, 3)], [1], {0: "wanted"}, [0]),
        ([(2, 3)], [2], {0: "optional"}, [0]),
        ([(2, 3)], [3], {0: "extra"}, [0]),
        ([(2, 3)], [7], {0: "extra"}, [0]),
        ([(1, 1), (2, 3)], [0, 0], {0: "wanted", 1: "wanted"}, [0, 1]),
        ([(1, 1), (2, 3)], [1, 1], {1: "wanted"}, [1]),  # the first has had its share
        ([(1, 2), (2, 3)], [1, 1], {0: "optional", 1: "wanted"}, [1]),
        ([(1, 2), (2, 3)], [1, 2], {0: "optional", 1: "optional"}, [0, 1]),
        ([(1, 1), (2, 3)], [1, 3], {0: "extra", 1: "extra"}, [0, 1]),  # beyond every max: all
    ],
)
def test_offers_and_one_tap(ranges, times, needs, tapped):
    assert asked([item(r) for r in ranges], *times) == (needs, tapped)


def test_only_the_days_items_are_offered():
    items = [item(weekdays=[0]), item(weekdays=[1])]
    assert asked(items) == ({0: "wanted"}, [0])
    assert asked(items, 5) == ({0: "extra"}, [0])
    assert asked(items, on=MONDAY + timedelta(1)) == ({1: "wanted"}, [1])


def test_a_rest_day_offers_everything_as_extra():
    items = [item(weekdays=[0]), item(weekdays=[1])]
    assert asked(items, on=MONDAY + timedelta(2)) == ({0: "extra", 1: "extra"}, [0, 1])


def test_a_programme_without_items_offers_nothing():
    assert asked([]) == ({}, [])


per_day = st.tuples(st.integers(1, 5), st.integers(0, 4)).map(lambda r: (r[0], r[0] + r[1]))


@given(st.lists(st.tuples(per_day, st.integers(0, 12)), min_size=1, max_size=6))
def test_as_many_taps_as_the_largest_minimum_complete_every_item(given_items):
    """Whatever was done before: no tap is empty, none goes beyond a max while another is short."""
    items = [item(r) for r, _times in given_items]
    done = {each.pk: times for each, (_r, times) in zip(items, given_items, strict=True)}
    for _tap in range(max(low for (low, _high), _times in given_items)):
        offered = offers(items, done, on=MONDAY, starts_on=MONDAY)
        tapped = one_tap(offered)
        assert tapped
        needs = {offer.need for offer in offered}
        assert Need.EXTRA not in needs or needs == {Need.EXTRA}
        for each in tapped:
            done[each.pk] += 1
    assert all(done[each.pk] >= each.per_day_min for each in items)


# --- how long it takes


def of_minutes(minutes: int, per_day: tuple[int, int] = (1, 1), **fields) -> Item:
    low, high = per_day
    return Item(
        minutes_min=minutes, minutes_max=minutes, per_day_min=low, per_day_max=high, **fields
    )


@pytest.mark.parametrize(
    ("items", "minutes"),
    [
        ([], []),
        ([of_minutes(4)], [4]),
        ([of_minutes(4), of_minutes(3)], [7]),
        ([of_minutes(4), of_minutes(3, (2, 3))], [7, 3]),  # what is done for the day drops out
        ([of_minutes(4), of_minutes(3, (3, 3))], [7, 3]),  # 7, 3 and 3: equal ones once
        ([of_minutes(2), of_minutes(3, (2, 2)), of_minutes(4, (3, 3))], [9, 7, 4]),
        ([of_minutes(3, (2, 3))], [3]),
        # Once a day at least: a second time is a bonus, and no second session is asked.
        ([of_minutes(4, (1, 2)), of_minutes(3, (1, 1))], [7]),
        # The busiest day: Monday, Wednesday and Friday have all of them.
        ([of_minutes(4), of_minutes(3, weekdays=[0, 2, 4])], [7]),
        ([of_minutes(4, weekdays=[1]), of_minutes(3, weekdays=[0])], [4]),
        ([of_minutes(4, weekdays=[1]), of_minutes(3, (2, 2), weekdays=[0])], [3]),  # 6 > 4
        ([of_minutes(4, every_days=2), of_minutes(3, every_days=3)], [7]),  # both on the first
    ],
)
def test_minutes_of_the_busiest_days_sessions_in_turn(items, minutes):
    assert minutes_in_turn(items) == minutes


def test_both_sides_take_twice_as_long_and_a_started_minute_is_a_minute():
    held = {
        "hold_seconds_min": 20,
        "hold_seconds_max": 30,
        "repetitions_min": 2,
        "repetitions_max": 3,
        "per_day_min": 2,
        "per_day_max": 3,
    }
    assert minutes_of([Item(**held, side="right")]) == 2  # 75 s
    assert minutes_of([Item(**held, side="both")]) == 3  # 150 s
    assert minutes_in_turn([Item(**held, side="both")]) == [3]


@given(st.lists(st.tuples(per_day, st.integers(1, 30)), min_size=1, max_size=6))
def test_the_first_session_is_the_whole_of_the_busiest_day(given_items):
    items = [of_minutes(minutes, often) for often, minutes in given_items]
    in_turn = minutes_in_turn(items)
    assert in_turn[0] == minutes_of(items)
    assert in_turn == sorted(set(in_turn), reverse=True)  # only ever fewer items

"""What one more session offers, and what one tap marks as done."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patients.offers import Need, offers, one_tap
from programmes.models import Item

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

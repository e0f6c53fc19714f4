"""The calendar's arithmetic, at its corners and for every zone."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.dose import Dose, Range
from patients import schedule
from patients.schedule import Paused, Plan

LONDON, LORD_HOWE = ZoneInfo("Europe/London"), ZoneInfo("Australia/Lord_Howe")
AUCKLAND, CAIRO, APIA = (
    ZoneInfo("Pacific/Auckland"),
    ZoneInfo("Africa/Cairo"),
    ZoneInfo("Pacific/Apia"),
)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
START, STOP = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
MONDAY = date(2026, 5, 4)
A_DAY = 24 * 60  # minutes


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "wall", "expected"),
    [
        (LONDON, "2026-01-15 09:00", "2026-01-15 09:00"),  # winter
        (LONDON, "2026-07-15 09:00", "2026-07-15 08:00"),  # summer
        (LONDON, "2026-03-29 01:30", "2026-03-29 01:30"),  # the clocks skip it
        (LONDON, "2026-10-25 01:30", "2026-10-25 00:30"),  # it comes twice: the first counts
        (LORD_HOWE, "2026-10-04 02:15", "2026-10-03 15:45"),  # half an hour is skipped
        (CAIRO, "2026-04-24 00:30", "2026-04-23 22:30"),  # midnight itself is skipped
        (AUCKLAND, "2026-01-15 09:00", "2026-01-14 20:00"),  # yesterday in UTC
        (APIA, "2011-12-30 09:00", "2011-12-30 19:00"),  # a whole date is skipped
    ],
)
def test_instant(zone, wall, expected):
    at = datetime.fromisoformat(wall)
    assert schedule.instant(at.date(), at.time(), zone) == utc(expected)


@pytest.mark.parametrize(
    ("zone", "now", "expected"),
    [
        (LONDON, "2026-07-15 22:59", date(2026, 7, 15)),
        (LONDON, "2026-07-15 23:00", date(2026, 7, 16)),
        (AUCKLAND, "2026-07-15 12:00", date(2026, 7, 16)),
        (ZoneInfo("Pacific/Pago_Pago"), "2026-07-15 10:59", date(2026, 7, 14)),
    ],
)
def test_local_date(zone, now, expected):
    assert schedule.local_date(utc(now), zone) == expected


@pytest.mark.parametrize(
    ("zone", "after", "until", "expected"),
    [
        (LONDON, "2026-07-15 07:29", "2026-07-15 07:30", ["2026-07-15 08:30"]),
        (LONDON, "2026-07-15 07:30", "2026-07-15 07:30", []),
        (LONDON, "2026-07-15 22:59", "2026-07-15 23:00", ["2026-07-16 00:00"]),
        # 01:00 is skipped and 02:00 stands on the clock: both have their turn
        (LONDON, "2026-03-29 00:59", "2026-03-29 01:00", ["2026-03-29 01:00", "2026-03-29 02:00"]),
        (LONDON, "2026-10-25 00:29", "2026-10-25 00:30", ["2026-10-25 01:30"]),
        (LONDON, "2026-10-25 01:29", "2026-10-25 01:30", []),  # its second coming
    ],
)
def test_due_local_minutes(zone, after, until, expected):
    due = schedule.due_local_minutes(zone, utc(after), utc(until))
    assert [f"{on} {at:%H:%M}" for on, at in due] == expected


def test_seconds_within_a_minute_neither_repeat_nor_lose_it():
    moments = [utc("2026-07-15 07:29") + timedelta(seconds=s) for s in (0, 59, 60, 61, 119, 120)]
    due = [
        pair
        for after, until in zip(moments, moments[1:], strict=False)
        for pair in schedule.due_local_minutes(LONDON, after, until)
    ]
    assert due == [(date(2026, 7, 15), time(8, 30)), (date(2026, 7, 15), time(8, 31))]


def changes_of(zone: ZoneInfo) -> tuple[tuple[datetime, timedelta, timedelta], ...]:
    """Every instant in 2026 and 2027 at which the zone's offset changes, with both offsets."""

    def offset(moment):
        return moment.astimezone(zone).utcoffset()

    found, moment = [], START
    while moment < STOP:
        if offset(moment) != offset(moment + DAY):
            low, high = moment, moment + DAY
            while high - low > MINUTE:
                middle = low + (high - low) // 2 // MINUTE * MINUTE
                low, high = (middle, high) if offset(middle) == offset(moment) else (low, middle)
            found.append((high, offset(low), offset(high)))
        moment += DAY
    return tuple(found)


def every_change() -> dict[tuple[datetime, timedelta, timedelta], ZoneInfo]:
    """Each way and moment in which any IANA zone's clocks change in 2026–27, with one such zone."""
    zones = [ZoneInfo(name) for name in sorted(available_timezones())]
    return {change: zone for zone in zones for change in changes_of(zone)}


def test_in_every_zone_every_local_minute_comes_due_once_on_the_days_the_clocks_change():
    """No day without its slots, none twice; London and Lord Howe alike."""
    changes = every_change()
    assert len(changes) > 50  # or this would test nothing
    for (change, before, after), zone in changes.items():
        on = (change + before).date()
        midnight = datetime.combine(on, time(0), tzinfo=UTC)
        spare = abs(after - before) + HOUR
        due = schedule.due_local_minutes(
            zone, midnight - max(before, after) - spare, midnight + DAY - min(before, after) + spare
        )
        of_the_day = Counter(at for day, at in due if day == on)
        assert (len(of_the_day), set(of_the_day.values())) == (A_DAY, {1}), (zone, on)


@given(
    st.sampled_from([LONDON, LORD_HOWE, AUCKLAND, CAIRO, ZoneInfo("Asia/Kolkata")]),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),  # noqa: DTZ001  made UTC below
    st.lists(st.integers(1, 7200), min_size=1, max_size=6),
)
def test_consecutive_ticks_give_what_one_long_tick_gives(zone, start, steps):
    """However late or uneven they come; steps in seconds."""
    edges = [start.replace(tzinfo=UTC)]
    for step in steps:
        edges.append(edges[-1] + timedelta(seconds=step))
    pieces = [
        pair
        for after, until in zip(edges, edges[1:], strict=False)
        for pair in schedule.due_local_minutes(zone, after, until)
    ]
    assert pieces == schedule.due_local_minutes(zone, edges[0], edges[-1])
    assert len(pieces) == len(set(pieces))


@given(
    st.sampled_from(sorted(available_timezones() - {"Factory", "localtime"})),
    st.dates(date(2026, 1, 2), date(2027, 12, 30)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_each_wall_time_comes_due_in_the_minute_of_its_instant(name, on, at):
    zone = ZoneInfo(name)
    moment = schedule.instant(on, at, zone)
    assert (on, at) in schedule.due_local_minutes(zone, moment - MINUTE, moment)
    assert (on, at) not in schedule.due_local_minutes(zone, moment, moment + MINUTE)


# --- what a date asks for ---

DAILY = Dose(repetitions=Range(5, 5), per_day=Range(2, 3))
MON_WED_FRI = Dose(repetitions=Range(5, 5), weekdays=frozenset({0, 2, 4}))
EVERY_THIRD = Dose(repetitions=Range(5, 5), per_day=Range(1, 4), every_days=3)


@pytest.mark.parametrize(
    ("doses", "day", "expected"),
    [
        ([DAILY], MONDAY, ("asked", (2, 3))),
        ([DAILY], MONDAY - DAY, ("rest", None)),  # before the start nothing is due
        ([MON_WED_FRI], MONDAY + DAY, ("rest", None)),
        ([MON_WED_FRI], MONDAY + 2 * DAY, ("asked", (1, 1))),
        ([EVERY_THIRD], MONDAY + 2 * DAY, ("rest", None)),
        ([EVERY_THIRD], MONDAY + 3 * DAY, ("asked", (1, 4))),
        ([DAILY, EVERY_THIRD], MONDAY, ("asked", (2, 4))),  # largest min and largest max
        ([DAILY, EVERY_THIRD], MONDAY + DAY, ("asked", (2, 3))),
        ([], MONDAY, ("rest", None)),
    ],
)
def test_what_a_date_asks_for(doses, day, expected):
    assert Plan(starts_on=MONDAY, doses=doses).asks(day) == expected


@pytest.mark.parametrize(
    ("pauses", "day", "state"),
    [
        ([Paused(MONDAY, MONDAY)], MONDAY, "paused"),
        ([Paused(MONDAY, MONDAY)], MONDAY + DAY, "asked"),
        ([Paused(MONDAY + DAY, None)], MONDAY, "asked"),
        ([Paused(MONDAY + DAY, None)], MONDAY + 400 * DAY, "paused"),
        ([Paused(MONDAY, MONDAY + DAY), Paused(MONDAY + 3 * DAY, None)], MONDAY + 2 * DAY, "asked"),
    ],
)
def test_a_pause_covers_whole_dates_both_ends_included(pauses, day, state):
    asks = Plan(starts_on=MONDAY, doses=[DAILY], pauses=pauses).asks(day)
    assert asks == (state, (2, 3))  # it keeps its numbers


def test_nothing_has_begun_while_an_invitation_waits():
    plan = Plan(starts_on=MONDAY, doses=[DAILY], pauses=[Paused(MONDAY, None)], has_begun=False)
    assert plan.asks(MONDAY) == ("not_started", (2, 3))


@given(st.dates(date(2026, 1, 1), date(2027, 12, 1)), st.integers(-40, 40))
def test_the_dates_ahead_are_today_and_fourteen_more_none_before_the_start(today, delay):
    starts_on = today + delay * DAY
    dates = schedule.dates_ahead(today=today, starts_on=starts_on)
    assert dates == [today + n * DAY for n in range(15) if today + n * DAY >= starts_on]


@given(st.dates(), st.integers(-2, 3))
def test_dates_between_are_strictly_between(day, gap):
    try:
        later = day + gap * DAY
    except OverflowError:
        return
    assert list(schedule.dates_between(day, later)) == [day + n * DAY for n in range(1, gap)]


# --- a page of an earlier date ---


@pytest.mark.parametrize(
    ("zone", "page_on", "local", "is_old"),
    [
        ("Europe/London", "2026-05-04", "2026-05-04 23:59", False),
        ("Europe/London", "2026-05-04", "2026-05-05 00:00", False),
        ("Europe/London", "2026-05-04", "2026-05-05 02:59", False),
        ("Europe/London", "2026-05-04", "2026-05-05 03:00", True),
        ("Europe/London", "2026-05-04", "2026-05-06 00:30", True),  # a night later
        ("Europe/London", "2026-05-05", "2026-05-04 12:00", False),  # flown westwards
        ("Europe/Berlin", "2026-03-28", "2026-03-29 01:59", False),  # 02:00 to 03:00 is skipped
        ("Europe/Berlin", "2026-03-28", "2026-03-29 03:00", True),
        ("Europe/Berlin", "2026-10-24", "2026-10-25 02:59", False),  # the first time
        ("Europe/Berlin", "2026-10-24", "2026-10-25 02:59/2", False),  # the second time
        ("Europe/Berlin", "2026-10-24", "2026-10-25 03:00", True),
        ("Europe/Athens", "2026-03-28", "2026-03-29 02:59", False),  # 03:00 to 04:00 is skipped
        ("Europe/Athens", "2026-03-28", "2026-03-29 04:00", True),
        ("Europe/Athens", "2026-10-24", "2026-10-25 03:00", True),  # 03:00 comes twice
        ("Europe/Athens", "2026-10-24", "2026-10-25 03:00/2", True),
        ("Europe/London", "2026-03-28", "2026-03-29 00:59", False),  # 01:00 to 02:00 is skipped
        ("Europe/London", "2026-03-28", "2026-03-29 02:00", False),
        ("America/Havana", "2026-10-31", "2026-11-01 00:30/2", False),  # midnight comes twice
        ("Pacific/Kiritimati", "2026-05-04", "2026-05-05 02:59", False),
        ("Pacific/Kiritimati", "2026-05-04", "2026-05-05 03:00", True),
        ("Pacific/Pago_Pago", "2026-05-04", "2026-05-05 02:59", False),
        ("Pacific/Pago_Pago", "2026-05-04", "2026-05-05 03:00", True),
        ("Asia/Kathmandu", "2026-05-04", "2026-05-05 03:00", True),
    ],
)
def test_a_page_is_from_an_earlier_day_at_three(zone, page_on, local, is_old):
    wall, _, second = local.partition("/")
    there = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone), fold=int(bool(second)))
    moment = there.astimezone(UTC)
    on = date.fromisoformat(page_on)
    assert schedule.is_from_an_earlier_day(on, now=moment, zone=ZoneInfo(zone)) is is_old


@pytest.mark.parametrize(
    ("zone", "at", "left"),
    [
        ("Europe/London", "2026-05-04 22:59:30+00:00", 30),
        ("Europe/London", "2026-05-04 23:00:00+00:00", 24 * 3600),
        ("Europe/London", "2026-03-29 00:00:00+00:00", 23 * 3600),  # the clocks go forward
        ("Europe/London", "2026-10-24 23:00:00+00:00", 25 * 3600),  # and back
        ("America/Santiago", "2026-09-06 03:00:00+00:00", 3600),  # there, midnight is skipped
        ("Pacific/Auckland", "2026-05-04 11:59:59.500000+00:00", 1),
    ],
)
def test_how_long_a_day_still_lasts(zone, at, left):
    assert schedule.seconds_left(datetime.fromisoformat(at), ZoneInfo(zone)) == left

"""A record moves to another time zone: no time is lost, and nothing comes twice."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from outbox.models import State
from patients.models import Day
from patients.schedule import instant
from reminders import services
from reminders.models import Preference, Reminder, Slot
from tests.factories import AssignmentFactory, DayFactory
from tests.reminders.nudging import MINUTE, deliver, looked_until

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LONDON, TOKYO, PARIS = "Europe/London", "Asia/Tokyo", "Europe/Paris"
ON = date(2026, 7, 7)  # a Tuesday


def at(text: str, zone: str) -> datetime:
    """The instant at which the clock of a zone shows this."""
    wall = datetime.fromisoformat(text)
    return instant(wall.date(), wall.time(), ZoneInfo(zone))


def record(zone: str, *times: str, asked: int = 2, around: date = ON):
    """Somebody who is asked for sessions every day, at times of their own or the usual ones."""
    plan = AssignmentFactory(patient__time_zone=zone, starts_on=around - 3 * DAY)
    for n in range(-3, 5):
        DayFactory(assignment=plan, on=around + n * DAY, asked_min=asked, asked_max=asked)
    patient = plan.patient
    if times:
        Preference.objects.create(patient=patient, has_own_times=True, changed_at=plan.assigned_at)
        for position, text in enumerate(times):
            slot = {"zone": zone, "position": position, "at": time.fromisoformat(text)}
            Slot.objects.create(patient=patient, **slot)
    return patient


def live(start: datetime, end: datetime, *, step: timedelta = 10 * MINUTE) -> None:
    """Ticks and deliveries, until ``end``."""
    moment = start
    while moment <= end:
        if services.tick(now=moment) or Reminder.objects.filter(state=State.DUE).exists():
            deliver(moment)
        moment += step


def move(patient, zone: str, *, now: datetime) -> None:
    services.follow_zone(patient, time_zone=zone, by=patient.user, now=now)


def rows(patient) -> list[tuple[str, str, str]]:
    """(date and time that it is known by, state or why, when it left or is due)."""
    found = Reminder.objects.filter(patient=patient).order_by("due_at", "on", "at")
    return [
        (f"{row.on:%d} {row.at:%H:%M}", row.reason or row.state, f"{_when(row):%d %H:%M}")
        for row in found
    ]


def _when(row: Reminder) -> datetime:
    return (row.handed_at or row.due_at).astimezone(UTC)


def test_going_east_a_time_that_the_clock_jumps_over_comes_at_its_old_time(smtp_server):
    patient = record(LONDON, "18:30")
    looked_until(at("2026-07-07 17:59", LONDON))
    move(patient, PARIS, now=at("2026-07-07 18:00", LONDON))
    live(at("2026-07-07 18:00", LONDON), at("2026-07-09 00:00", PARIS))
    assert rows(patient) == [("07 18:30", "sent", "07 17:30"), ("08 18:30", "sent", "08 16:30")]
    assert [row.origin for row in Reminder.objects.order_by("on")] == ["old_clock", "chosen"]
    assert len(smtp_server.messages) == 2


def test_what_would_come_by_night_comes_soon_instead(smtp_server):
    """At noon in London it is 20:00 in Tokyo: the old 18:30 would be half past two at night."""
    patient = record(LONDON, "18:30")
    looked_until(at("2026-07-07 11:59", LONDON))
    move(patient, TOKYO, now=at("2026-07-07 12:00", LONDON))
    live(at("2026-07-07 12:00", LONDON), at("2026-07-09 00:00", TOKYO))
    assert rows(patient) == [
        ("07 18:30", "sent", "07 11:10"),  # 20:10 in Tokyo
        ("08 18:30", "sent", "08 09:30"),
    ]


def test_what_comes_soon_leaves_as_one_letter_about_the_newest_day(smtp_server):
    """In Auckland it is the next day: the evening before and this morning are both past there."""
    patient = record("Pacific/Honolulu", "08:30", "18:30")
    now = at("2026-07-07 11:00", "Pacific/Honolulu")  # 9:00 on the 8th in Auckland
    looked_until(now - MINUTE)
    move(patient, "Pacific/Auckland", now=now)
    live(now, now + 2 * HOUR)
    assert [(on_at, what) for on_at, what, _when in rows(patient)] == [
        ("07 18:30", "sent"),
        ("08 08:30", "sent"),
    ]
    assert len(smtp_server.messages) == 1
    [first] = set(Reminder.objects.values_list("letter", flat=True))
    assert Reminder.objects.get(pk=first).on == date(2026, 7, 8)


def test_going_west_each_time_comes_again_only_where_it_had_not_come(smtp_server):
    patient = record(LONDON, "08:30", "18:30")
    looked_until(at("2026-07-07 08:29", LONDON))
    live(at("2026-07-07 08:30", LONDON), at("2026-07-07 12:00", LONDON))
    move(patient, "America/New_York", now=at("2026-07-07 12:00", LONDON))  # 7:00 there
    live(at("2026-07-07 12:10", LONDON), at("2026-07-07 23:59", "America/New_York"))
    assert rows(patient) == [("07 08:30", "sent", "07 07:30"), ("07 18:30", "sent", "07 22:30")]


def test_over_the_date_line_a_date_comes_again_and_nothing_is_sent_twice(smtp_server):
    patient = record("Pacific/Auckland", "08:30", "18:30")
    looked_until(at("2026-07-06 08:00", "Pacific/Auckland"))
    now = at("2026-07-07 09:00", "Pacific/Auckland")  # 11:00 on the 6th in Honolulu
    live(at("2026-07-06 08:10", "Pacific/Auckland"), now)
    move(patient, "Pacific/Honolulu", now=now)
    live(now, at("2026-07-07 23:00", "Pacific/Honolulu"))
    assert [on_at for on_at, *_rest in rows(patient)] == [
        "06 08:30", "06 18:30", "07 08:30", "07 18:30",
    ]  # fmt: skip
    assert len(smtp_server.messages) == 4
    last, before = (row.handed_at for row in Reminder.objects.order_by("-handed_at")[:2])
    assert last - before == 10 * HOUR + 22 * HOUR  # as usual, and the difference of the zones


def test_whoever_goes_back_at_once_is_reminded_as_before(smtp_server):
    patient = record(LONDON, "18:30")
    noon = at("2026-07-07 12:00", LONDON)
    looked_until(noon - MINUTE)
    move(patient, TOKYO, now=noon)
    services.tick(now=noon + MINUTE)
    deliver(noon + MINUTE)
    move(patient, LONDON, now=noon + 2 * MINUTE)
    live(noon + 10 * MINUTE, at("2026-07-07 23:00", LONDON))
    assert rows(patient) == [("07 18:30", "sent", "07 17:30")]


def test_a_minute_that_no_tick_has_looked_at_yet_is_not_lost(smtp_server):
    """The ticks stand still since 18:20: 18:30 had come in London, and is past in Paris."""
    patient = record(LONDON, "18:30")
    looked_until(at("2026-07-07 18:20", LONDON))
    now = at("2026-07-07 18:40", LONDON)
    move(patient, PARIS, now=now)
    live(now, now + 30 * MINUTE)
    assert [(on_at, what) for on_at, what, _when in rows(patient)] == [("07 18:30", "sent")]


@pytest.mark.parametrize("why", ["off", "rest", "nobody", "no times", "from tomorrow", "ended"])
def test_nothing_is_kept_where_nothing_would_have_come(why):
    patient = record(LONDON, "18:30")
    if why == "off":
        Preference.objects.update(is_on=False)
    if why == "from tomorrow":
        times = list(patient.reminder_slots.values_list("at", flat=True))
        later = {"counts_from": at("2026-07-07 23:00", LONDON), "new_times": times}
        Preference.objects.update(**later)
    if why == "no times":
        Slot.objects.all().delete()
    if why == "rest":
        Day.objects.update(state=Day.State.REST)
    if why == "ended":
        patient.assignments.update(ended_on=ON)
    if why == "nobody":
        patient.user, by = None, patient.user
        patient.save()
    else:
        by = patient.user
    services.follow_zone(patient, time_zone=PARIS, by=by, now=at("2026-07-07 18:00", LONDON))
    assert not Reminder.objects.exists()


def test_a_session_done_meanwhile_keeps_a_kept_time_back(smtp_server):
    """The rules are asked when it leaves, as of every reminder."""
    patient = record(LONDON, "18:30", asked=1)
    looked_until(at("2026-07-07 17:59", LONDON))
    move(patient, PARIS, now=at("2026-07-07 18:00", LONDON))
    Day.objects.filter(on=ON).update(state=Day.State.PAUSED)
    live(at("2026-07-07 18:00", LONDON), at("2026-07-07 19:00", LONDON))
    assert rows(patient)[0][1] == "paused"


def test_the_same_zone_again_changes_nothing():
    patient = record(LONDON, "18:30")
    now = at("2026-07-07 18:00", LONDON)
    assert services.follow_zone(patient, time_zone=LONDON, by=patient.user, now=now) is None
    assert not Reminder.objects.exists()

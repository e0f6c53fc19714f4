"""Wherever somebody travels, and whenever: no time is lost, nothing comes twice or too soon, and
the wait between two times grows by the difference of the zones at most.
"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outbox.models import State
from patients.models import Day, Patient
from patients.schedule import instant, local_date
from reminders import services
from reminders.models import Preference, Reminder, Slot
from reminders.rules import LEAST_GAP
from reminders.services.zones import SOON
from reminders.usual_times import usual_times
from tests.factories import PatientFactory
from tests.patients.scene import running
from tests.reminders.nudging import MINUTE, deliver, looked_until

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DAYS = 6
NONE_YET = (date.min, time())
EVERY_DAY = range(7)
ZONES = [
    "Pacific/Auckland", "Pacific/Honolulu", "Pacific/Kiritimati", "Pacific/Apia",
    "Pacific/Pago_Pago", "Australia/Lord_Howe", "Asia/Kathmandu", "Asia/Tokyo", "Europe/London",
    "Europe/Paris", "America/New_York", "America/St_Johns", "Pacific/Chatham", "Europe/Athens",
]  # fmt: skip
MINUTES = st.integers(0, 4 * 24 * 60)  # after the start


@st.composite
def own_times(draw) -> tuple[time, ...] | None:
    """None: the usual ones."""
    if draw(st.booleans()):
        return None
    steps = draw(st.lists(st.integers(0, 222), min_size=1, max_size=3, unique=True))
    apart = sorted(steps)
    if any(after - before < 24 for before, after in pairwise(apart)):
        apart = apart[:1]
    return tuple(time(4 + step // 12, step % 12 * 5) for step in apart)


JOURNEYS = st.fixed_dictionaries(
    {
        "start": st.dates(date(2026, 1, 5), date(2026, 12, 20)),
        "home": st.sampled_from(ZONES),
        "moves": st.lists(st.tuples(MINUTES, st.sampled_from(ZONES)), min_size=1, max_size=3),
        "times": own_times(),
        "asked": st.integers(1, 3),
        "weekdays": st.sets(st.integers(0, 6), min_size=3),
    }
)


def journey(home: str, *moves: tuple[float, str], **changes):
    """Moves come so many hours after noon UTC of the start."""
    usual = {"start": date(2026, 7, 6), "times": (time(18, 30),), "asked": 2, "weekdays": EVERY_DAY}
    return usual | {"home": home, "moves": [(round(h * 60), zone) for h, zone in moves]} | changes


class Traveller:
    """Lives minute by minute, but only those minutes at which something may happen."""

    def __init__(self, *, start: date, home: str, moves, times, asked: int, weekdays):
        self.times = usual_times(asked) if times is None else times
        self.start = datetime(start.year, start.month, start.day, 12, tzinfo=UTC)
        self.moves = [(self.start + n * MINUTE, zone) for n, zone in sorted(moves)]
        self.zones = [ZoneInfo(name) for name in {home, *(zone for _at, zone in moves)}]
        asks = {"per_day_min": asked, "per_day_max": asked, "weekdays": sorted(weekdays)}
        began = self.start - DAY
        self.patient = PatientFactory(time_zone=home)
        self.plan = running(
            asks, patient=self.patient, starts_on=local_date(began, self.patient.zone), now=began
        )
        if times is not None:
            Preference.objects.create(
                patient=self.patient, has_own_times=True, changed_at=self.start
            )
            for position, at in enumerate(times):
                Slot.objects.create(patient=self.patient, zone=home, position=position, at=at)
        self.differences: list[tuple[datetime, timedelta]] = []

    def live(self) -> None:
        looked_until(self.start)
        moments = self._moments()
        moves = list(self.moves)
        while moments:
            now = moments.pop(0)
            services.tick(now=now)
            while moves and moves[0][0] <= now:
                self._move(*moves.pop(0))
            if Reminder.objects.due(now).exists():
                deliver(now)
            waiting = Reminder.objects.filter(state=State.DUE)
            again = {max(row.due_at, row.retry_at or row.due_at) for row in waiting}
            moments = sorted({*moments, *(moment for moment in again if moment > now)})

    def _moments(self) -> list[datetime]:
        first = self.start.date() - 2 * DAY
        walls = [(first + n * DAY, at) for n in range(DAYS + 4) for at in self.times]
        due = {instant(on, at, zone) for zone in self.zones for on, at in walls}
        moved = {at for at, _zone in self.moves}
        every = due | moved | {at + SOON for at in moved}
        return sorted(at for at in every if self.start < at <= self.start + DAYS * DAY)

    def _move(self, at: datetime, zone: str) -> None:
        before = at.astimezone(self.patient.zone).utcoffset()
        services.follow_zone(self.patient, time_zone=zone, by=self.patient.user, now=at)
        after = at.astimezone(ZoneInfo(zone)).utcoffset()
        self.differences.append((at, abs(after - before)))

    # --- what came of it

    @property
    def asked_pairs(self) -> list[tuple[date, time]]:
        """The chosen times of the asked days that were lived through in full."""
        first, last = self.start.date() + DAY, self.start.date() + (DAYS - 3) * DAY
        days = Day.objects.filter(assignment=self.plan, state=Day.State.ASKED)
        dates = days.filter(on__range=(first, last)).order_by("on").values_list("on", flat=True)
        return [(on, at) for on in dates for at in sorted(self.times)]

    def difference(self, after: datetime, until: datetime) -> timedelta:
        """Of the zones that were changed in between, and of the clocks' own change."""
        moved = (of for at, of in self.differences if after < at <= until)
        return sum(moved, timedelta()) + self._clocks_change()

    def _clocks_change(self) -> timedelta:
        ends = (self.start - DAY, self.start + DAYS * DAY)
        offsets = ([at.astimezone(zone).utcoffset() for at in ends] for zone in self.zones)
        return sum((abs(after - before) for before, after in offsets), timedelta())


def letters_of(rows: list[Reminder]) -> list[tuple[datetime, tuple[date, time]]]:
    """When each letter left, and the last time of a day that it was for; and what came too soon
    after one and says so.
    """
    found: dict[datetime, tuple[date, time]] = {}
    for row in rows:
        at = row.handed_at or row.finished_at
        found[at] = max(found.get(at, (row.on, row.at)), (row.on, row.at))
    return sorted(found.items())


def check_wait(traveller: Traveller, events: list[tuple[datetime, tuple[date, time]]]) -> None:
    """From one chosen time to the next: as long as it is between them, and the difference of the
    zones. A letter for a date that comes again lies in between, and makes no wait longer.
    """
    pairs = traveller.asked_pairs
    latest = accumulate((pair for _at, pair in events), max, initial=NONE_YET)
    later = [
        (at, pair) for (at, pair), before in zip(events, latest, strict=False) if pair > before
    ]
    for (at, pair), (next_at, _next) in pairwise(later):
        following = [one for one in pairs if one > pair]
        if pair not in pairs or not following:
            continue
        usual = datetime.combine(*following[0]) - datetime.combine(*pair)
        assert next_at - at <= usual + traveller.difference(at, next_at) + MINUTE, (at, pair)


EXAMPLES = {
    "a date comes again": journey("Pacific/Auckland", (30, "Pacific/Honolulu"), times=None),
    "a day later": journey("Pacific/Honolulu", (30, "Pacific/Auckland"), times=None),
    "a date is left out": journey(
        "Pacific/Pago_Pago", (34, "Pacific/Kiritimati"), times=(time(4), time(22, 30))
    ),
    "a date lasts two days": journey(
        "Pacific/Kiritimati", (34, "Pacific/Pago_Pago"), times=(time(4), time(22, 30))
    ),
    "after midnight there": journey("Europe/London", (27, "Asia/Tokyo")),
    "two rest days": journey(
        "Europe/London", (23, "Asia/Tokyo"), times=None, asked=1, weekdays=[0, 1, 4, 5, 6]
    ),
    "a minute after a letter": journey(
        "Europe/London", (33.7, "Europe/Athens"), times=(time(20, 30), time(22, 30))
    ),
    "half hours": journey(
        "Australia/Lord_Howe", (26, "Pacific/Apia"), (40, "Asia/Kathmandu"), times=None, asked=3
    ),
    "there and back at once": journey("Europe/London", (24, "Asia/Tokyo"), (24.1, "Europe/London")),
    "there and back": journey(
        "Asia/Tokyo", (24, "Europe/London"), (60, "Asia/Tokyo"), times=(time(4), time(13))
    ),
    "a date comes again between two flights": journey(
        "Pacific/Auckland",
        (8.2, "Pacific/Chatham"),
        (10.1, "America/New_York"),
        (31.5, "Pacific/Honolulu"),
        start=date(2026, 5, 11),
        times=None,
    ),
    "clocks change on the way": journey(
        "Europe/London", (50, "America/New_York"), start=date(2026, 3, 26)
    ),
}


@pytest.mark.parametrize("found", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_a_journey(smtp_server, found):
    check(smtp_server, found)


@settings(max_examples=6)
@given(found=JOURNEYS)
def test_any_journey(smtp_server, found):
    Reminder.objects.all().delete()
    Patient.objects.update(user=None)  # nobody of the journey before is reminded any more
    check(smtp_server, found)


def check(smtp_server, found) -> None:
    """No time is lost, none comes twice or too soon, and no wait is too long."""
    before = len(smtp_server.messages)
    traveller = Traveller(**found)
    traveller.live()
    rows = list(Reminder.objects.filter(patient=traveller.patient))
    became = {(row.on, row.at): row for row in rows}
    lost = [pair for pair in traveller.asked_pairs if pair not in became]
    assert not lost
    silent = [row for row in rows if row.state not in {State.SENT, State.DUE}]
    assert {row.reason for row in silent} <= {"too_soon", "paused", "rest_day"}
    sent = sorted({row.handed_at for row in rows if row.state == State.SENT})
    assert len(smtp_server.messages) - before == len(sent)
    assert all(after - before >= LEAST_GAP for before, after in pairwise(sent))
    told = [row for row in rows if row.state == State.SENT or row.reason == "too_soon"]
    check_wait(traveller, letters_of([row for row in told if row.state != State.DUE]))

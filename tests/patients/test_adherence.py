"""Adherence: its rules as a table, its bounds, and that both ways of counting agree."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseload import caseload_page
from patients.adherence import Adherence, Band, of_days
from patients.models import Day, Patient, Session, Tick
from patients.words import adherence as in_words
from tests.factories import AssignmentFactory, ItemFactory, PatientFactory, ProgrammeFactory

TODAY = date(2026, 5, 4)
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@dataclass
class Counted:
    """A day as the pure function sees it."""

    on: date
    sessions_done: int
    asked_min: int | None = 2
    state: str = "asked"


def ago(n: int, *args, **fields) -> Counted:
    return Counted(TODAY - timedelta(n), *args, **fields)


@pytest.mark.parametrize(
    ("days", "done", "asked"),
    [
        ([], 0, 0),
        ([ago(1, 1)], 1, 2),
        ([ago(1, 5)], 2, 2),  # capped each day: a busy Monday is no Tuesday
        ([ago(1, 5), ago(2, 0)], 2, 4),
        ([ago(0, 1)], 0, 0),  # an unfinished today is not yet a miss
        ([ago(0, 2)], 2, 2),
        ([ago(0, 3)], 2, 2),
        ([ago(13, 0)], 0, 2),  # the last of the fourteen
        ([ago(14, 2)], 0, 0),
        ([ago(-1, 2)], 0, 0),  # tomorrow, after travelling west
        ([ago(1, 2, state="paused")], 0, 0),
        ([ago(1, 2, state="not_started")], 0, 0),
        ([ago(1, 1, asked_min=None, state="rest")], 0, 0),
        ([ago(n, 2) for n in range(1, 12)] + [ago(12, 0), ago(13, 0), ago(0, 2)], 24, 28),
    ],
)
def test_what_counts(days, done, asked):
    adherence = of_days(days, today=TODAY)
    assert (adherence.done, adherence.asked) == (done, asked)


@pytest.mark.parametrize(
    ("done", "asked", "band", "words"),
    [
        (0, 0, Band.NO_DATA, "no data"),
        (0, 28, Band.STRUGGLING, "0 of 28 sessions · 0\N{NO-BREAK SPACE}%"),
        (22, 28, Band.PARTLY, "22 of 28 sessions · 79\N{NO-BREAK SPACE}%"),
        (8, 10, Band.ON_TRACK, "8 of 10 sessions · 80\N{NO-BREAK SPACE}%"),
        (
            799,
            1000,
            Band.PARTLY,
            "799 of 1000 sessions · 80\N{NO-BREAK SPACE}%",
        ),  # the band does not round
        (5, 10, Band.PARTLY, "5 of 10 sessions · 50\N{NO-BREAK SPACE}%"),
        (499, 1000, Band.STRUGGLING, "499 of 1000 sessions · 50\N{NO-BREAK SPACE}%"),
        (1, 1, Band.ON_TRACK, "1 of 1 session · 100\N{NO-BREAK SPACE}%"),
        (28, 28, Band.ON_TRACK, "28 of 28 sessions · 100\N{NO-BREAK SPACE}%"),
    ],
)
def test_share_band_and_words(done, asked, band, words):
    adherence = Adherence(done=done, asked=asked, days=4)
    assert (adherence.band, in_words(adherence)) == (band, words)
    assert adherence.share == (done / asked if asked else None)


@pytest.mark.parametrize("done", [0, 1, 2])
def test_three_asked_days_are_shown_without_a_band_and_four_have_one(done):
    days = [ago(n, done) for n in range(1, 5)]
    three, four = of_days(days[:3], today=TODAY), of_days(days, today=TODAY)
    assert (three.days, three.band) == (3, Band.TOO_EARLY)
    assert in_words(three) == f"{3 * done} of 6 sessions · {50 * done}\N{NO-BREAK SPACE}%"
    assert (four.days, four.band) == (4, list(Band)[2 - done])


def test_an_unfinished_today_is_not_the_fourth_asked_day():
    days = [ago(n, 0) for n in range(1, 4)]
    assert of_days([*days, ago(0, 1)], today=TODAY).band is Band.TOO_EARLY
    assert of_days([*days, ago(0, 2)], today=TODAY).band is Band.STRUGGLING


days_of_a_record = st.lists(
    st.tuples(
        st.integers(-2, 17),  # days ago
        st.sampled_from(["asked", "asked", "asked", "rest", "paused", "not_started"]),
        st.integers(1, 4),  # asked_min
        st.integers(0, 5),  # sessions done
    ),
    max_size=20,
    unique_by=lambda day: day[0],
)


@given(days_of_a_record)
def test_never_more_than_was_asked_never_less_than_nothing(days):
    adherence = of_days([ago(n, done, low, state) for n, state, low, done in days], today=TODAY)
    assert 0 <= adherence.done <= adherence.asked
    assert adherence.share is None or 0 <= adherence.share <= 1
    assert (adherence.share is None) == (adherence.band is Band.NO_DATA)


def lay(days, **patient) -> Patient:
    """A record with just these days, by their distance from its own today, and their sessions."""
    assignment = AssignmentFactory(patient=PatientFactory(**patient), programme=PROGRAMME())
    on = {n: local_today(assignment.patient) - timedelta(n) for n, *_rest in days}
    for n, state, low, done in days:
        asked = {} if state == "rest" else {"asked_min": low, "asked_max": low}
        day = Day.objects.create(
            assignment=assignment, on=on[n], programme=assignment.programme, state=state, **asked
        )
        add_sessions(day, done)
    return assignment.patient


def PROGRAMME():  # noqa: N802  made anew for each record, since an assignment owns its line
    return ItemFactory(programme=ProgrammeFactory(is_template=False)).programme


def local_today(patient) -> date:
    return NOON.astimezone(patient.zone).date()


def add_sessions(day: Day, number: int) -> None:
    """So many that count, and one each that does not: undone, and all skipped."""
    item = day.programme.items.get()
    for n, (undone_at, result) in enumerate(
        [*[(None, "done"), (None, "part")] * number, (NOON, "done"), (None, "skipped")]
    ):
        if n % 2 and n < 2 * number:
            continue
        session = Session.objects.create(
            assignment=day.assignment, day=day, programme=day.programme, client_id=uuid4(),
            performed_at=NOON, received_at=NOON, undone_at=undone_at,
            recorded_by=day.assignment.patient.clinician,
        )  # fmt: skip
        Tick.objects.create(session=session, item=item, result=result)


@pytest.mark.django_db
@settings(max_examples=12)
@given(
    st.lists(
        st.tuples(
            days_of_a_record.map(lambda days: days[:5]),
            st.sampled_from(["Europe/London", "Pacific/Kiritimati", "Pacific/Pago_Pago"]),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_a_row_of_a_caseload_knows_all_days_that_count(records):
    patients = [lay(days, time_zone=zone) for days, zone in records]
    counted = {row.patient: row.adherence for row in rows_of(*patients)}
    for patient in patients:
        days = Day.objects.filter(assignment__patient=patient).with_sessions_done()
        assert counted[patient] == of_days(days, today=local_today(patient))


def rows_of(*patients, now=NOON):
    rows = caseload_page.rows_of([patient.pk for patient in patients], now=now)
    return caseload_page.read_page(rows)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("back", "done", "expected"),
    [(0, 1, (0, 0)), (0, 2, (2, 2)), (1, 0, (0, 2)), (13, 1, (1, 2)), (14, 1, (0, 0)), (-1, 2, (0, 0))],
)  # fmt: skip
@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_row_of_a_caseload_at_the_edges_of_the_window(zone, back, done, expected):
    patient = lay([(back, "asked", 2, done)], time_zone=zone)
    [row] = rows_of(patient)
    assert (row.adherence.done, row.adherence.asked) == expected
    assert row.today == local_today(patient)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "five_past_midnight"),
    [
        ("Europe/London", datetime(2026, 5, 3, 23, 5, tzinfo=UTC)),
        ("Pacific/Kiritimati", datetime(2026, 5, 4, 10, 5, tzinfo=UTC)),
    ],
)
def test_just_after_midnight_yesterday_counts_and_today_does_not(zone, five_past_midnight):
    days = [(n, "asked", 2, 2) for n in range(1, 5)]
    patient = lay([(0, "asked", 2, 0), *days], time_zone=zone)
    [before] = rows_of(patient, now=five_past_midnight - timedelta(minutes=10))
    [after] = rows_of(patient, now=five_past_midnight)
    assert before.adherence == Adherence(done=8, asked=8, days=4)  # the fourth is done already
    assert after.adherence == Adherence(done=8, asked=8, days=4)
    add_sessions(patient.assignments.get().days.get(on=local_today(patient)), 2)
    [done] = rows_of(patient, now=five_past_midnight)
    assert done.adherence == Adherence(done=10, asked=10, days=5)


@pytest.mark.django_db
def test_a_row_of_a_caseload_counts_the_running_programme_only():
    patient = lay([(1, "asked", 2, 2)])
    patient.assignments.update(ended_on=TODAY)
    [row] = rows_of(patient)
    assert row.adherence == Adherence(done=0, asked=0, days=0)


@pytest.mark.django_db
def test_nobody_is_nobody():
    assert rows_of() == []

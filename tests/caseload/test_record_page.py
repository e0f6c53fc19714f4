"""A patient's page as a clinician reads it: the log, the versions, the calendar, the pain."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from caseload import record_page, session_log
from caseload.words import log
from caseload.words import record as say
from patients.models import Assignment, Day, Patient, Pause, Session
from patients.words import short_date
from programmes.models import Programme
from tests.factories import (
    ItemFactory,
    PatientFactory,
    ProgrammeFactory,
    UserFactory,
    published_programme,
)
from tests.patients.past import NOW, TODAY, ago, lay, session_on, with_plan

pytestmark = pytest.mark.django_db


def record_of(patient: Patient) -> record_page.Record:
    return record_page.of_patient(Patient.objects.get(pk=patient.pk), now=NOW)


def log_of(patient: Patient) -> list[session_log.Entry]:
    record = record_of(patient)
    return record.read_log(list(record.sessions))


def plan_with(*names: str) -> Assignment:
    patient = PatientFactory()
    programme = ProgrammeFactory(clinic=patient.clinic, is_template=False)
    for position, name in enumerate(names, start=1):
        ItemFactory(programme=programme, position=position, exercise_version__name=name)
    Programme.objects.filter(pk=programme.pk).update(published_at=NOW)
    return with_plan(patient=patient, programme=programme)


def test_the_log_says_what_was_done_and_by_whom():
    assignment = plan_with("Bridge", "Clam")
    day = lay(assignment, ago(1))
    session_on(
        day,
        hour=17,
        source=Session.Source.STAFF,
        recorded_by=UserFactory(name="Priya Shah"),
        pain_before=5,
        pain_after=3,
        effort=Session.Effort.HARD,
    )
    [entry] = log_of(assignment.patient)
    assert short_date(entry.on) == "Sun 3 May"
    assert log.session(entry) == "Session 1, 18:00"  # London, in summer
    assert log.done(entry) == "1 exercise done: Bridge"
    assert log.pain(entry) == "Pain 5 before, 3 after"
    assert entry.session.get_effort_display() == "too hard"
    assert log.recorded_by(entry) == "recorded by Priya Shah"


def test_a_session_without_more_to_say():
    assignment = plan_with("Bridge")
    lay(assignment, TODAY, done=1)
    [entry] = log_of(assignment.patient)
    assert (log.pain(entry), entry.session.effort, log.recorded_by(entry)) == ("", "", "")


@pytest.mark.parametrize(
    ("scores", "words"),
    [({"pain_after": 0}, "Pain 0 of 10"), ({"pain_before": 7}, "Pain 7 of 10 before")],
)
def test_pain_zero_is_a_score(scores, words):
    assignment = with_plan()
    session_on(lay(assignment, TODAY), **scores)
    [entry] = log_of(assignment.patient)
    assert log.pain(entry) == words


def test_one_taken_back_has_no_number_and_leaves_none_out():
    assignment = with_plan()
    day = lay(assignment, TODAY)
    session_on(day, hour=6)
    session_on(day, hour=7, undone_at=NOW)
    session_on(day, hour=8)
    titles = [log.session(entry) for entry in log_of(assignment.patient)]
    assert titles == ["Session 2, 09:00", "08:00, taken back", "Session 1, 07:00"]


def test_two_sessions_of_the_same_minute_stand_with_the_later_on_top():
    assignment = with_plan()
    day = lay(assignment, TODAY)
    first = session_on(day, hour=8, note="first", id=UUID(int=2))
    second = session_on(day, hour=8, note="second", id=UUID(int=1))
    type(first).objects.filter(pk=second.pk).update(received_at=NOW)
    record = record_page.of_patient(assignment.patient, now=NOW)
    entries = record.read_log(record.sessions)
    assert [entry.session.note for entry in entries] == ["second", "first"]
    assert [log.session(entry)[:9] for entry in entries] == ["Session 2", "Session 1"]
    type(first).objects.update(received_at=NOW)  # nothing tells them apart: still 2 above 1
    assert [log.session(e)[:9] for e in record.read_log(record.sessions)] == [
        "Session 2",
        "Session 1",
    ]


def test_times_are_the_patients():
    assignment = with_plan(patient=PatientFactory(time_zone="America/Los_Angeles"))
    day = lay(assignment, ago(1))
    session = session_on(day)
    Session.objects.filter(pk=session.pk).update(
        performed_at=datetime(2026, 5, 4, 5, 30, tzinfo=UTC)
    )
    [entry] = log_of(assignment.patient)
    assert (short_date(entry.on), log.session(entry)) == ("Sun 3 May", "Session 1, 22:30")


def test_the_log_reaches_back_to_earlier_programmes():
    patient = PatientFactory()
    old = with_plan(patient=patient, ended_on=ago(10))
    lay(old, ago(12), done=1)
    lay(with_plan(patient=patient), TODAY, done=1)
    assert [short_date(entry.on) for entry in log_of(patient)] == ["Mon 4 May", "Wed 22 Apr"]


def next_version(assignment: Assignment, number: int, *, published: bool = True) -> Programme:
    fields = {
        "clinic": assignment.programme.clinic,
        "line_id": assignment.programme.line_id,
        "version": number,
        "is_template": False,
        "patient_id": assignment.patient_id,
    }
    return published_programme(**fields) if published else ProgrammeFactory(**fields)


def test_which_version_was_in_force_when():
    assignment = with_plan()
    first = assignment.programme
    second, third = next_version(assignment, 2), next_version(assignment, 3)
    fourth, draft = next_version(assignment, 4), next_version(assignment, 5, published=False)
    for back, programme in ((9, first), (8, first), (5, second), (1, second), (-1, fourth)):
        Day.objects.filter(pk=lay(assignment, ago(back)).pk).update(programme=programme)
    Assignment.objects.filter(pk=assignment.pk).update(programme=fourth)
    record = record_of(assignment.patient)
    assert [(v.programme.version, say.in_force(v)) for v in record.versions] == [
        (4, "in force from Tue 5 May"),
        (3, "never in force"),
        (2, "Wed 29 Apr to Mon 4 May"),
        (1, "Sat 25 Apr to Tue 28 Apr"),
    ]
    assert record.programme == fourth
    assert record.draft == draft
    assert record.next_step == "finish_change"
    assert third in record.line


def test_versions_of_an_ended_programme_have_an_end():
    assignment = with_plan(ended_on=ago(1))
    lay(assignment, ago(3))
    record = record_of(assignment.patient)
    assert [say.in_force(version) for version in record.versions] == ["Fri 1 May to Sun 3 May"]
    assert record.next_step == "assign"


def test_the_calendar_ends_with_this_week():
    assignment = with_plan()
    lay(assignment, ago(1), done=2)
    lay(assignment, TODAY, done=1)
    lay(assignment, ago(-1))
    weeks = record_of(assignment.patient).calendar
    assert len(weeks) == 6
    assert {len(week) for week in weeks} == {7}
    assert weeks[0][0].on == ago(35)
    assert weeks[-2][-1].state == "full"
    assert [mark.state for mark in weeks[-1]][:3] == ["part", "future", "future"]
    assert weeks[-1][0].is_today


def test_where_two_plans_share_a_date_the_calendar_shows_the_later_one():
    patient = PatientFactory()
    old = with_plan(patient=patient, ended_on=TODAY, assigned_at=NOW - timedelta(9))
    lay(old, TODAY, done=2)
    lay(with_plan(patient=patient, assigned_at=NOW), TODAY)
    assert record_of(patient).calendar[-1][0].state == "none"


def test_the_pause_that_is_on_or_comes_next():
    assignment = with_plan()
    by = assignment.patient.clinician
    Pause.objects.create(assignment=assignment, from_on=ago(9), until_on=ago(5), paused_by=by)
    assert record_of(assignment.patient).pause is None
    later = Pause.objects.create(assignment=assignment, from_on=ago(-3), paused_by=by)
    record = record_of(assignment.patient)
    assert record.pause == later
    assert not record.pause_is_on


def test_the_pain_line_takes_what_was_kept_in_six_weeks():
    assignment = with_plan()
    lay(assignment, ago(43), done=1, pain=9)
    lay(assignment, ago(42), done=2, pain=[3, 4])
    today = lay(assignment, TODAY, done=1, pain=0)
    session_on(today, hour=9, pain_after=8, undone_at=NOW)
    line = record_of(assignment.patient).pain_line
    assert [reading.pain.score for reading in line.readings] == [3, 4, 0]
    assert [reading.hour for reading in line.readings] == [8, 9, 9]  # summer time began between


def test_the_pain_line_marks_when_the_exercises_changed():
    assignment = plan_with("Bridge")
    lay(assignment, ago(9), done=1, pain=5)
    day = lay(assignment, ago(4), done=1, pain=3)
    Day.objects.filter(pk=day.pk).update(programme=published_programme())
    [mark] = record_of(assignment.patient).pain_line.marks
    assert mark.change.on == ago(4)


def test_no_pain_logged_is_no_line():
    assignment = with_plan()
    lay(assignment, TODAY, done=1)
    assert record_of(assignment.patient).pain_line is None

"""The read model: each patient's own today, what their days say, who comes first."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.tokens import hash_of
from caseload import caseload_page
from caseload.caseload_page import Group, Row
from caseload.concerns import Kind
from caseload.words import reasons
from caseload.words import record as say
from patients import adherence
from patients import words as patient_words
from patients.models import Day, Invitation, Patient, Pause, Tick
from patients.services import signs
from tests.factories import PatientFactory
from tests.patients.past import NOW, TODAY, ago, lay, lay_days, session_on, with_plan

pytestmark = pytest.mark.django_db


def row_of(patient: Patient, *, now: datetime = NOW) -> Row:
    rows = caseload_page.rows_of([patient.pk], now=now)
    [row] = caseload_page.read_page(rows)
    return row


def kinds(patient: Patient) -> list[Kind]:
    return [concern.kind for concern in row_of(patient).concerns]


def words(patient: Patient) -> list[str]:
    return [reasons.reason(concern.reason) for concern in row_of(patient).concerns]


def invited(patient: Patient, *, days_ago: int) -> Invitation:
    at = NOW - timedelta(days_ago)
    return Invitation.objects.create(
        patient=patient,
        address=patient.email,
        invited_by=patient.clinician,
        token_hash=hash_of(str(patient.pk)),
        created_at=at,
        expires_at=at + timedelta(7),
    )


def test_today_and_this_week():
    assignment = with_plan()
    lay(assignment, ago(6), done=2)
    lay(assignment, ago(5), done=1)
    lay(assignment, ago(4))
    lay(assignment, ago(3), state=Day.State.REST)
    lay(assignment, ago(2), state=Day.State.PAUSED)
    lay(assignment, TODAY, done=1)
    row = row_of(assignment.patient)
    assert say.today_in_figures(row) == "1 of 2–3"
    assert [mark.state for mark in row.week] == [
        *("full", "part", "none", "rest", "paused"),
        *("not_started", "part"),
    ]
    assert row.week[-1].is_today
    assert patient_words.mark(row.week[0]) == "Tuesday 28 April: 2 of 2–3 sessions"


@pytest.mark.parametrize(
    ("now", "auckland", "los_angeles"),
    [
        (datetime(2026, 5, 4, 9, 0, tzinfo=UTC), date(2026, 5, 4), date(2026, 5, 4)),
        (datetime(2026, 5, 4, 13, 0, tzinfo=UTC), date(2026, 5, 5), date(2026, 5, 4)),
        (datetime(2026, 5, 4, 3, 0, tzinfo=UTC), date(2026, 5, 4), date(2026, 5, 3)),
    ],
)
def test_today_is_each_patients_own(now, auckland, los_angeles):
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        assignment = with_plan(patient=PatientFactory(time_zone=zone))
        for on, done in ((date(2026, 5, 3), 0), (date(2026, 5, 4), 1), (date(2026, 5, 5), 2)):
            lay(assignment, on, done=done)
    rows = caseload_page.read_page(
        caseload_page.rows_of(Patient.objects.values_list("pk", flat=True), now=now)
    )
    shown = {row.patient.time_zone: (row.today, row.today_day.sessions_done) for row in rows}
    done_on = {date(2026, 5, 3): 0, date(2026, 5, 4): 1, date(2026, 5, 5): 2}
    assert shown == {
        "Pacific/Auckland": (auckland, done_on[auckland]),
        "America/Los_Angeles": (los_angeles, done_on[los_angeles]),
    }


def test_a_skipped_or_undone_session_does_not_count_as_done():
    assignment = with_plan()
    day = lay(assignment, TODAY)
    session_on(day, result=Tick.Result.SKIPPED)
    session_on(day, hour=9, undone_at=NOW)
    session_on(day, hour=10, result=Tick.Result.PART)
    assert say.today_in_figures(row_of(assignment.patient)) == "1 of 2–3"


def test_the_adherence_shown_is_that_of_the_days():
    assignment = with_plan()
    for back in range(20):
        lay(assignment, ago(back), done=back % 4)
    row = row_of(assignment.patient)
    days = assignment.days.with_sessions_done()
    assert row.adherence == adherence.of_days(days, today=TODAY)
    assert row.adherence.asked > 0


def test_nothing_asked_yet_is_no_data_and_not_nothing_done():
    assignment = with_plan(patient=PatientFactory(user=None, email="sam@example.org"))
    lay_days(assignment, range(10), state=Day.State.NOT_STARTED)
    assert patient_words.adherence(row_of(assignment.patient).adherence) == "no data"


@pytest.mark.parametrize(
    ("last_session", "raised"), [(5, []), (6, [Kind.SILENT]), (12, [Kind.SILENT])]
)
def test_silence_counts_whole_days_since_the_last_session(last_session, raised):
    assignment = with_plan()
    lay_days(assignment, range(last_session))
    lay(assignment, ago(last_session), done=1)
    assert kinds(assignment.patient) == raised


def test_silence_begins_with_the_plan_and_a_pause_does_not_count():
    assignment = with_plan()
    lay_days(assignment, range(8, 12))
    lay_days(assignment, range(1, 8), state=Day.State.PAUSED)
    lay(assignment, TODAY)
    assert kinds(assignment.patient) == []
    lay(assignment, ago(12))
    assert words(assignment.patient) == ["Nothing logged for 5 days"]


def test_rest_days_alone_are_no_silence():
    assignment = with_plan()
    lay(assignment, ago(9), done=1)
    lay_days(assignment, range(1, 9), state=Day.State.REST)
    assert kinds(assignment.patient) == []


def test_the_last_pain_is_that_of_the_last_session_kept():
    assignment = with_plan()
    lay(assignment, ago(1), done=2, pain=[2, 7])
    today = lay(assignment, TODAY)
    session_on(today, pain_after=1, undone_at=NOW)
    session_on(today, hour=9)
    assert words(assignment.patient) == ["Last pain 7 of 10, Sun 3 May"]


def test_pain_of_this_week_is_compared_with_the_week_before():
    assignment = with_plan()
    lay(assignment, ago(14), done=1, pain=9)  # older than both weeks
    lay_days(assignment, range(7, 14), done=1, pain=2)
    lay_days(assignment, range(1, 7), done=1, pain=4)
    lay(assignment, TODAY, done=2, pain=[3, 5])
    assert words(assignment.patient) == ["Pain up from 2 to 4 in a week"]


def test_pain_before_a_session_stands_in_for_one_after_it():
    assignment = with_plan()
    session_on(lay(assignment, TODAY), pain_before=8)
    assert kinds(assignment.patient) == [Kind.PAIN_HIGH]


def test_more_sessions_than_asked():
    assignment = with_plan()
    lay_days(assignment, range(2), done=3)
    assert kinds(assignment.patient) == []
    lay(assignment, ago(2), done=4)
    assert words(assignment.patient) == ["Over the range: 4 sessions on Sat 2 May, up to 3 asked"]


@pytest.mark.parametrize(("review_on", "raised"), [(TODAY, []), (ago(1), [Kind.REVIEW])])
def test_review_overdue(review_on, raised):
    assert kinds(with_plan(review_on=review_on).patient) == raised


@pytest.mark.parametrize(("days_ago", "raised"), [(2, []), (3, [Kind.INVITATION])])
def test_an_invitation_that_nobody_accepts(days_ago, raised):
    patient = PatientFactory(user=None, email="sam@example.org")
    invited(patient, days_ago=days_ago)
    assert kinds(patient) == raised


def test_an_old_invitation_of_somebody_who_is_here_is_no_concern():
    patient = PatientFactory()
    invited(patient, days_ago=30)
    assert kinds(patient) == []


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda: PatientFactory(), ["No programme yet"]),
        (
            lambda: PatientFactory(user=None, email="a@example.org"),
            ["Not invited yet", "No programme yet"],
        ),
        (lambda: PatientFactory(user=None, email=""), ["No programme yet"]),
        (lambda: with_plan(review_on=TODAY + timedelta(9)).patient, ["Review in 9 days"]),
        (lambda: with_plan(review_on=TODAY).patient, ["Review today"]),
        (lambda: with_plan(review_on=ago(3)).patient, ["Review due Fri 1 May"]),
        (lambda: with_plan(starts_on=TODAY + timedelta(2)).patient, ["Starts Wed 6 May"]),
        (lambda: with_plan(ended_on=ago(2)).patient, ["Ended Sat 2 May"]),
    ],
)
def test_where_a_record_stands(prepare, said):
    assert [say.status(status) for status in row_of(prepare()).statuses] == said


@pytest.mark.parametrize(
    ("from_on", "until_on", "said"),
    [
        (TODAY, None, "Paused until resumed"),
        (ago(3), TODAY, "Paused until Mon 4 May"),
        (TODAY + timedelta(1), None, "Review in 42 days"),
        (ago(9), ago(1), "Review in 42 days"),
    ],
)
def test_paused(from_on, until_on, said):
    assignment = with_plan()
    Pause.objects.create(
        assignment=assignment,
        from_on=from_on,
        until_on=until_on,
        paused_by=assignment.patient.clinician,
    )
    row = row_of(assignment.patient)
    assert say.status(row.statuses[0]) == said
    assert (row.group == Group.PAUSED) == said.startswith("Paused")


@pytest.mark.parametrize("is_checked", [False, True])
def test_a_record_that_a_warning_sign_stopped_says_so(is_checked):
    assignment = with_plan()
    patient = assignment.patient
    sign = signs.tell(patient, by=patient.user, now=NOW)
    if is_checked:
        signs.check(sign, note="Seen.", goes_on=False, by=patient.clinician, now=NOW)
    row = row_of(patient)
    assert [say.status(status) for status in row.statuses] == ["Stopped: warning sign"]
    assert row.group == (Group.PAUSED if is_checked else Group.NEEDS_ME)


def test_who_needs_me_comes_first_then_what_is_left_to_set_up():
    def named(name, **fields):
        return with_plan(patient=PatientFactory(name=name), **fields)

    named("Anna", ended_on=TODAY)
    PatientFactory(name="Bert")
    named("Cleo")
    named("Dora", review_on=ago(1))
    lay(named("Emil"), TODAY, done=1, pain=8)
    lay(named("Finn", review_on=ago(1)), TODAY, done=1, pain=6)
    named("Gina")
    rows = caseload_page.rows_of(Patient.objects.values_list("pk", flat=True), now=NOW)
    assert [row.patient.name for row in rows] == [
        *("Finn", "Emil", "Dora"),
        *("Bert", "Cleo", "Gina", "Anna"),
    ]
    assert [row.group for row in rows] == [
        *([Group.NEEDS_ME] * 3),
        *(Group.TO_SET_UP, Group.RUNNING, Group.RUNNING, Group.ENDED),
    ]


def test_a_day_of_an_ended_programme_says_nothing_about_the_running_one():
    patient = PatientFactory()
    old = with_plan(patient=patient, ended_on=ago(3))
    lay(old, ago(5), done=4, pain=9)
    with_plan(patient=patient)
    row = row_of(patient)
    assert row.concerns == []
    assert row.running.last_pain is None

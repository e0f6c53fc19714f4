"""Who comes first is kept, and still what the rules say: whatever is written, on any day."""

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import AddressTrouble
from caseload import standings
from caseload.caseload_page import rows_of
from caseload.models import Changed, Standing
from caseload.tasks import keep_standings
from outbox.models import State
from patients.models import DealtWith, NotToday, Patient, PatientQuerySet, Pause, Tick
from patients.services import records, signs
from tests.factories import PatientFactory
from tests.patients.past import NOW, TODAY, ago, lay, session_on, with_plan

pytestmark = pytest.mark.django_db


def kept(*, now=NOW) -> list:
    """The keys of everybody in the order that is kept, once that is up to date."""
    everybody = Patient.objects.all()
    counted = standings.counts(everybody, now=now)
    keys = list(standings.in_order(everybody, needs_me=False))
    needing = list(standings.in_order(everybody, needs_me=True))
    assert (counted.all, counted.needs) == (len(keys), len(needing))
    assert needing == keys[: len(needing)]
    return keys


def worked_out(*, now=NOW) -> list:
    rows = rows_of(Patient.objects.values_list("pk", flat=True), now=now)
    return [row.patient.pk for row in rows]


def at_work(name: str = "Sam", **fields) -> Patient:
    """Six good days behind them."""
    patient = PatientFactory(name=name, **fields)
    assignment = with_plan(patient=patient)
    for back in range(6):
        lay(assignment, ago(back), done=2, pain=2)
    return patient


def plan(patient):
    return patient.assignments.get()


def day(patient, back=0):
    return plan(patient).days.get(on=ago(back))


def last_session(patient):
    return plan(patient).sessions.latest("performed_at")


def leave_out(patient):
    NotToday.objects.create(day=day(patient), reason=NotToday.Reason.PAIN, said_at=NOW)


def hurts_twice(patient):
    for hour in (12, 13):
        session_on(day(patient), hour=hour, result=Tick.Result.HURT)


def loses_invitation(patient):
    Patient.objects.filter(pk=patient.pk).update(user=None, email="sam@example.org")
    patient.refresh_from_db()
    letter = records.invite(patient, by=patient.clinician, now=NOW).letter
    standings.counts(Patient.objects.all(), now=NOW)
    type(letter).objects.filter(pk=letter.pk).update(
        state=State.FAILED, finished_at=NOW, reason="550", **letter.ERASED_AT_THE_END
    )


def refuses_mail(patient):
    AddressTrouble.objects.create(
        address=patient.user.email, state=AddressTrouble.State.REFUSED, counted_at=NOW
    )


def dealt_with(patient):
    plan(patient).sessions.update(pain_after=8)
    standings.counts(Patient.objects.all(), now=NOW)
    DealtWith.objects.create(
        patient=patient,
        kind="pain_high",
        reason="Last pain 8 of 10",
        how=DealtWith.How.ASK_AGAIN,
        until_on=TODAY + timedelta(9),
        by=patient.clinician,
        by_name="Amira Khan",
        at=NOW,
        on=TODAY,
    )


WRITES = {
    "pain": lambda patient: plan(patient).sessions.update(pain_after=9),
    "a session": lambda patient: session_on(day(patient), hour=12),
    "undone": lambda patient: plan(patient).sessions.update(undone_at=NOW),
    "deleted": lambda patient: plan(patient).sessions.all().delete(),
    "ticks": lambda patient: Tick.objects.filter(session=last_session(patient)).update(amount=3),
    "it hurts": hurts_twice,
    "left out": leave_out,
    "days": lambda patient: plan(patient).days.update(asked_min=1, asked_max=1),
    "review": lambda patient: patient.assignments.update(review_on=ago(3)),
    "ended": lambda patient: patient.assignments.update(ended_on=ago(1)),
    "paused": lambda patient: Pause.objects.create(
        assignment=plan(patient), from_on=TODAY, paused_by=patient.clinician
    ),
    "sign": lambda patient: signs.tell(patient, by=patient.user, now=NOW),
    "pain told": lambda patient: patient.pain_reports.create(told_by=patient.user, told_at=NOW),
    "lost": loses_invitation,
    "refused": refuses_mail,
    "dealt with": dealt_with,
    "name": lambda patient: Patient.objects.filter(pk=patient.pk).update(name="Zoë"),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_whatever_is_written_the_order_follows(write):
    patient = at_work("Mid")
    for name in ("Ann", "Zac"):
        at_work(name)
    assert kept() == worked_out()
    write(patient)
    assert Changed.objects.filter(patient=patient).exists()
    assert kept() == worked_out()
    assert not Changed.objects.exists()


@settings(
    deadline=None, max_examples=5, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(
    who=st.lists(
        st.tuples(
            st.lists(
                st.tuples(st.integers(0, 15), st.integers(0, 4), st.integers(0, 9)), max_size=9
            ),
            st.sampled_from(["Europe/London", "Pacific/Kiritimati", "Pacific/Pago_Pago"]),
            st.lists(st.sampled_from(sorted(set(WRITES) - {"lost"})), max_size=2, unique=True),
        ),
        min_size=1,
        max_size=3,
    ),
    days=st.lists(st.integers(0, 12), max_size=2),
)
def test_any_caseload_has_the_order_that_the_rules_give(who, days):
    with transaction.atomic():
        for number, (past, zone, writes) in enumerate(who):
            patient = PatientFactory(name=f"P{number % 2}", time_zone=zone)
            assignment = with_plan(patient=patient)
            for back in {back for back, _, _ in past} | {0}:
                lay(assignment, ago(back))
            for back, done, score in past:
                for hour in range(done):
                    session_on(day(patient, back), hour=9 + hour, pain_after=score)
            kept()
            for write in writes:
                if write not in {"it hurts", "ticks"} or plan(patient).sessions.exists():
                    WRITES[write](patient)
            assert kept() == worked_out()
        for later in days:
            now = NOW + timedelta(later, hours=later)
            assert kept(now=now) == worked_out(now=now)
        transaction.set_rollback(True)


def test_another_date_is_worked_out_anew_and_the_same_one_is_not():
    silent, _ = at_work("Silent"), at_work("Busy")
    plan(silent).sessions.filter(day__on__gt=ago(4)).delete()
    kept()
    with CaptureQueriesContext(connection) as same_day:
        standings.counts(Patient.objects.all(), now=NOW + timedelta(hours=9))
    assert len(same_day) == 1
    assert kept(now=NOW + timedelta(1)) == worked_out(now=NOW + timedelta(1))
    assert kept() == worked_out()


def test_only_who_is_out_of_date_is_worked_out():
    mine, others = at_work("Mine"), at_work("Other")
    kept()
    before = Standing.objects.get(patient=others)
    Standing.objects.filter(patient=others).update(name="as it was")
    plan(mine).sessions.update(pain_after=9)
    standings.counts(Patient.objects.all(), now=NOW)
    assert Standing.objects.get(patient=others).name == "as it was" != before.name


def test_beat_works_out_what_is_out_of_date_before_somebody_waits(monkeypatch):
    patient, unseen = at_work("Looked at"), at_work("Not looked at")
    Changed.objects.all().delete()
    standings.counts(Patient.objects.filter(pk=patient.pk), now=NOW)
    monkeypatch.setattr("clock.now", lambda: NOW + timedelta(1))
    keep_standings()
    assert not Standing.objects.out_of_date(NOW + timedelta(1)).exists()
    assert not Standing.objects.filter(patient=unseen).exists()
    plan(unseen).sessions.update(pain_after=9)
    keep_standings()
    assert Standing.objects.get(patient=unseen).concerns
    assert not Changed.objects.exists()


# What facts read and cannot change the order: names and a published programme's exercises.
NOT_MARKED = {
    "accounts_clinic",
    "exercises_exerciseversion",
    "programmes_item",
    "programmes_programme",
}
MARKED = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'standing_is_marked'"


def test_every_table_that_the_facts_read_leaves_a_mark():
    patient = at_work()
    with CaptureQueriesContext(connection) as read:
        rows_of([patient.pk], now=NOW)
    tables = {
        table
        for query in read.captured_queries
        for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])
    }
    with connection.cursor() as cursor:
        cursor.execute(MARKED)
        assert {table for [table] in cursor.fetchall()} == tables - NOT_MARKED


@pytest.mark.parametrize("number", [1, 20])
def test_a_caseload_that_is_up_to_date_takes_two_queries(number, django_assert_num_queries):
    for n in range(number):
        at_work(f"P{n}")
    kept()
    everybody: PatientQuerySet = Patient.objects.all()
    with django_assert_num_queries(2):
        standings.counts(everybody, now=NOW)
        list(standings.in_order(everybody, needs_me=False)[:25])


def test_a_page_works_out_as_many_as_were_late_and_no_more(monkeypatch):
    """However many at once; and not for ever, should somebody stay late."""
    monkeypatch.setattr(standings, "AT_ONCE", 2)
    for n in range(5):
        at_work(f"P{n}")
    assert kept() == worked_out()
    rounds = []
    monkeypatch.setattr(standings, "bring_up_to_date", lambda late, *, now: rounds.append(late))
    plan(Patient.objects.first()).sessions.update(pain_after=9)
    standings.counts(Patient.objects.all(), now=NOW)
    assert [len(late) for late in rounds] == [1]

"""A query that is written once answers as Django's own does, each time anew."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Max
from django.utils import translation

from accounts import kept_query
from accounts.kept_query import KeptQuery
from config import warm
from patients.models import Day
from tests.factories import DayFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)
WEEK = timedelta(weeks=1)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

DAYS: KeptQuery[Day] = KeptQuery(
    lambda assignment, since, until: (
        Day.objects.filter(assignment=assignment, on__range=(since, until))
        .with_sessions_done()
        .select_related("assignment__patient")
        .order_by("on")
    ),
    assignment=UUID,
    since=date,
    until=date,
)


@pytest.fixture
def day():
    return DayFactory(on=ON)


def test_it_reads_whatever_values_it_is_asked_with(day):
    other = DayFactory(on=ON)
    next_week = DayFactory(assignment=day.assignment, on=ON + WEEK)
    assert DAYS(assignment=day.assignment_id, since=ON, until=ON) == [day]
    assert DAYS(assignment=other.assignment_id, since=ON, until=ON) == [other]
    both = DAYS(assignment=day.assignment_id, since=ON, until=ON + WEEK)
    assert both == [day, next_week]
    assert DAYS(assignment=day.assignment_id, since=ON + WEEK, until=ON) == []


def test_its_rows_are_new_ones_with_all_that_was_asked_for(day, django_assert_num_queries):
    known = {"assignment": day.assignment_id, "since": ON, "until": ON}
    [before] = DAYS(**known)
    Day.objects.filter(pk=day.pk).update(state=Day.State.REST)
    with django_assert_num_queries(1):
        [after] = DAYS(**known)
        assert after.assignment.patient.name == day.assignment.patient.name
        assert after.sessions_done == 0
    assert (before.state, after.state) == (Day.State.ASKED, Day.State.REST)


def test_values_of_rows_and_sums_come_as_they_are(day):
    last: KeptQuery[tuple[UUID, date]] = KeptQuery(
        lambda assignment: (
            Day.objects.filter(assignment=assignment)
            .order_by()
            .values_list("assignment")
            .annotate(last_on=Max("on"))
        ),
        assignment=UUID,
    )
    assert last(assignment=day.assignment_id) == [(day.assignment_id, ON)]


def test_a_value_that_does_not_stand_in_it_as_it_is_is_refused(day):
    """Its place would be taken for the value."""
    later: KeptQuery[Day] = KeptQuery(
        lambda since: Day.objects.filter(on__gte=since + WEEK), since=date
    )
    with pytest.raises(ValueError, match="since"):
        later(since=ON)


@pytest.mark.parametrize("what", [ON, NOON, "en-gb"])
def test_what_is_not_the_same_for_ever_is_refused(day, what):
    """The clock, or the language, of whoever asks first."""
    asked = {"on": what} if isinstance(what, date) else {"assignment__patient__language": what}
    asked = {"assignment__assigned_at": what} if what == NOON else asked
    kept: KeptQuery[Day] = KeptQuery(lambda day: Day.objects.filter(pk=day, **asked), day=UUID)
    with translation.override("en-gb"), pytest.raises(ValueError, match="kept for ever"):
        kept(day=day.pk)


def test_a_value_that_stands_in_it_changed_as_well_is_refused(day):
    """Its place would be counted on from once for all."""
    week: KeptQuery[Day] = KeptQuery(
        lambda since: Day.objects.filter(on__gte=since, on__lt=since + WEEK), since=date
    )
    with pytest.raises(ValueError, match="kept for ever"):
        week(since=ON)


def test_all_of_them_are_worded_and_prepared_before_somebody_asks(day, monkeypatch):
    worded = []
    kept: KeptQuery[Day] = KeptQuery(
        lambda day: worded.append(day) or Day.objects.filter(pk=day), day=UUID
    )
    monkeypatch.setattr(kept_query, "_made", [kept])
    kept_query.rehearse_all()
    assert len(worded) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        assert [sql for (sql,) in cursor if '"patients_day"' in sql]
    assert kept(day=day.pk) == [day]
    assert len(worded) == 1


def test_each_value_has_to_be_given(day):
    with pytest.raises(KeyError):
        DAYS(assignment=day.assignment_id, since=ON)


def test_postgresql_plans_it_once_in_a_connection(day):
    for on in (ON, ON + WEEK):
        DAYS(assignment=day.assignment_id, since=on, until=on)
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement, generic_plans + custom_plans FROM pg_prepared_statements")
        planned = [times for sql, times in cursor if '"patients_day"' in sql]
    assert planned == [2]


def test_a_connection_keeps_all_of_ours_prepared():
    for app in warm.our_apps():
        warm.import_all(app)
    ours = [one for one in kept_query._made if not one.build.__module__.startswith("tests.")]
    for query in ours:
        query.rehearse()
    assert 50 < len(ours) <= connection.connection.prepared_max

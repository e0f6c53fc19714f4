"""How each exercise of a session went, and what follows from it."""

import pytest

from patients.models import Day, Tick
from patients.results import Went
from patients.services import sessions
from patients.services.sessions import NothingSaid, NotThatDay, hurt_on
from programmes.next_session_items import offers
from tests.patients.scene import NOW, TODAY, day_on, items_of, log, running, ticked

pytestmark = pytest.mark.django_db


def went(session) -> dict:
    said = ("result", "amount", "pain", "skip_reason")
    return {tick.item_id: Went(*(getattr(tick, name) for name in said)) for tick in _ticks(session)}


def _ticks(session):
    return Tick.objects.filter(session=session)


def test_everything_said_of_an_exercise_is_kept():
    assignment = running({}, {}, {})
    first, second, third = (item.pk for item in items_of(assignment))
    said = {
        first: Went("part", amount=3),
        second: Went("skipped", skip_reason="no_time"),
        third: Went("hurt", amount=1, pain=7),
    }
    assert went(log(assignment, results=said)) == said


@pytest.mark.parametrize(("amount", "counts"), [(2, 1), (0, 0), (None, 0)])
def test_what_hurt_counts_if_some_of_it_was_done(amount, counts):
    assignment = running()
    [item] = items_of(assignment)
    log(assignment, results={item.pk: Went("hurt", amount=amount, pain=4)})
    assert day_on(assignment).sessions_done == counts


def test_what_hurt_is_not_offered_again_that_day():
    assignment = running({}, {})
    hurt, other = (item.pk for item in items_of(assignment))
    log(assignment, results={hurt: Went("hurt", pain=4), other: Went("done")})
    assert hurt_on(Day.objects.get(pk=day_on(assignment).pk)) == {hurt}
    assert ticked(log(assignment)) == {other: "done"}


def test_nothing_is_offered_in_the_place_of_what_hurt():
    """What is left has had its share of the day: it is not asked for again."""
    assignment = running({}, {"per_day_min": 1, "per_day_max": 1})
    hurt, once = items_of(assignment)
    log(assignment, results={hurt.pk: Went("hurt", pain=4), once.pk: Went("done")})
    done, left_out = {once.pk: 1}, {hurt.pk}
    assert offers([hurt, once], done, on=TODAY, starts_on=TODAY, left_out=left_out) == []


def test_who_says_they_did_a_session_all_the_same_is_believed():
    assignment = running()
    [item] = items_of(assignment)
    log(assignment, results={item.pk: Went("hurt", pain=4)})
    assert ticked(log(assignment)) == {item.pk: "done"}


def test_what_was_taken_back_did_not_hurt():
    assignment = running()
    [item] = items_of(assignment)
    session = log(assignment, results={item.pk: Went("hurt", pain=4)})
    sessions.undo_session(session, by=assignment.patient.user, now=NOW)
    assert hurt_on(day_on(assignment)) == set()


@pytest.mark.parametrize(("said", "kept"), [(None, 7), (2, 2)])
def test_the_worst_pain_stands_until_something_else_is_said(said, kept):
    assignment = running({}, {}, {})
    first, second, third = (item.pk for item in items_of(assignment))
    results = {
        first: Went("hurt", pain=7),
        second: Went("hurt", pain=4),
        third: Went("done", pain=9),
    }
    assert log(assignment, results=results, pain_after=said).pain_after == kept


def test_how_an_exercise_went_can_be_changed():
    assignment = running({}, {})
    first, second = (item.pk for item in items_of(assignment))
    session = log(assignment, results={first: Went("skipped", skip_reason="no_time")})
    feeling = {"pain_after": None, "effort": "", "note": "", "by": assignment.patient.user}
    changed = {first: Went("done", amount=6), second: Went("part", amount=1)}
    sessions.describe_session(session, results=changed, now=NOW, **feeling)
    assert went(session) == changed
    assert day_on(assignment).sessions_done == 1


def test_exercises_of_another_programme_do_not_become_part_of_it():
    assignment, other = running(), running()
    session = log(assignment)
    feeling = {"pain_after": None, "effort": "", "note": "", "by": assignment.patient.user}
    results = {items_of(other)[0].pk: Went("done")}
    with pytest.raises(NotThatDay):
        sessions.describe_session(session, results=results, now=NOW, **feeling)
    assert went(session) == {items_of(assignment)[0].pk: Went("done")}


def test_without_a_result_nothing_is_logged():
    assignment = running()
    with pytest.raises(NothingSaid):
        log(assignment, results={})
    assert not assignment.sessions.exists()


def test_pain_where_it_hurt_stays_the_sessions_where_nobody_says_how_it_is():
    assignment = running({}, {})
    hurt, other = (item.pk for item in items_of(assignment))
    session = log(assignment, results={hurt: Went("hurt", pain=8)})
    by = assignment.patient.user
    said = {"pain_after": None, "effort": "", "note": "", "by": by, "now": NOW}
    for results in (None, {}, {other: Went("done")}):
        sessions.describe_session(session, results=results, **said)
        session.refresh_from_db()
        assert session.pain_after == 8


@pytest.mark.parametrize("result", Tick.Result.values)
@pytest.mark.parametrize("amount", [None, 0, 1])
def test_some_of_it_is_the_same_in_python_and_in_the_database(result, amount):
    assignment = running()
    [item] = items_of(assignment)
    went = Went(result, None if result == "skipped" else amount)
    session = log(assignment, results={item.pk: went})
    assert went.is_some == session.ticks.done().exists()

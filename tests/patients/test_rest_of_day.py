"""Whether a day asks for rest: asked of the database for many days, as the pages ask it of one."""

from itertools import product

import pytest

from patients.models import Day
from patients.rest_of_day import had_much_pain, has_only_what_hurt_left
from patients.results import Went
from patients.services import sessions
from patients.services.pain import had_much_pain_on
from patients.services.sessions import hurt_on, times_done
from programmes.next_session_items import minutes_left
from tests.patients.scene import HOUR, NOW, TODAY, day_on, items_of, log, running

pytestmark = pytest.mark.django_db

HURT, DONE, LEFT_OUT = Went("hurt", pain=3), Went("done"), Went("skipped")


def asks_for_rest(assignment, on=TODAY) -> tuple[bool, bool]:
    days = Day.objects.annotate(pain=had_much_pain(), hurt=has_only_what_hurt_left())
    row = days.get(assignment=assignment, on=on)
    return row.pain, row.hurt


SCORES = [
    (*first, *second)
    for first, second in product([(None, None), (2, None), (None, 6), (5, 2)], repeat=2)
]


@pytest.mark.parametrize("scores", [*SCORES, (2, 3, None, 5), (None, 2, None, 5), (3, 3, 6, 5)])
def test_much_pain_is_what_the_patients_own_page_calls_so(scores):
    """Before and after two sessions."""
    assignment = running()
    for hours, (before, after) in enumerate([scores[:2], scores[2:]]):
        log(assignment, now=NOW + hours * HOUR, pain_before=before, pain_after=after)
    pain, _hurt = asks_for_rest(assignment)
    assert pain == had_much_pain_on(TODAY, assignment)


def test_much_pain_at_one_exercise_is_much_though_it_eased():
    assignment = running()
    [item] = items_of(assignment)
    session = log(assignment, results={item.pk: Went("part", pain=6)}, pain_after=1)
    assert asks_for_rest(assignment) == (True, False)
    sessions.undo_session(session, by=assignment.patient.user, now=NOW)
    assert asks_for_rest(assignment) == (False, False)


TODAY_TOO = {"per_day_min": 1, "per_day_max": 2}
NOT_TODAY = {"weekdays": [TODAY.weekday() + 1]}
EVERY_OTHER_DAY = {"every_days": 2}


@pytest.mark.parametrize("other", [TODAY_TOO, NOT_TODAY, EVERY_OTHER_DAY], ids=str)
@pytest.mark.parametrize("went", [DONE, HURT, LEFT_OUT, None], ids=str)
@pytest.mark.parametrize("days_later", [0, 1])
def test_only_what_hurt_is_left_where_nothing_else_is_to_be_done(other, went, days_later):
    assignment = running(TODAY_TOO, other)
    on, now = TODAY + days_later * 24 * HOUR, NOW + days_later * 24 * HOUR
    first, second = items_of(assignment)
    said = {first.pk: HURT} | ({second.pk: went} if went else {})
    log(assignment, on=on, now=now, results=said)
    day = day_on(assignment, on)
    of_it = {"on": on, "starts_on": TODAY, "left_out": hurt_on(day)}
    left = minutes_left(items_of(assignment), times_done(day), **of_it)
    assert asks_for_rest(assignment, on) == (False, not left)


def test_where_nothing_hurt_nothing_is_left_out():
    assignment = running(TODAY_TOO)
    assert asks_for_rest(assignment) == (False, False)
    log(assignment)
    assert asks_for_rest(assignment) == (False, False)

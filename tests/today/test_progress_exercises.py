"""Progress, exercise by exercise: how often, how it went and its last pain, whatever version it was."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

import programmes.services as programmes
from patients.results import Went
from patients.services import plans, sessions
from tests.factories import ExerciseVersionFactory
from tests.patients.scene import DAY, HOUR, NOW, TODAY, items_of, log, running
from tests.patients.test_plans import verb, verb_publish

pytestmark = pytest.mark.django_db
PROGRESS = reverse("today:progress")


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running({}, {})


@pytest.fixture
def phone(plan, as_user):
    return as_user(plan.patient.user)


def name(item) -> str:
    return item.exercise_version.name


def rows(phone) -> list[str]:
    """What is said of each exercise, in the order of the page."""
    page = phone.get(PROGRESS).content.decode()
    each = page.split('class="progress-page__exercises"')[1].split("</section>")[0]
    found = re.split(r"<li>\s*(?=<h3>|<a )", each)[1:]
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def went(plan, *results: Went, now=NOW):
    """A session in which the exercises went like this, in their order."""
    given = {item.pk: how for item, how in zip(items_of(plan), results, strict=False)}
    on = TODAY + timedelta((now - NOW).days)
    return log(plan, on=on, now=now, results=given)


def test_how_each_exercise_went_what_was_done_first(phone, plan):
    first, second = items_of(plan)
    went(plan, Went("done"), Went("hurt", amount=1, pain=6))
    went(plan, Went("done"), Went("part", amount=2), now=NOW + HOUR)
    went(plan, Went("skipped", skip_reason="no_time"), Went("done"), now=NOW + 2 * HOUR)
    assert rows(phone) == [
        f"{name(first)} 2 times done 1 time left out",
        f"{name(second)} 1 time done 1 time in part 1 time stopped because it hurt"
        " Last pain you told of at this exercise: Mon 4 May: 6 of 10",
    ]


def test_one_that_was_never_ticked_off_is_not_called_left_out(phone, plan):
    first, second = items_of(plan)
    went(plan, Went("done"))
    assert rows(phone)[1] == f"{name(second)} Nothing ticked off in these weeks"


def test_what_was_taken_back_is_forgotten(phone, plan):
    session = went(plan, Went("hurt", amount=1, pain=9))
    sessions.undo_session(session, by=plan.patient.user, now=NOW)
    assert rows(phone)[0].endswith("Nothing ticked off in these weeks")


def test_only_the_last_weeks_are_counted_and_the_last_pain_is_kept(as_user, plan, clock_hands):
    went(plan, Went("hurt", amount=1, pain=4))
    plans.lay_out_all_days(now=NOW + 14 * DAY)
    plans.lay_out_all_days(now=NOW + 28 * DAY)
    went(plan, Went("done"), now=NOW + DAY)  # today in four weeks it is the first that counts
    clock_hands.move_to(NOW + 28 * DAY)
    assert rows(as_user(plan.patient.user))[0].endswith(
        "1 time done Last pain you told of at this exercise: Mon 4 May: 4 of 10"
    )


def test_it_is_the_same_exercise_in_each_version(phone, plan, clock_hands):
    """Of the programme, and of the exercise itself."""
    first, _second = items_of(plan)
    went(plan, Went("done"), Went("done"))
    draft, by = verb("start_change", plan), plan.patient.clinician
    exercise = first.exercise_version.exercise
    newer = ExerciseVersionFactory(exercise=exercise, number=2, name="Stretch anew")
    programmes.take_version(draft.items.get(position=first.position), newer, by=by, now=NOW)
    verb_publish(draft, plan, now=NOW)  # from tomorrow
    plan.refresh_from_db()
    went(plan, Went("done"), Went("done"), now=NOW + DAY)
    clock_hands.move_to(NOW + DAY)
    ones, others = rows(phone)
    assert ones == "Stretch anew 2 times done"
    assert others.endswith(" 2 times done")


def test_those_that_are_gone_stand_below(phone, plan, clock_hands):
    first, second = items_of(plan)
    went(plan, Went("done"), Went("done"))
    draft, by = verb("start_change", plan), plan.patient.clinician
    programmes.remove_item(draft.items.get(position=second.position), by=by, now=NOW)
    verb_publish(draft, plan, now=NOW)  # from tomorrow
    clock_hands.move_to(NOW + DAY)
    stay, gone = rows(phone)
    assert stay.startswith(f"{name(first)} 1 time done")
    assert gone == f"{name(second)} last done Mon 4 May"
    assert reverse("today:item", args=[second.pk]) in phone.get(PROGRESS).content.decode()


def test_each_leads_to_its_page(phone, plan):
    went(plan, Went("done"))
    page = phone.get(PROGRESS).content.decode()
    for item in items_of(plan):
        assert f'href="{reverse("today:item", args=[item.pk])}"' in page

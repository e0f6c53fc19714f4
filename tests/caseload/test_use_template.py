"""Another template for a programme that runs is its next version, not an end and a new start."""

from datetime import timedelta

import pytest
import time_machine
from pytest_django.asserts import assertContains, assertRedirects

import programmes.services as programmes
from accounts.models import AuditEvent
from patients.services import plans
from programmes import shelf
from programmes.models import Programme
from tests.factories import LONG_AGO, ExerciseVersionFactory, ItemFactory, ProgrammeFactory
from tests.patients.forms_sent import page, refused
from tests.patients.past import NOW, TODAY
from tests.patients.scene import log

TOMORROW = TODAY + timedelta(1)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def other(cast, given) -> Programme:
    """The first exercise of Lena's programme in another dose, and one more; not the second."""
    kept = given.programme.items.select_related("exercise_version").first().exercise_version
    template = ProgrammeFactory(clinic=cast.clinic, created_by=cast.clinician, title="Stage two")
    ItemFactory(programme=template, position=1, exercise_version=kept, per_day_min=4, per_day_max=4)
    bridge = ExerciseVersionFactory(name="Bridge", precautions=["HERNIA"])
    ItemFactory(programme=template, position=2, exercise_version=bridge)
    programmes.publish(template, by=cast.clinician, now=LONG_AGO)
    template.refresh_from_db()
    return template


def sent(template, given) -> dict:
    return {"programme": template.pk, "seen": given.programme_id}


def test_the_page_says_what_changes_before_one_press(physio, given, free, other):
    assertContains(physio.get(page("record", free)), page("use_template", free))
    free.precautions = ["HERNIA"]
    free.save()
    first, second = given.programme.items.select_related("exercise_version")
    response = physio.get(page("use_template", free), {"programme": other.pk})
    changes = response.context["changes"]
    assert [str(item) for item in changes.removed] == [str(second)]
    assert [str(item) for item in changes.added] == ["Bridge"]
    assert [str(change.after) for change in changes.changed] == [str(first)]
    for words in ("Removed", "Added", "Changed", "Use it from Mon 4 May"):
        assertContains(response, words)
    assertContains(response, "Look twice: Lena Wolf should ask first")
    given.refresh_from_db()
    assert given.programme.version == 1


def test_one_press_makes_it_the_next_version_of_the_same_plan(physio, given, free, other):
    before = given.programme
    response = physio.post(page("use_template", free), sent(other, given), follow=True)
    assertRedirects(response, page("record", free))
    assertContains(response, "“Stage two” is the next version, in force from Mon 4 May.")
    given.refresh_from_db()
    assert (given.ended_on, free.assignments.count()) == (None, 1)
    assert (given.programme.line_id, given.programme.version) == (before.line_id, 2)
    assert given.programme.is_published
    assert not given.programme.is_template
    assert given.days.get(on=TODAY).programme == given.programme
    assert given.days.get(on=TODAY - timedelta(1)).programme == before
    assert AuditEvent.objects.filter(action="plan_replaced").count() == 1


def test_what_is_logged_today_keeps_its_version(physio, given, free, other):
    before = given.programme
    log(given, now=NOW)
    assertContains(
        physio.get(page("use_template", free), {"programme": other.pk}), "Use it from Tue 5 May"
    )
    physio.post(page("use_template", free), sent(other, given))
    given.refresh_from_db()
    assert given.days.get(on=TODAY).programme == before
    assert given.days.get(on=TOMORROW).programme == given.programme
    assert given.sessions.count() == 1


def test_pressed_twice_it_is_one_version(physio, given, free, other):
    values = sent(other, given)
    physio.post(page("use_template", free), values)
    again = physio.post(page("use_template", free), values)
    refused(again, "__all__", "The programme was changed meanwhile.")
    assertContains(again, "No exercise and no dose changes.", status_code=422)
    given.refresh_from_db()
    assert given.programme.version == 2


def test_a_draft_that_somebody_works_on_is_not_overtaken(physio, cast, given, free, other):
    plans.start_change(given, by=cast.colleague, now=NOW)
    response = physio.post(page("use_template", free), sent(other, given))
    refused(response, "__all__", "A next version has been begun.")


@pytest.mark.parametrize("typed", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_what_cannot_be_chosen(physio, given, free, typed):
    for send in (physio.get, physio.post):
        response = send(page("use_template", free), {"programme": typed, "seen": "x"})
        assert list(response.context["form"].errors) == ["programme"]


def test_archived_meanwhile_it_is_not_used(physio, cast, given, free, other):
    shelf.archive(other, by=cast.clinician, now=NOW)
    response = physio.post(page("use_template", free), sent(other, given))
    assert list(response.context["form"].errors) == ["programme"]
    given.refresh_from_db()
    assert given.programme.version == 1


def test_without_having_seen_the_changes_they_are_shown_first(physio, given, free, other):
    response = physio.post(page("use_template", free), {"programme": other.pk})
    assertContains(response, "Use it from")
    given.refresh_from_db()
    assert given.programme.version == 1


@pytest.mark.parametrize("many", [1, 9])
def test_queries_do_not_grow(physio, cast, given, free, many, django_assert_max_num_queries):
    template = ProgrammeFactory(clinic=cast.clinic, created_by=cast.clinician)
    for position in range(many):
        ItemFactory(programme=template, position=position)
    programmes.publish(template, by=cast.clinician, now=LONG_AGO)
    with django_assert_max_num_queries(14):
        physio.get(page("use_template", free), {"programme": template.pk})

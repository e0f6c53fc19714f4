"""A review is chosen in weeks, or as a date of one's own, wherever one is chosen."""

from datetime import timedelta

import pytest
import time_machine
from pytest_django.asserts import assertContains

from tests.patients.forms_sent import page, refused
from tests.patients.past import NOW, TODAY

ASSIGN = {"starts_on": "2026-05-04"}


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


def test_two_four_and_six_weeks_say_their_date(physio, free):
    form = physio.get(page("assign", free)).context["form"]
    assert form.fields["review_in"].widget.choices == [
        ("2026-05-18", "2 weeks: Mon 18 May"),
        ("2026-06-01", "4 weeks: Mon 1 Jun"),
        ("2026-06-15", "6 weeks: Mon 15 Jun"),
        ("other", "Another date"),
    ]
    assert form["review_in"].value() == "2026-06-15"


@pytest.mark.parametrize(("weeks", "on"), [(2, "2026-05-18"), (4, "2026-06-01")])
def test_a_chip_is_the_date_it_shows(physio, free, template, weeks, on):
    physio.post(page("assign", free), {**ASSIGN, "programme": template.pk, "review_in": on})
    assert free.assignments.get().review_on == TODAY + timedelta(weeks=weeks)


def test_a_page_left_open_overnight_keeps_its_date(cast, physio, given, free, monday):
    monday.move_to(NOW + timedelta(1))
    physio.force_login(cast.clinician)
    physio.post(page("change_review", free), {"review_in": "2026-05-18"})
    given.refresh_from_db()
    assert str(given.review_on) == "2026-05-18"


def test_another_date(physio, given, free):
    physio.post(page("change_review", free), {"review_in": "other", "review_on": "2026-05-20"})
    given.refresh_from_db()
    assert str(given.review_on) == "2026-05-20"


def test_a_chip_is_not_stopped_by_half_a_date_beside_it(physio, given, free):
    values = {"review_in": "2026-05-18", "review_on": "20.5."}
    assert physio.post(page("change_review", free), values).status_code == 302


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({"review_in": "other"}, "review_on", "Choose a date."),
        ({"review_in": "soon"}, "review_in", "Choose when to review it."),
        ({"review_in": "2026-05-01"}, "review_in", "The review comes after the start."),
        ({"review_in": "9999-12-31"}, "review_in", "Choose a date within a year from today."),
    ],
)
def test_what_cannot_be_is_said_beside_it(physio, given, free, sent, field, words):
    refused(physio.post(page("change_review", free), sent), field, words)


def test_the_planned_date_is_shown_when_it_is_changed(physio, given, free):
    given.review_on = TODAY + timedelta(5)
    given.save()
    response = physio.get(page("change_review", free))
    assert response.context["form"]["review_in"].value() == "other"
    assertContains(response, 'value="2026-05-09"')

"""The mark of a page changes when the page does, and then only."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Clinic, Membership, User
from offline import code_mark
from patients.models import AddressChange, Day, NotToday, PainReport, Patient, Session, Tick
from patients.results import Went
from patients.services import sessions, signs
from programmes.models import ItemWords
from tests.exercises.drawn import lying
from tests.factories import ExerciseVersionFactory, PatientFactory
from tests.offline.keeping import marks_of, texts_of
from tests.patients.scene import DAY, HOUR, NOW, TODAY, day_on, items_of, log, running
from tests.patients.test_plans import new_version, verb

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + DAY
LATER = datetime(2026, 5, 4, 19, 0, tzinfo=UTC)  # the same evening


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    drawn = {"exercise_version": ExerciseVersionFactory(figure=lying())}
    patient = PatientFactory(clinic__telephone="+442079460000")
    return running(
        drawn,
        {"per_day_min": 1, "per_day_max": 2, "note": "Slowly"},
        patient=patient,
        starts_on=TODAY - 3 * DAY,
        now=NOW - 3 * DAY,
    )


@pytest.fixture
def phone(plan, as_user):
    return as_user(plan.patient.user)


def hurt(plan) -> None:
    [item, *_others] = items_of(plan)
    log(plan, results={item.pk: Went(Tick.Result.HURT, amount=1, pain=8)})


def much_pain_twice(plan) -> None:
    log(plan, on=TODAY - DAY, pain_after=8)
    log(plan, pain_after=8)


def all_of_yesterday(plan) -> None:
    for _each in range(3):
        log(plan, on=TODAY - DAY)


def told_of_pain(plan) -> None:
    much_pain_twice(plan)
    PainReport.objects.create(patient=plan.patient, told_by=plan.patient.user, told_at=NOW)


def not_today(plan) -> None:
    sessions.say_not_today(
        day_on(plan), reason=NotToday.Reason.values[0], by=plan.patient.user, now=NOW
    )


def undone(plan) -> None:
    sessions.undo_session(log(plan), by=plan.patient.user, now=NOW)


def an_erased_note(plan) -> None:
    ItemWords.objects.filter(item=items_of(plan)[1]).delete()


def another_clinician(plan) -> None:
    User.objects.filter(pk=plan.patient.clinician_id).update(name="Nia Rees")


def a_lead(plan) -> None:
    Membership.objects.update(role=Membership.Role.LEAD)


def another_record(plan) -> None:
    PatientFactory(user=plan.patient.user, name="Mia Reed")


CHANGES = {
    "a session": log,
    "all of yesterday": all_of_yesterday,
    "what hurt": hurt,
    "much pain": lambda plan: log(plan, pain_after=8),
    "much pain twice": much_pain_twice,
    "much pain that was told": told_of_pain,
    "not today": not_today,
    "a pause": lambda plan: verb("pause", plan, from_on=TODAY, until_on=TOMORROW),
    "a longer pause": lambda plan: verb("pause", plan, from_on=TOMORROW, until_on=TOMORROW + DAY),
    "a new version": lambda plan: new_version(plan, now=NOW + HOUR),
    "a note that was erased": an_erased_note,
    "a check-up": lambda plan: type(plan).objects.update(review_on=TOMORROW),
    "a rest day": lambda plan: Day.objects.filter(on=TOMORROW).update(state="rest"),
    "what they are called": lambda plan: type(plan.patient).objects.update(called="Sammy"),
    "the clinic's number": lambda plan: Clinic.objects.update(telephone="+442079460999"),
    "the clinic's hours": lambda plan: Clinic.objects.update(opening_hours="Mondays"),
    "the clinic's name": lambda plan: Clinic.objects.update(name="Hillside"),
    "the emergency number": lambda plan: Clinic.objects.update(emergency_number="112"),
    "the logo": lambda plan: Clinic.objects.update(
        logo="logos/b.webp", logo_width=80, logo_height=40
    ),
    "the patient's name": lambda plan: Patient.objects.update(name="Alex Stone"),
    "the clinician's name": another_clinician,
    "the clinician's role": a_lead,
    "a second record": another_record,
    "a sign": lambda plan: signs.tell(plan.patient, by=plan.patient.user, now=NOW),
}
UNCHANGED = {
    "nothing": lambda plan: None,
    "a session that was undone": undone,
    "a session of yesterday, where more may be added": lambda plan: log(plan, on=TODAY - DAY),
    "a telephone for the clinic": lambda plan: Patient.objects.update(telephone="+442079460123"),
    "a session a week ago that was described": lambda plan: Session.objects.update(note="Fine"),
    "a wish for another address": lambda plan: AddressChange.objects.all().delete(),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_mark_changes_exactly_when_its_page_does(phone, plan, what):
    before = marks_of(phone)
    read_before = texts_of(phone, before)
    CHANGES[what](plan)
    after = marks_of(phone)
    assert after != before
    both = before.keys() & after.keys()
    read_after = texts_of(phone, both)
    changed = {url for url in both if read_before[url] != read_after[url]}
    assert {url for url in both if before[url] != after[url]} == changed


@pytest.mark.parametrize("what", UNCHANGED)
def test_what_no_page_shows_changes_no_mark(phone, plan, what):
    log(plan, on=TODAY - 2 * DAY, now=NOW - 2 * DAY)
    before = marks_of(phone)
    UNCHANGED[what](plan)
    assert marks_of(phone) == before


def test_later_on_the_same_day_nothing_has_changed(phone, plan, clock_hands):
    before = marks_of(phone)
    read = texts_of(phone, before)
    clock_hands.move_to(LATER)
    assert marks_of(phone) == before
    assert texts_of(phone, before) == read


def test_on_the_next_day_a_coming_day_is_fetched_again(phone, plan, clock_hands):
    """Only then can it show the week so far."""
    coming = reverse("offline:day", args=[day_on(plan, TOMORROW).pk])
    before = marks_of(phone)
    clock_hands.move_to(NOW + DAY)
    after = marks_of(phone)
    assert after[coming] != before[coming]
    item = reverse("today:item", args=[items_of(plan)[0].pk])
    assert after[item] == before[item]


def test_each_release_is_fetched_anew(phone, plan, monkeypatch):
    before = marks_of(phone)
    monkeypatch.setattr("offline.kept.code_mark", lambda: "another")
    after = marks_of(phone)
    for url, mark in after.items():
        is_file = mark == "0"  # what it shows stands in its address
        assert (mark == before[url]) is is_file


def test_the_release_is_in_its_words_and_its_code(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    (tmp_path / "templates").mkdir()
    page = tmp_path / "templates" / "today.html"
    marks = []
    for words in ("Hello", "Hello", "Good day"):
        page.write_text(words)
        code_mark.code_mark.cache_clear()
        marks.append(code_mark.code_mark())
    code_mark.code_mark.cache_clear()
    assert marks[0] == marks[1] != marks[2]

"""What a phone keeps of a patient's pages: which of them, until when, and nothing else."""

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Clinic
from exercises import drawing
from patients.models import Day, Patient
from patients.services import signs
from tests.exercises.drawn import lying
from tests.exercises.photos import draft_of, publish, with_photos
from tests.factories import ClinicFactory, ExerciseVersionFactory, PatientFactory
from tests.offline.keeping import KEPT, pages_of, said, shown_at, urls_of
from tests.patients.scene import DAY, HOUR, NOW, TODAY, day_on, items_of, running
from tests.patients.test_plans import new_version, verb

pytestmark = pytest.mark.django_db
DATES = [TODAY + n * DAY for n in range(4)]
TODAY_PAGE, HELP = reverse("today:today"), reverse("today:help")


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running({"exercise_version": ExerciseVersionFactory(figure=lying())}, {})


@pytest.fixture
def phone(plan, as_user):
    return as_user(plan.patient.user)


def day_page(plan, on=TODAY) -> str:
    return reverse("offline:day", args=[day_on(plan, on).pk])


def session_page(plan, on=TODAY, name="offline:day_session") -> str:
    day = day_on(plan, on)
    return reverse(name, args=[day.pk, day.programme_id])


def notice(record: Patient) -> str:
    return reverse("offline:stopped", args=[record.pk])


def in_need(record: Patient) -> set[str]:
    return {notice(record), reverse("today:warning", args=[record.pk]), HELP}


def exercises(plan) -> set[str]:
    items = items_of(plan)
    drawn = items[0].exercise_version
    motion = [items[0].pk, drawing.motion_mark(drawing.drawn(drawn))]
    return {
        *(reverse("today:item", args=[item.pk]) for item in items),
        reverse("today:pictures", args=[plan.programme_id, drawing.mark()]),
        reverse("today:item_motion", args=motion),
    }


def test_four_days_their_sessions_exercises_figures_and_help_are_kept_and_nothing_else(phone, plan):
    days = {day_page(plan, on) for on in DATES}
    sessions = {session_page(plan, on) for on in DATES}
    assert urls_of(phone) == in_need(plan.patient) | days | sessions | exercises(plan)


def test_each_page_that_is_named_can_be_fetched(phone):
    for page in pages_of(phone):
        assert said(phone, page["url"])


def test_it_says_whose_they_are(phone):
    answer = phone.get(KEPT)
    assert answer.json()["person"] == phone.get(TODAY_PAGE).context["roles"].person_id
    assert "no-store" in answer["Cache-Control"]


def test_today_of_a_day_is_shown_as_today_on_that_day_only(phone, plan):
    kept = {page["on"]: page for page in pages_of(phone) if page.get("as") == TODAY_PAGE}
    assert [kept[on.isoformat()]["url"] for on in DATES] == [day_page(plan, on) for on in DATES]
    assert len(kept) == len(DATES)


def test_a_session_is_shown_at_its_own_address(phone, plan):
    kept = {page["url"]: page for page in pages_of(phone)}
    for on in DATES:
        page = kept[session_page(plan, on)]
        assert page["as"] == session_page(plan, on, "today:session")
        assert "on" not in page  # one begun before midnight goes on after it


def test_photos_are_kept(as_user):
    patient = PatientFactory()
    draft = draft_of(patient.clinic)
    [shown] = with_photos(draft)
    publish(draft)
    plan = running({"exercise_version": draft}, patient=patient)
    [item] = items_of(plan)
    photo = reverse("today:item_photo", args=[item.pk, shown.photo_id])
    assert photo in urls_of(as_user(patient.user))


def test_the_logo_is_kept(phone, plan):
    Clinic.objects.update(logo="logos/abc.webp", logo_width=80, logo_height=40)
    assert reverse("accounts:logo", args=[plan.patient.clinic_id, "abc"]) in urls_of(phone)


def test_a_coming_version_brings_its_exercises_with_it(phone, plan):
    old = plan.programme
    new_version(plan, now=NOW + HOUR)
    Day.objects.filter(assignment=plan, on=TODAY).update(programme=old)
    coming = day_on(plan, DATES[1]).programme
    assert coming != old
    kept = urls_of(phone)
    assert session_page(plan, DATES[1]) in kept
    for version in (old, coming):
        for item in version.items.all():
            assert reverse("today:item", args=[item.pk]) in kept


def test_a_paused_day_has_no_session(phone, plan):
    verb("pause", plan, from_on=DATES[1], until_on=DATES[1])
    kept = urls_of(phone)
    assert day_page(plan, DATES[1]) in kept
    assert session_page(plan, DATES[1]) not in kept
    assert session_page(plan, DATES[2]) in kept


def test_of_a_stopped_record_only_help_the_notice_and_the_numbers_are_kept(phone, plan):
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    assert urls_of(phone) == in_need(plan.patient)
    [today] = [page for page in pages_of(phone) if TODAY_PAGE in shown_at(page)]
    assert today["url"] == notice(plan.patient)


def test_of_a_programme_that_has_ended_no_exercise_is_kept(phone, plan):
    verb("end", plan, reason="")
    assert urls_of(phone) == in_need(plan.patient)


def test_before_the_first_visit_no_exercise_is_kept(phone, plan):
    Patient.objects.update(welcomed_at=None)
    assert urls_of(phone) == in_need(plan.patient)


def test_staff_keep_nothing(cast, as_user):
    for person in (cast.clinician, cast.lead, cast.operator, cast.stranger):
        assert as_user(person).get(KEPT).status_code == 404


def test_signed_out_nothing_is_kept(client):
    assert client.get(KEPT, headers={"X-Background": "keep"}).status_code == 401


def test_the_dates_are_the_patients(as_user):
    auckland = running(patient=PatientFactory(time_zone="Pacific/Auckland"))
    with time_machine.travel(NOW.replace(hour=13), tick=False):  # 01:00 on Tuesday there
        pages = pages_of(as_user(auckland.patient.user))
    assert [page["on"] for page in pages if "on" in page][0] == DATES[1].isoformat()


# --- several records of one account


@pytest.fixture
def child(plan):
    other = PatientFactory(clinic=ClinicFactory(), user=plan.patient.user, name="Mia Reed")
    return running(patient=other)


def test_of_several_records_the_choice_is_kept_and_today_of_each(phone, plan, child):
    shown = {place: page["url"] for page in pages_of(phone) for place in shown_at(page)}
    choose = reverse("today:choose")
    assert shown[choose] == shown[TODAY_PAGE] == choose
    for one in (plan, child):
        named = f"{TODAY_PAGE}?record={one.patient_id}"
        kept = {p["on"]: p["url"] for p in pages_of(phone) if p.get("as") == named}
        assert kept == {on.isoformat(): day_page(one, on) for on in DATES}


def test_every_page_of_several_records_can_be_fetched_before_one_is_chosen(phone, child):
    for page in pages_of(phone):
        assert said(phone, page["url"])


def test_an_exercise_is_shown_with_the_clinic_of_the_record_that_it_was_given_to(phone, child):
    [item] = items_of(child)
    answer = phone.get(reverse("today:item", args=[item.pk]))
    assert answer.context["record"] == child.patient
    assert answer["X-Record"] == str(child.patient_id)


def test_with_a_network_a_named_record_that_is_not_the_chosen_one_is_asked_for(phone, plan, child):
    phone.post(reverse("today:choose"), {"record": plan.patient_id})
    assert phone.get(f"{TODAY_PAGE}?record={plan.patient_id}").status_code == 200
    answer = phone.get(f"{TODAY_PAGE}?record={child.patient_id}")
    assert answer["Location"] == reverse("today:choose")


def test_one_record_is_stopped_and_the_other_goes_on(phone, plan, child):
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    kept = urls_of(phone)
    assert day_page(child) in kept
    assert day_page(plan) not in kept


# --- how much it is


@pytest.mark.parametrize("number", [1, 20])
def test_queries_do_not_grow_with_the_exercises(as_user, django_assert_num_queries, number):
    plan = running(*[{}] * number)
    phone = as_user(plan.patient.user)
    phone.get(KEPT)
    with django_assert_num_queries(14):
        phone.get(KEPT)


def test_of_twenty_exercises_the_list_is_small(as_user):
    drawn = [{"exercise_version": ExerciseVersionFactory(figure=lying())} for _each in range(20)]
    phone = as_user(running(*drawn).patient.user)
    assert len(phone.get(KEPT).content) < 10_000


def test_no_two_pages_are_shown_at_one_address_on_one_day(phone, child):
    places = [(place, page.get("on")) for page in pages_of(phone) for place in shown_at(page)]
    assert len(places) == len(set(places))


def test_no_page_is_named_twice(phone, child):
    assert len(pages_of(phone)) == len(urls_of(phone))


def test_help_is_shown_as_pages_lead_there(phone, plan):
    shown = [place for page in pages_of(phone) for place in shown_at(page)]
    for page in (HELP, reverse("today:warning", args=[plan.patient_id])):
        assert page in shown
        assert f"{page}?clinic={plan.patient.clinic_id}" in shown

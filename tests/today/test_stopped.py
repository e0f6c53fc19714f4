"""While a warning sign is unchecked a record shows the notice, and nothing of the programme."""

import re
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Letter
from patients.models import Day, HeldEntry, NotToday, Session, WarningSign
from patients.services import plans, sessions, signs
from tests.factories import PatientFactory
from tests.patients.scene import DAY, HOUR, NOW, TODAY, day_on, given_photo, items_of, log, running

pytestmark = pytest.mark.django_db
TODAY_PAGE = reverse("today:today")
MINUTE = HOUR / 60


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running({"note": "Slowly"})


@pytest.fixture
def phone(plan, as_user):
    return as_user(plan.patient.user)


@pytest.fixture
def sign(plan) -> WarningSign:
    return signs.tell(plan.patient, by=plan.patient.user, now=NOW)


def is_the_notice(page, plan) -> None:
    """Whom to call, how it goes on; no exercise, no tick, no praise, no print."""
    assertContains(page, "Stop: no exercises for now")
    assertContains(page, 'href="tel:999"')
    assertContains(page, "Your clinic has to speak to you first.")
    words = page.content.decode()
    item = items_of(plan)[0]
    gone = (
        item.exercise_version.name, "Slowly", "minute", "Well done", "Print", "session anyway",
        "There is nothing to do today", "done today", "client_id", "<svg class=\"figure",
    )  # fmt: skip
    for what in gone:
        assert what not in words, what


def pages_of(plan) -> list[str]:
    session = plan.sessions.first()
    return [
        TODAY_PAGE,
        reverse("today:progress"),
        reverse("today:own_handout"),
        reverse("today:own_keepsake"),
        reverse("today:item", args=[items_of(plan)[0].pk]),
        reverse("today:warning", args=[plan.patient.pk]),
        *([reverse("today:session_describe", args=[session.pk])] if session else []),
    ]


def test_every_page_of_the_record_is_the_notice(phone, plan):
    log(plan, pain_after=2)
    before = [phone.get(page).content.decode("latin-1") for page in pages_of(plan)]
    # In a template it is for a sign that is told on this phone without a network.
    shown = [re.sub(r"(?s)<template.*?</template>", "", page) for page in before]
    assert not any("Stop: no exercises" in page for page in shown)
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    for page in pages_of(plan):
        response = phone.get(page)
        assert response["Content-Type"].startswith("text/html")
        is_the_notice(response, plan)


def test_a_programme_that_has_ended_or_not_begun_makes_no_difference(phone, plan, sign):
    plan.ended_on = TODAY
    plan.save()
    is_the_notice(phone.get(TODAY_PAGE), plan)


def test_a_photo_is_not_shown_either(phone, plan):
    item, shown = given_photo(plan.patient)
    photo = reverse("today:item_photo", args=[item.pk, shown.photo_id])
    assert phone.get(photo).status_code == 200
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    assert phone.get(photo).status_code == 404


def test_it_goes_on_once_a_clinician_has_checked(phone, plan, sign):
    signs.check(sign, note="All well", goes_on=True, by=plan.patient.clinician, now=NOW)
    assertContains(phone.get(TODAY_PAGE), "0 of 2–3 done today")


def test_checked_and_still_paused_for_it_there_are_no_exercises_until_it_is_resumed(
    phone, plan, sign
):
    by = plan.patient.clinician
    signs.check(sign, note="Sent to A&E", goes_on=False, by=by, now=NOW)
    for page in pages_of(plan):
        response = phone.get(page)
        assertContains(response, "has looked at it, and your exercises stay stopped")
        assertNotContains(response, items_of(plan)[0].exercise_version.name)
    tick(phone, plan)
    assert not Session.objects.exists()
    plans.resume(plan, by=by, now=NOW)
    assertContains(phone.get(TODAY_PAGE), "0 of 2–3 done today")


def test_a_sign_that_comes_back_can_be_told_again(phone, plan, sign):
    signs.check(sign, note="Fine", goes_on=False, by=plan.patient.clinician, now=NOW)
    assertContains(phone.get(TODAY_PAGE), "Tell my clinic again")
    page = phone.post(reverse("today:warning", args=[plan.patient.pk]), follow=True)
    is_the_notice(page, plan)
    assert plan.patient.warning_signs.open().count() == 1
    assert Letter.objects.count() == 2


def test_a_named_sign_that_cannot_wait_says_call_now(phone, plan, sign):
    words = "For the sign that you named, call now"
    signs.tell(plan.patient, which=["fever"], by=plan.patient.user, now=NOW)
    assertNotContains(phone.get(TODAY_PAGE), words)
    signs.tell(plan.patient, which=["saddle"], by=plan.patient.user, now=NOW)
    assertContains(phone.get(TODAY_PAGE), words)


def test_the_help_page_knows_that_it_was_told(phone, plan, sign):
    page = phone.get(reverse("today:help"))
    assertContains(page, "You told us of a sign: your exercises are stopped.")
    assertNotContains(page, "I have one of these signs")


def test_no_test_reminder_asks_for_sessions(phone, plan, sign):
    is_the_notice(phone.post(reverse("reminders:send_test")), plan)
    assert Letter.objects.count() == 1  # to the clinician
    assertContains(phone.get(reverse("reminders:settings")), "You told us of a warning sign.")


@pytest.mark.parametrize("name", ["record_session", "pause", "end"])
def test_staff_see_it_on_every_form_about_the_patient(plan, sign, as_user, name):
    page = as_user(plan.patient.clinician).get(reverse(f"caseload:{name}", args=[plan.patient.pk]))
    assertContains(page, "told us of a warning sign, and the exercises are stopped")


def test_settings_and_help_stay(phone, plan, sign):
    for name in ("today:settings", "reminders:settings", "today:help"):
        page = phone.get(reverse(name))
        assert page.status_code == 200
        assertNotContains(page, "Stop: no exercises for now")


# --- an account with several records


@pytest.fixture
def childs_plan(plan):
    child = PatientFactory(clinic=plan.patient.clinic, user=plan.patient.user, name="Mia Reed")
    return running({"note": "Only for Mia"}, patient=child)


def test_only_the_record_with_the_sign_stops(phone, plan, childs_plan):
    signs.tell(childs_plan.patient, by=plan.patient.user, now=NOW)
    choose = reverse("today:choose")
    phone.post(choose, {"record": childs_plan.patient.pk})
    is_the_notice(phone.get(TODAY_PAGE), childs_plan)
    phone.post(choose, {"record": plan.patient.pk})
    assertContains(phone.get(TODAY_PAGE), "0 of 2–3 done today")


def test_an_exercise_of_a_record_that_was_not_chosen_is_the_notice_too(phone, plan, childs_plan):
    phone.post(reverse("today:choose"), {"record": plan.patient.pk})
    item = reverse("today:item", args=[items_of(childs_plan)[0].pk])
    assertContains(phone.get(item), "Only for Mia")
    signs.tell(childs_plan.patient, by=plan.patient.user, now=NOW)
    is_the_notice(phone.get(item), childs_plan)


# --- what arrives late


def tick(phone, plan, **fields):
    day = day_on(plan)
    sent = {"client_id": uuid4(), "programme": day.programme_id} | fields
    return phone.post(reverse("today:session_log", args=[day.pk]), sent, follow=True)


def test_a_session_done_before_the_sign_is_kept_though_its_form_arrives_late(
    phone, plan, clock_hands
):
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    clock_hands.shift(5 * MINUTE)
    page = tick(phone, plan, performed_at=(NOW - MINUTE).isoformat())
    is_the_notice(page, plan)
    assert Session.objects.get().performed_at == NOW - MINUTE
    assert not HeldEntry.objects.exists()


def test_a_session_of_an_earlier_day_is_kept(phone, plan, clock_hands):
    clock_hands.shift(DAY)
    signs.tell(plan.patient, by=plan.patient.user, now=NOW + DAY)
    yesterday = day_on(plan, TODAY)
    sent = {"client_id": uuid4(), "programme": yesterday.programme_id, "page_on": TODAY + DAY}
    phone.post(reverse("today:session_log", args=[yesterday.pk]), sent)
    assert Session.objects.get().day == yesterday


@pytest.mark.parametrize("pressed", ["", "2026-05-04T09:01:00.000Z", "2001-01-01T00:00:00Z", "x"])
def test_a_later_one_is_answered_with_the_notice_and_the_clinician_sees_it(
    phone, plan, sign, clock_hands, as_user, pressed
):
    clock_hands.shift(5 * MINUTE)
    key = uuid4()
    for _twice in range(2):
        page = tick(phone, plan, client_id=key, performed_at=pressed)
        is_the_notice(page, plan)
        assertContains(page, "That session does not count.")
    assert not Session.objects.exists()
    held = sign.held.get()
    assert (held.what, held.on, held.sent_by) == ("session", TODAY, plan.patient.user)
    record = as_user(plan.patient.clinician).get(reverse("caseload:record", args=[plan.patient.pk]))
    assertContains(record, "Done or said after that, and not counted:")
    assertContains(record, "Mon 4 May, 10:05: ticked off a session")


def test_nobody_is_asked_whether_it_was_another_one(phone, plan):
    log(plan)
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    page = tick(phone, plan)
    assertNotContains(page, "Another one?")
    is_the_notice(page, plan)
    assert Session.objects.count() == 1


def test_a_broken_form_is_answered_with_the_notice(phone, plan, sign):
    is_the_notice(tick(phone, plan, client_id="no key"), plan)


def test_how_an_earlier_session_felt_is_kept(phone, plan):
    session = log(plan)
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    felt = reverse("today:session_describe", args=[session.pk])
    page = phone.post(felt, {"pain_after": 8, "effort": "hard", "note": "Numb"}, follow=True)
    is_the_notice(page, plan)
    session.refresh_from_db()
    assert (session.pain_after, session.effort, session.note) == (8, "hard", "Numb")


def test_words_too_long_for_the_form_are_kept_for_the_clinician(phone, plan):
    session = log(plan)
    sign = signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    felt = reverse("today:session_describe", args=[session.pk])
    long = "It hurts. " * 200
    is_the_notice(phone.post(felt, {"pain_after": 8, "note": long}), plan)
    held = sign.held.get()
    assert (held.what, held.pain_after, held.note) == ("feeling", 8, long)


def test_other_words_about_the_same_session_stand_beside_the_first(phone, plan):
    session = log(plan)
    sign = signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    felt = reverse("today:session_describe", args=[session.pk])
    for note in ("Worse " * 300, "Worse " * 300, "Better " * 300):
        phone.post(felt, {"note": note})
    assert [held.note[:5] for held in sign.held.all()] == ["Worse", "Bette"]


def test_what_one_sign_piles_up_has_an_end_and_the_patient_is_told(phone, plan, sign, monkeypatch):
    monkeypatch.setattr(signs, "HELD_AT_MOST", 3)
    told = "This one is not kept, so please call them."
    for _n in range(3):
        assertNotContains(tick(phone, plan, client_id=uuid4()), told)
    page = tick(phone, plan, client_id=uuid4())
    is_the_notice(page, plan)
    assertContains(page, told)
    assert sign.held.count() == 3


def test_words_without_end_are_not_kept(phone, plan, monkeypatch):
    monkeypatch.setattr(signs, "HELD_WORDS_AT_MOST", 3000)
    session = log(plan)
    sign = signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    felt = reverse("today:session_describe", args=[session.pk])
    assertNotContains(phone.post(felt, {"note": "x" * 2000}), "This one is not kept")
    assertContains(phone.post(felt, {"note": "y" * 2000}), "This one is not kept")
    assert sign.held.get().note == "x" * 2000


def test_not_today_is_kept_for_the_clinician(phone, plan, sign):
    day = day_on(plan)
    phone.post(reverse("today:not_today", args=[day.pk]))
    assert not NotToday.objects.exists()
    assert sign.held.get().what == "not_today"


def test_a_clinician_may_still_record_what_was_done(plan, sign):
    sessions.log_session(day_on(plan), client_id=uuid4(), by=plan.patient.clinician, now=NOW)
    assert Session.objects.get().source == Session.Source.STAFF
    assert day_on(plan).state == Day.State.PAUSED


def test_a_mistaken_tick_can_still_be_taken_back(phone, plan):
    session = log(plan)
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    undo = phone.post(reverse("today:session_undo", args=[session.pk]))
    assertRedirects(undo, TODAY_PAGE)
    assert not Session.objects.not_undone().exists()


def test_yesterdays_page_adds_nothing(phone, plan, sign, clock_hands):
    clock_hands.shift(DAY)
    is_the_notice(tick(phone, plan), plan)
    assert not re.search("yesterday", phone.get(TODAY_PAGE).content.decode())

"""Much pain is never congratulated: what a patient reads instead, and what they can do."""

import re
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent, Letter
from outbox import delivery
from patients.models import NotToday, PainReport
from patients.services import pain as pain_service
from patients.services.pain import Scores, much_pain
from tests.patients.scene import DAY, HOUR, NOW, TODAY, day_on, log, running

pytestmark = pytest.mark.django_db
TODAY_PAGE = reverse("today:today")
CASELOAD = reverse("caseload:caseload")


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running()


@pytest.fixture
def phone(plan, as_user):
    return as_user(plan.patient.user)


@pytest.fixture
def physio(plan, as_user):
    return as_user(plan.patient.clinician)


def do(plan, *scores: int | None, on=TODAY) -> list:
    """Sessions an hour apart, each with the pain after it."""
    day = NOW + (on - TODAY)
    return [
        log(plan, on=on, now=day + n * HOUR, pain_after=score) for n, score in enumerate(scores)
    ]


# --- which scores are much: 6 and more, or 3 above the day's first

OF_ONE_DAY = [
    ((5,), False),
    ((6,), True),
    ((10,), True),
    ((0, 2), False),
    ((0, 3), True),
    ((1, 3, 4), True),  # above the first of the day, not above the last
    ((2, None, 5), True),
    ((3, 5), False),
    ((7, 2), False),
    ((), False),
]


def shown(page) -> str:
    """Without what only a script may show."""
    return re.sub(r"<template.*?</template>", "", page.content.decode(), flags=re.S)


@pytest.mark.parametrize(("scores", "is_much"), OF_ONE_DAY)
def test_the_last_score_of_a_day_decides(phone, plan, scores, is_much):
    do(plan, *scores)
    words = shown(phone.get(TODAY_PAGE))
    assert ("That was too much pain. Rest now" in words) is is_much
    assert ("Well done" in words) is (len(scores) >= 2 and not is_much)


def test_the_first_score_is_that_of_its_own_day():
    day, next_day = TODAY, TODAY + DAY
    said = [Scores(day, None, 0), Scores(next_day, None, 4), Scores(next_day, 2, None)]
    assert list(much_pain(said)) == [False, False, False]
    assert list(much_pain([Scores(day, 1, 4)])) == [True]


# --- what is there instead of praise


@pytest.mark.parametrize("done", [1, 2, 3, 4])
def test_no_praise_no_bonus_no_one_more_and_the_ring_stays(phone, plan, done):
    do(plan, *[7] * done)
    page = phone.get(TODAY_PAGE)
    for gone in ("Well done", "a bonus", "One more", "one more", "another one", "Do the exercises"):
        assertNotContains(page, gone)
    assertContains(page, f"{done} of 2–3 done today")
    for words in ("Stop the exercises for now.", "eases it most", 'href="tel:111"', "Not today"):
        assertContains(page, words)
    assertContains(page, reverse("today:help"))


def test_the_page_after_the_session_does_not_congratulate_either(phone, plan):
    *_before, last = do(plan, 3, 7)
    page = phone.get(reverse("today:session_describe", args=[last.pk]))
    assertNotContains(page, "Well done")
    assertNotContains(page, "The day is complete")
    assertContains(page, "That was too much pain. Rest now")


def test_nothing_invites_one_more_before_it_is_known_how_it_felt(phone, plan):
    *_before, last = do(plan, None, None)
    page = phone.get(reverse("today:session_describe", args=[last.pk]))
    assertContains(page, "Session saved")
    for praise in ("Well done", "One more"):
        assertNotContains(page, praise)


def test_saying_it_leads_to_what_to_do_now(phone, plan):
    [session] = do(plan, None)
    felt = reverse("today:session_describe", args=[session.pk])
    page = phone.post(felt, {"pain_after": 7, "effort": "hard"}, follow=True)
    assertRedirects(page, TODAY_PAGE)
    assert "That was too much pain. Rest now" in shown(page)


def test_saying_it_of_yesterday_leads_to_what_to_do_now_too(phone, plan, clock_hands):
    [session] = do(plan, None)
    clock_hands.shift(DAY)
    felt = reverse("today:session_describe", args=[session.pk])
    page = phone.post(felt, {"pain_after": 7}, follow=True)
    assertRedirects(page, felt)
    assertContains(page, "That was too much pain")
    assertContains(page, "No better by now")
    assertNotContains(page, "Rest now")


def test_the_days_plan_is_as_it_was(phone, plan):
    before = list(plan.days.values_list())
    do(plan, 9)
    phone.get(TODAY_PAGE)
    assert list(plan.days.values_list()) == before


# --- "Not today" in one press


def test_not_today_is_one_press_and_can_be_taken_back(phone, plan):
    do(plan, 8)
    day = day_on(plan)
    said = phone.post(reverse("today:not_today", args=[day.pk]), follow=True)
    assertContains(said, "No more reminders come today.")
    assert NotToday.objects.get().reason == NotToday.Reason.PAIN
    assert AuditEvent.objects.filter(action="not_today_said", subject_id=day.pk).exists()
    back = phone.post(reverse("today:not_today_undo", args=[day.pk]), follow=True)
    assertNotContains(back, "No more reminders come today.")
    assert not NotToday.objects.exists()
    assert AuditEvent.objects.filter(action="not_today_taken_back").exists()


def test_a_session_done_all_the_same_can_be_ticked_off(phone, plan):
    do(plan, 8)
    assertContains(phone.get(TODAY_PAGE), "Did you do a session all the same?")
    assertContains(phone.get(TODAY_PAGE), "Tick off that session")


@pytest.mark.parametrize("back", [-1, 1])
def test_not_today_is_for_today_only(phone, plan, clock_hands, back):
    day = day_on(plan)
    clock_hands.shift(back * DAY)
    answer = phone.post(reverse("today:not_today", args=[day.pk]), follow=True)
    assertContains(answer, "That day is over." if back == 1 else "That day has not come yet.")
    assert not NotToday.objects.exists()


# --- twice in a row: the clinic can be told


def offers(phone) -> bool:
    return "Tell my clinic" in phone.get(TODAY_PAGE).content.decode()


def test_two_in_a_row_offer_to_tell_the_clinic(phone, plan):
    do(plan, 7)
    assert not offers(phone)
    log(plan, now=NOW + HOUR, pain_after=6)
    assert offers(phone)


@pytest.mark.parametrize(("yesterday", "offered"), [(7, True), (5, False)])
def test_in_a_row_from_one_day_to_the_next(phone, plan, clock_hands, yesterday, offered):
    do(plan, yesterday)
    clock_hands.shift(DAY)
    do(plan, 7, on=TODAY + DAY)
    assert offers(phone) is offered


def test_told_the_clinic_sees_it_and_the_letter_says_nothing(phone, plan, physio, smtp_server):
    do(plan, 7, 7)
    tell = reverse("today:tell_of_pain", args=[plan.patient.pk])
    for _twice in range(2):
        told = phone.post(tell, follow=True)
    assertContains(told, "Your clinic has a message from you.")
    assert PainReport.objects.count() == Letter.objects.count() == 1
    assertContains(physio.get(CASELOAD), "Asked us on Mon 4 May to tell you of much pain")
    delivery.deliver(Letter.objects.all(), write=Letter.as_email, clock=lambda: NOW)
    [message] = smtp_server.messages
    assert message["To"] == plan.patient.clinician.email
    whole = message.as_string().lower()
    for private in (plan.patient.name.lower(), "pain", str(plan.patient.pk)):
        assert private not in whole


def test_without_much_pain_twice_nothing_is_told(phone, plan):
    do(plan, 7, 5)
    tell = reverse("today:tell_of_pain", args=[plan.patient.pk])
    assertContains(
        phone.post(tell, follow=True), "Please call your clinic if something worries you"
    )
    assert not PainReport.objects.exists()


def test_the_question_after_much_pain_invites_nothing(phone, plan):
    log(plan, pain_after=8)
    day = day_on(plan)
    sent = {"client_id": uuid4(), "programme": day.programme_id}
    page = phone.post(reverse("today:session_log", args=[day.pk]), sent)
    assertContains(page, "That was too much pain. Rest now")
    assertNotContains(page, "one more")


def contacted(physio, page) -> dict:
    """The form as it stands, with "I have been in touch" chosen."""
    form = physio.get(page).context["form"]
    return {"which": form["which"].initial, "how": "contacted"}


def test_it_stands_until_somebody_has_noted_what_they_did(phone, plan, physio):
    do(plan, 7, 7)
    pain_service.tell(plan.patient, by=plan.patient.user, now=NOW)
    page = reverse("caseload:deal_with", args=[plan.patient.pk])
    done = physio.post(page, contacted(physio, page), follow=True)
    assertContains(done, "Noted on the record of")
    assertNotContains(physio.get(CASELOAD), "to tell you of much pain")
    assert not PainReport.objects.open().exists()
    assertNotContains(phone.get(TODAY_PAGE), "Your clinic has a message from you.")


def test_asked_again_after_that_it_stands_again(phone, plan, physio, clock_hands):
    do(plan, 7, 7)
    tell = reverse("today:tell_of_pain", args=[plan.patient.pk])
    phone.post(tell)
    page = reverse("caseload:deal_with", args=[plan.patient.pk])
    physio.post(page, contacted(physio, page))
    clock_hands.shift(HOUR / 4)
    phone.post(tell)
    assert PainReport.objects.count() == 2
    assertContains(physio.get(CASELOAD), "to tell you of much pain")
    assertContains(physio.get(CASELOAD), "Back since it was dealt with on Mon 4 May.")

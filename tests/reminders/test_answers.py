"""The page behind a reminder's button: what each button does, once, and what nothing does."""

from datetime import timedelta
from itertools import product

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent, LimitUse
from patients.models import Day, NotToday, Patient, Session
from patients.services import plans
from reminders import tokens
from reminders.models import Reminder
from tests.factories import PatientFactory
from tests.reminders.nudging import AT_EVENING, EVENING, MORNING, ON, asked_day, do_session
from tests.reminders.test_silence import reminder_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
ADDRESSES = {"answer": "open", "done": "done", "undo": "undo", "not_today": "not_today"}


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(MORNING, tick=False) as hands:
        yield hands


@pytest.fixture
def day() -> Day:
    return asked_day(
        asked_min=2,
        asked_max=3,
        assignment__patient__name="Sam Reed",
        assignment__patient__clinic__name="Riverside Backs",
    )


@pytest.fixture
def reminder(day) -> Reminder:
    return reminder_of(day)


def link(reminder: Reminder, name: str = "answer", purpose: str = "") -> str:
    token = tokens.make(reminder, purpose=purpose or ADDRESSES[name])
    return reverse(f"reminders:{name}", args=[token])


def press(mail: Client, reminder: Reminder, name: str, **data):
    return mail.post(link(reminder, name), data, follow=True)


def rows() -> dict[str, int]:
    """How many there are of everything, but for the tries that are counted."""
    ours = {"accounts", "patients", "reminders"}
    models = [m for m in apps.get_models() if m._meta.app_label in ours and m._meta.managed]
    counted = [model for model in models if model is not LimitUse]
    return {model._meta.label: model.objects.count() for model in counted}


def test_the_page_says_how_far_today_is_and_nothing_about_health(mail, reminder, day):
    do_session(day)
    page = mail.get(link(reminder))
    assertContains(page, "Hello Sam")
    assertContains(page, "1 of 2–3 done")
    for private in ("Reed", "Riverside", day.assignment.programme.title, "tretch 1"):
        assertNotContains(page, private)
    assert not page.cookies


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_whoever_only_looks_changes_nothing(mail, reminder, day, name, method):
    """Scanners follow every link, as often as they like, and some say that they prefetch."""
    do_session(day)
    before = rows()
    for _ in range(2):
        response = getattr(mail, method)(link(reminder, name), headers={"sec-purpose": "prefetch"})
        assert response.status_code in {200, 405}
    assert rows() == before


def test_done_logs_one_session_as_one_tap_on_today_does(mail, reminder, day):
    response = press(mail, reminder, "done")
    assertRedirects(response, link(reminder))
    assertContains(response, "Saved. Well done.")
    assertContains(response, "1 of 2–3 done")
    session = Session.objects.get()
    assert (session.day, session.recorded_by) == (day, day.assignment.patient.user)
    assert session.source == Session.Source.PATIENT
    assert session.ticks.count() == day.programme.items.count()
    assert AuditEvent.objects.filter(action="session_logged", subject_id=session.pk).exists()


def test_done_twice_is_one_session(mail, reminder, morning):
    press(mail, reminder, "done")
    morning.shift(HOUR)
    press(mail, reminder, "done")
    press(mail, reminder, "done", another="yes")
    assert Session.objects.count() == 1


def test_two_reminders_are_two_sessions(mail, reminder, day, morning):
    press(mail, reminder, "done")
    morning.move_to(EVENING)
    press(mail, reminder_of(day, at=AT_EVENING, due_at=EVENING, expires_at=EVENING), "done")
    assert Session.objects.count() == 2


def test_undo_takes_back_that_session_and_done_does_not_revive_it(mail, reminder, day):
    other = do_session(day)
    press(mail, reminder, "done", another="yes")
    response = press(mail, reminder, "undo")
    assertContains(response, "Taken back. It does not count.")
    press(mail, reminder, "undo")
    press(mail, reminder, "done", another="yes")
    kept = Session.objects.not_undone()
    assert (kept.get(), Session.objects.count()) == (other, 2)


def test_undo_takes_nothing_that_the_reminder_did_not_log(mail, reminder, day):
    do_session(day)
    assertContains(press(mail, reminder, "undo"), "There is nothing to take back.")
    assert Session.objects.not_undone().count() == 1


def test_soon_after_another_it_asks_first(mail, reminder, day):
    Session.objects.filter(pk=do_session(day).pk).update(performed_at=MORNING, received_at=MORNING)
    response = press(mail, reminder, "done")
    assertContains(response, "Was this another one?")
    assert Session.objects.count() == 1
    press(mail, reminder, "done", another="yes")
    assert Session.objects.count() == 2


@pytest.mark.parametrize(
    ("reason", "tip", "where"),
    [
        ("no_time", "brushing your teeth", "Choose other times"),
        ("pain", "new, strong or spreading", "/help/"),
        ("tired", "Then rest today", ""),
        ("away", "they can pause your exercises", ""),
        ("other", "they can change them", ""),
    ],
)
def test_not_today_is_kept_with_its_reason_and_answered(mail, reminder, day, reason, tip, where):
    response = press(mail, reminder, "not_today", reason=reason)
    assertRedirects(response, link(reminder))
    assertContains(response, "No more reminders come today.")
    assertContains(response, tip)
    assertContains(response, where)
    note = NotToday.objects.get()
    assert (note.day, note.reason, note.said_at) == (day, reason, MORNING)
    day.refresh_from_db()
    assert (day.state, day.asked_min) == (Day.State.ASKED, 2), "it excuses nothing"


def test_pain_names_the_clinics_numbers(mail, reminder, day):
    clinic = day.assignment.patient.clinic
    clinic.emergency_number, clinic.advice_number = "112", "116117"
    clinic.save()
    response = press(mail, reminder, "not_today", reason="pain")
    assertContains(response, '<a class="fw-semibold" href="tel:112">call 112</a>', html=True)
    assertContains(response, '<a class="fw-semibold" href="tel:116117">call 116 117</a>', html=True)


def test_the_last_reason_counts(mail, reminder):
    press(mail, reminder, "not_today", reason="away")
    response = press(mail, reminder, "not_today", reason="pain")
    assert NotToday.objects.get().reason == "pain"
    assertNotContains(response, 'value="pain"')


@pytest.mark.parametrize("data", [{}, {"reason": ""}, {"reason": "broken leg"}])
def test_a_reason_that_is_none_is_refused_in_words(mail, reminder, data):
    response = mail.post(link(reminder, "not_today"), data)
    assertContains(response, "Choose one of the reasons.", status_code=422)
    assert not NotToday.objects.exists()


def test_not_today_and_done_after_all(mail, reminder):
    press(mail, reminder, "not_today", reason="no_time")
    assertContains(press(mail, reminder, "done"), "Saved. Well done.")
    assert Session.objects.count() == 1


def complete(day):
    do_session(day)
    do_session(day)


def pause(day):
    by = day.assignment.patient.clinician
    plans.pause(day.assignment, from_on=ON, by=by, now=MORNING)


def end(day):
    plans.end(day.assignment, reason="", by=day.assignment.patient.clinician, now=MORNING)


def rest(day):
    Day.objects.filter(pk=day.pk).update(state=Day.State.REST)


def remove(day):
    day.delete()


def deactivate(day):
    day.assignment.patient.user.is_active = False
    day.assignment.patient.user.save()


def unlink(day):
    Patient.objects.filter(pk=day.assignment.patient_id).update(user=None)


CLOSED = [
    (complete, "Today is complete already. Well done."),
    (pause, "Your exercises are paused. There is nothing to do."),
    (end, "This programme has ended."),
    (end, "your exercises to keep, are on your page"),
    (rest, "Nothing is asked of you on that day."),
    (remove, "Nothing is asked of you on that day."),
    (deactivate, "Your page is closed."),
    (unlink, "Your page is closed."),
]


@pytest.mark.parametrize(("happened", "words"), CLOSED, ids=lambda v: getattr(v, "__name__", ""))
def test_where_nothing_is_asked_it_says_so_and_does_nothing(mail, reminder, day, happened, words):
    happened(day)
    before = rows()
    assertContains(mail.get(link(reminder)), words)
    for name, data in (("done", {}), ("not_today", {"reason": "pain"}), ("undo", {})):
        response = press(mail, reminder, name, **data)
        assert response.status_code == 200
        assertContains(response, words)
    assert rows() == before


PURPOSES = sorted(tokens.VALID_FOR)
ROUTES = {**ADDRESSES, "from_email": "change", "unsubscribe": "stop"}


@pytest.mark.parametrize(("name", "purpose"), [*product(ROUTES, PURPOSES)])
def test_each_token_opens_its_own_address_only(mail, reminder, name, purpose):
    before = rows()
    data = {"reason": "pain", "when": "never", "another": "yes"}
    response = Client().post(link(reminder, name, purpose), data)
    if ROUTES[name] == purpose:
        assert response.status_code in {200, 302}
    else:
        assertContains(response, "We do not know this link", status_code=404)
        assert rows() == before


@pytest.mark.parametrize("name", ADDRESSES)
def test_after_a_day_it_only_explains_itself(reminder, name, morning):
    mail = Client()
    morning.move_to(MORNING + DAY)
    assert mail.get(link(reminder, name)).status_code == 200
    morning.move_to(MORNING + DAY + timedelta(seconds=1))
    before = rows()
    for method in (mail.get, mail.head, mail.post):
        assert method(link(reminder, name), {"reason": "pain"}).status_code == 410
    response = mail.post(link(reminder, name))
    assertContains(response, "The buttons of a reminder work for one day.", status_code=410)
    assert rows() == before


@pytest.mark.parametrize(
    "tamper",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "0" * 32 + token[32:],
        lambda token: token.replace(token.split(".")[1], "7fffffff", 1),  # a later minute
        lambda token: ".".join(token.split(".")[::2]),  # none
        lambda token: "nonsense",
    ],
)
def test_a_changed_token_opens_nothing(reminder, tamper):
    before = rows()
    for name, purpose in ADDRESSES.items():
        token = tamper(tokens.make(reminder, purpose=purpose))
        address = reverse(f"reminders:{name}", args=[token])
        assert Client().post(address, {"reason": "pain"}).status_code == 404
    assert rows() == before


def test_another_patients_reminder_reaches_only_their_own_day(mail, reminder, day, as_user):
    """Whoever is signed in, the link is about the person whose reminder it was."""
    other = asked_day(assignment__patient__name="Ada Hill")
    as_user(other.assignment.patient.user).post(link(reminder, "done"))
    assert Session.objects.get().day == day
    press(mail, reminder_of(other), "done")
    assert other.sessions.count() == day.sessions.count() == 1


def test_a_deleted_reminder_is_explained(mail, reminder):
    address = link(reminder)
    reminder.delete()
    assertContains(mail.get(address), "We do not know this link", status_code=404)


def test_the_next_morning_it_is_about_yesterday(mail, day, morning):
    reminder = reminder_of(day, at=AT_EVENING, due_at=EVENING, expires_at=EVENING + 2 * HOUR)
    morning.move_to(MORNING + DAY)
    page = mail.get(link(reminder))
    assertContains(page, "This reminder was for Monday 30 March.")
    assertNotContains(page, "Not today")
    assertContains(press(mail, reminder, "not_today", reason="pain"), "That day is over.")
    assert not NotToday.objects.exists()
    assertContains(press(mail, reminder, "done"), "Saved. Well done.")
    assert Session.objects.get().day == day


def test_the_page_always_names_its_day(mail, reminder):
    """So that one left open overnight, with its "Done" of yesterday, is clear too."""
    words = "This reminder is for today, Monday 30 March."
    assertContains(mail.get(link(reminder)), words)
    assertContains(press(mail, reminder, "done"), words)


def test_not_today_is_not_said_of_today_the_day_after(mail, reminder, morning):
    press(mail, reminder, "not_today", reason="tired")
    morning.move_to(MORNING + DAY)
    page = mail.get(link(reminder))
    assertContains(page, "You told us that you left it out that day.")
    assertNotContains(page, "No more reminders come today")
    assertNotContains(page, "rest today")


def test_pain_of_yesterday_leads_to_the_clinic_still(mail, reminder, morning):
    press(mail, reminder, "not_today", reason="pain")
    morning.move_to(MORNING + DAY)
    page = mail.get(link(reminder))
    assertContains(page, "Do you still have that pain? Then call your clinic.")
    assertContains(page, "Read when to get help")


def test_the_page_renews_itself_on_another_date_but_not_the_answer_to_a_button(
    mail, reminder, day, morning
):
    assertContains(mail.get(link(reminder)), "data-day-ends-in=")
    Session.objects.filter(pk=do_session(day).pk).update(performed_at=MORNING, received_at=MORNING)
    asked = press(mail, reminder, "done")
    assertContains(asked, "Was this another one?")
    assertNotContains(asked, "data-day-ends-in=")


def test_it_signs_nobody_in(mail, reminder):
    press(mail, reminder, "done")
    assert "sessionid" not in mail.cookies
    assert mail.get(reverse("today:today")).status_code == 302


def test_queries_do_not_grow_with_what_was_done(mail, reminder, day, django_assert_max_num_queries):
    for _ in range(5):
        do_session(day)
        PatientFactory(clinic=day.assignment.patient.clinic)
    with django_assert_max_num_queries(6):
        mail.get(link(reminder))


def test_the_clinician_reads_it_on_the_record_and_in_the_caseload(mail, reminder, day, as_user):
    press(mail, reminder, "not_today", reason="pain")
    patient = day.assignment.patient
    physio = as_user(patient.clinician)
    words = "Said not today: pain (Mon 30 Mar)"
    assertContains(
        physio.get(reverse("caseload:record", args=[patient.pk])), words, count=3
    )  # reason, its button, log
    assertContains(physio.get(reverse("caseload:caseload")), words)

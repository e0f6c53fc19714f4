"""One letter about several people: the page that lists each, and what leads there and back."""

import re
from datetime import timedelta

import pytest
import time_machine
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from patients.models import ClosedBecause, Day, Session
from patients.services import access, plans, signs
from reminders import services
from reminders.models import Reminder
from tests.patients.scene import items_of
from tests.reminders.letters import address, family, one_letter, words_of
from tests.reminders.nudging import MINUTE, MORNING, ON, deliver, do_session, looked_until
from tests.reminders.test_access_closed import accept_anew

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
OF = {"Ana": "Ana Reed", "Ben": "Ben Reed", "Mia": "Mia Reed"}


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(MORNING, tick=False) as hands:
        yield hands


@pytest.fixture
def days() -> list[Day]:
    return family("Ben", "Ana")


@pytest.fixture
def letter(days) -> list[Reminder]:
    return one_letter(days)


def page_of(letter) -> str:
    return address("letter", letter[0], "letter")


def close(day: Day, *, now=MORNING) -> None:
    patient = day.assignment.patient
    why = ClosedBecause.WRONG_PERSON
    access.close_access(patient, because=why, by=patient.clinician, now=now)


def section(response, name: str) -> str:
    """What the list says of one person."""
    html = response.content.decode()
    [found] = [part for part in html.split("<section")[1:] if f">{name}</h2>" in part]
    return " ".join(re.sub(r"<[^>]+>", " ", found.partition("</section>")[0]).split())


# --- what the letter holds ---


@pytest.mark.parametrize("names", [("Ana", "Ben"), ("Ana", "Ben", "Mia")])
def test_its_one_button_leads_to_a_page_that_lists_each(mail, smtp_server, names):
    family(*names)
    looked_until(MORNING - MINUTE)
    services.tick(now=MORNING)
    deliver(MORNING)
    [message] = smtp_server.messages
    html = message.get_body(("html",)).get_content()
    found = re.findall(r'href="http://testserver(/reminders/[^"]+)"', html)
    opened, change = found
    page = mail.get(opened)
    assert page.status_code == 200
    assert [name for name in OF if f">{name}</h2>" in page.content.decode()] == [*names]
    for name in names:
        assert "0 of 2–3 done" in section(page, name)
        assertContains(mail.get(change), f">{name}</a>")
    stop = re.search(r"<http://testserver(/reminders/[^>]+)>", message["List-Unsubscribe"])
    assertContains(mail.get(stop[1]), " and ".join(names[-2:]))


def test_a_letter_about_one_leads_to_their_own_page(mail, smtp_server):
    family("Ana")
    looked_until(MORNING - MINUTE)
    services.tick(now=MORNING)
    deliver(MORNING)
    [message] = smtp_server.messages
    [opened, _change] = re.findall(
        r'href="http://testserver(/reminders/[^"]+)"', message.get_body(("html",)).get_content()
    )
    page = mail.get(opened)
    assertContains(page, "Hello Ana")
    assertNotContains(page, "Back to the list")


# --- the list ---


def test_it_says_how_far_each_is_and_nothing_more_about_them(mail, letter, days):
    do_session(days[0])
    page = mail.get(page_of(letter))
    assert "1 of 2–3 done" in section(page, "Ben")
    assert "0 of 2–3 done" in section(page, "Ana")
    said = page.content.decode()
    assert said.index(">Ana</h2>") < said.index(">Ben</h2>")
    for day in days:
        patient = day.assignment.patient
        for private in (patient.name, patient.clinic.name, str(patient.clinic_id)):
            assertNotContains(page, private)
        for item in items_of(day.assignment):
            assertNotContains(page, item.exercise_version.name)
    assert not page.cookies


def test_done_is_for_that_one_only_and_leads_back_to_the_list(mail, letter, days):
    response = mail.post(address("done", letter[1], "done"), follow=True)
    assertRedirects(response, address("answer", letter[1], "open"))
    assertContains(response, "Hello Ana")
    assertContains(response, "How is your pain now?")
    assert Session.objects.get().day == days[1]
    [back] = re.findall(r'href="(/reminders/letters/[^"]+)"', response.content.decode())
    page = mail.get(back)
    assert "Saved. Well done." in section(page, "Ana")
    assert "I’ve done it" not in section(page, "Ana")
    assert "I’ve done it" in section(page, "Ben")


def test_each_has_a_way_to_their_own_page(mail, letter):
    said = mail.get(page_of(letter)).content.decode()
    for one, name in zip(letter, ("Ben", "Ana"), strict=True):
        own = address("answer", one, "open")
        assert f'href="{own}"' in said
        page = mail.get(own)
        for words in (f"Hello {name}", "Start now", "Not today, because…", "Back to the list"):
            assertContains(page, words)


def complete(day):
    do_session(day)
    do_session(day)


def pause(day):
    plans.pause(day.assignment, from_on=ON, by=day.assignment.patient.clinician, now=MORNING)


def end(day):
    plans.end(day.assignment, reason="", by=day.assignment.patient.clinician, now=MORNING)


def stop(day):
    signs.tell(day.assignment.patient, by=day.assignment.patient.user, now=MORNING)


def rest(day):
    Day.objects.filter(pk=day.pk).update(state=Day.State.REST)


def hurt(day):
    do_session(day, pain_after=8)


def not_today(day):
    [reminder] = Reminder.objects.filter(assignment=day.assignment)
    services.not_today(reminder, reason="tired", now=MORNING)


SINCE = {
    complete: "Today is complete already. Well done.",
    pause: "Your exercises are paused.",
    end: "This programme has ended.",
    stop: "No exercises for now.",
    rest: "Nothing is asked of you on that day.",
    hurt: "Take it easy now, and rest.",
    not_today: "No more reminders come today.",
}


@pytest.mark.parametrize("happened", SINCE, ids=lambda what: what.__name__)
def test_one_of_whom_nothing_is_asked_any_more_is_told_calmly(mail, letter, days, happened):
    happened(days[0])
    page = mail.get(page_of(letter))
    assert SINCE[happened] in section(page, "Ben")
    assert "I’ve done it" not in section(page, "Ben")
    assert "I’ve done it" in section(page, "Ana")


def test_two_reminders_about_one_record_are_listed_once(mail, days):
    due = {"due_at": MORNING + HOUR, "expires_at": MORNING + 3 * HOUR, "at": "09:30"}
    first, *_others = one_letter(days)
    again = one_letter([days[0]], **due)
    Reminder.objects.filter(pk__in=[one.pk for one in again]).update(letter=first.pk)
    assert words_of(mail.get(page_of([first]))).count("I’ve done it") == 2


# --- closed since ---


def test_one_that_was_closed_since_is_neither_named_nor_listed(mail, days):
    [*days, mia] = [
        *days,
        *family("Mia", assignment__patient__user=days[0].assignment.patient.user),
    ]
    letter = one_letter([mia, *days])
    close(mia)
    page = mail.get(page_of(letter))
    assertNotContains(page, "Mia")
    assert "0 of 2–3 done" in section(page, "Ana")
    for shown in (
        mail.get(address("letter_change", letter[0], "letter_change")),
        mail.get(address("unsubscribe", letter[0], "stop")),
        mail.get(address("answer", letter[1], "open")),
    ):
        assert shown.status_code == 200
        assertNotContains(shown, "Mia")


def test_with_one_left_the_links_lead_to_their_own_pages(mail, letter, days):
    close(days[0])
    assertRedirects(mail.get(page_of(letter)), address("answer", letter[1], "open"))
    change = address("letter_change", letter[0], "letter_change")
    assertRedirects(mail.get(change), address("from_email", letter[1], "change"))
    for page in (mail.get(page_of(letter), follow=True), mail.get(change, follow=True)):
        assertContains(page, "Hello Ana")
        assertNotContains(page, "Ben")
        assertNotContains(page, "Back to the list")


def test_with_all_closed_it_names_neither_people_nor_one_of_their_clinics(mail, letter, days):
    for day in days:
        close(day)
    page = mail.get(page_of(letter))
    assertContains(page, "This link no longer works", status_code=410)
    for day in days:
        for private in (day.assignment.patient.called, day.assignment.patient.clinic.name):
            assertNotContains(page, private, status_code=410)


def test_a_token_of_one_reminder_opens_no_list_of_others(mail, letter):
    """Only the first one's key is the letter's."""
    assert mail.get(address("letter", letter[1], "letter")).status_code == 404
    assert mail.get(address("letter", letter[0], "open")).status_code == 404


def test_after_a_day_the_list_explains_itself(mail, letter, morning):
    morning.move_to(MORNING + DAY + MINUTE)
    page = mail.get(page_of(letter))
    assertContains(page, "The buttons of a reminder work for one day.", status_code=410)
    change = address("letter_change", letter[0], "letter_change")
    assert mail.get(change).status_code == 200
    morning.move_to(MORNING + 366 * DAY)
    assertContains(mail.get(change), "more than a year old", status_code=410)


def test_one_whose_buttons_are_over_has_none(mail, days, morning):
    [first] = one_letter(days[:1])
    [second] = one_letter(days[1:], due_at=MORNING - HOUR, at="07:30")
    Reminder.objects.filter(pk=second.pk).update(letter=first.pk)
    morning.move_to(MORNING + DAY - MINUTE)
    page = mail.get(page_of([first]))
    assert "The buttons of a reminder work for one day." in section(page, "Ana")
    assert "I’ve done it" not in section(page, "Ana")
    assert "I did it that day" in section(page, "Ben")


# --- stopping ---


def test_one_click_stops_all_that_it_names_in_every_clinic(mail, letter, days):
    [other] = family("Mia")  # of another account
    answer = mail.post(address("unsubscribe", letter[0], "stop"), {"List-Unsubscribe": "One-Click"})
    assertContains(answer, "No more reminders will come for Ana and Ben.")
    for day in days:
        assert not services.chosen(day.assignment.patient).is_on
    assert services.chosen(other.assignment.patient).is_on


def test_each_is_turned_on_again_by_itself(mail, letter, days):
    answer = mail.post(address("unsubscribe", letter[0], "stop"))
    for one, name in zip(letter, ("Ben", "Ana"), strict=True):
        assertContains(answer, address("from_email", one, "change"))
        assert f"Turn on again for {name}" in words_of(answer)
    page = mail.post(address("from_email", letter[1], "change"), {"when": "usual"})
    assertContains(page, "Back to the list")
    assert services.chosen(days[1].assignment.patient).is_on
    assert not services.chosen(days[0].assignment.patient).is_on


def test_of_one_closed_since_only_its_own_stop(mail, letter, days):
    """Its new owner's other records are nobody's business here."""
    close(days[0])
    owner = accept_anew(days[0].assignment.patient)
    [other] = family("Mia", assignment__patient__user=owner)
    answer = mail.post(address("unsubscribe", letter[0], "stop"))
    assertContains(answer, "No more reminders will come for Ana.")
    assertNotContains(answer, "Ben")
    for day in days:
        assert not services.chosen(day.assignment.patient).is_on
    assert services.chosen(other.assignment.patient).is_on


def test_what_stops_besides_is_said_and_not_named(mail, days):
    [first] = one_letter(days[:1])
    stop_page = address("unsubscribe", first, "stop")
    assertContains(mail.get(stop_page), "Those for other people at this e-mail address stop, too.")
    answer = mail.post(stop_page)
    assertContains(answer, "No more reminders will come for Ben.")
    assertContains(answer, "Those for other people at this e-mail address are off, too.")
    assertNotContains(answer, "Ana")
    assert not services.chosen(days[1].assignment.patient).is_on


# --- how much it asks of the database ---


def test_queries_do_not_grow_with_the_people(mail, django_assert_num_queries):
    for names in (["Ana", "Ben"], ["Ana", "Ben", "Mia", "Lea", "Tom", "Eva"]):
        letter = one_letter(family(*names))
        for day in Day.objects.all():
            do_session(day)
        with django_assert_num_queries(4):  # the reminders, days, signs, sessions
            assert mail.get(page_of(letter)).status_code == 200
        with django_assert_num_queries(1):
            mail.get(address("letter_change", letter[0], "letter_change"))

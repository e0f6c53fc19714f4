"""The reminder as it arrives: plain, short, and without a word about health."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from reminders import services, tokens
from reminders.models import Reminder
from tests.reminders.nudging import MINUTE, MORNING, asked_day, deliver, do_session, looked_until

pytestmark = pytest.mark.django_db


def received(smtp_server, day=None, *, asked=(2, 3), done=0, at=MORNING, **fields):
    day = day or asked_day(asked_min=asked[0], asked_max=asked[1], **fields)
    looked_until(at - MINUTE)
    services.tick(now=at)
    for _ in range(done):
        do_session(day)
    deliver(at)
    [message] = smtp_server.messages
    return message


def text_of(message) -> str:
    return " ".join(message.get_body(("plain",)).get_content().split())


def html_of(message) -> str:
    return message.get_body(("html",)).get_content()


def test_it_says_little_and_asks_for_one_thing(smtp_server):
    message = received(smtp_server, assignment__patient__name="Sam Reed")
    reminder = Reminder.objects.get()
    assert message["Subject"] == "Your reminder for today"
    assert message["To"] == reminder.patient.user.email
    assert message["Message-ID"] == reminder.message_id
    text = text_of(message)
    assert text.startswith(
        "Hello Sam, there are 2 or 3 sessions today. A few quiet minutes are enough"
    )
    answer = reverse("reminders:answer", args=[tokens.make(reminder, purpose="open")])
    assert f"http://testserver{answer} " in text
    assert html_of(message).count("Open my page") == 1
    assert "Stop or change these reminders" in html_of(message)


@pytest.mark.parametrize(
    ("asked", "done", "words"),
    [
        ((3, 3), 0, "Hello Sam, there are 3 sessions today."),
        ((3, 3), 0, "A few quiet minutes are enough for the first one."),
        ((1, 1), 0, "Hello Sam, there is one session today. A few quiet minutes are enough."),
        ((1, 2), 0, "Hello Sam, there are 1 or 2 sessions today."),
        ((3, 5), 0, "Hello Sam, there are 3 to 5 sessions today."),
    ],
)
def test_the_days_target_in_words(smtp_server, asked, done, words):
    at = MORNING if asked[0] > 1 else MORNING.replace(hour=17, minute=0)
    message = received(
        smtp_server, asked=asked, done=done, at=at, assignment__patient__name="Sam Reed"
    )
    assert words in text_of(message)


@pytest.mark.parametrize(("asked", "shown"), [((2, 3), "1 of 2–3"), ((2, 2), "1 of 2")])
def test_how_far_today_is(smtp_server, asked, shown):
    evening = MORNING.replace(hour=17)
    message = received(
        smtp_server, asked=asked, done=1, at=evening, assignment__patient__name="Sam Reed"
    )
    expected = f"Hello Sam, {shown} done today. A few quiet minutes are enough for the next one."
    assert expected in text_of(message)
    assert expected in " ".join(html_of(message).split())


def test_no_machine_answers_it_and_nobody_is_followed(smtp_server):
    """One link for each word that can be pressed, no picture, and nothing from elsewhere."""
    message = received(smtp_server)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Feedback-ID"] == "reminder:homestretch:localhost"
    html = html_of(message)
    assert re.findall(r"<(?:img|script|link|iframe)", html) == []
    assert len(re.findall(r'href="http://testserver/reminders/[^"]+"', html)) == 2
    assert len(re.findall(r"https?://", html)) == 2


def test_it_is_in_the_patients_language(smtp_server, settings):
    """Marked so, too: a screen reader speaks as the page says."""
    message = received(smtp_server, assignment__patient__language="cy")
    assert '<html lang="cy" dir="ltr">' in html_of(message)


def test_who_is_called_nothing_else_reads_the_whole_name(smtp_server):
    called = {"assignment__patient__name": "Weber, Ana", "assignment__patient__called": ""}
    assert text_of(received(smtp_server, **called)).startswith("Hello Weber, Ana, there are")


def test_no_clinical_detail_and_of_who_it_is_only_what_they_are_called(smtp_server):
    day = asked_day(
        assignment__patient__name="Sam Reed",
        assignment__patient__clinic__name="Riverside Backs",
        assignment__patient__clinic__name_in_mail="Green Door",
    )
    exercise = day.assignment.programme.items.get().exercise_version
    whole = received(smtp_server, day).as_string().lower()
    titles = ("Riverside", day.assignment.programme.title, exercise.name)
    for private in (*titles, "Reed", "physio", "pain", "exercise"):
        assert private.lower() not in whole
    assert "from: green door <" in whole


def test_mail_programs_can_unsubscribe_with_one_click(smtp_server):
    """Looked at as it came over the wire: a link in several pieces would be no link."""
    received(smtp_server)
    [raw] = smtp_server.raw
    head = raw.partition(b"\r\n\r\n")[0].decode().splitlines()
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in head
    [link] = [line for line in head if line.startswith("List-Unsubscribe: ")]
    address = r"http://testserver(/reminders/[0-9a-f]{32}\.[0-9a-f]+\.[\w-]+/stop/)"
    found = re.fullmatch(f"List-Unsubscribe: <{address}>", link)
    assert found
    assert Client().post(found[1], {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not services.chosen(Reminder.objects.get().patient).is_on


def test_a_name_cannot_write_html(smtp_server):
    message = received(smtp_server, assignment__patient__name="<b>Sam</b> Reed")
    assert "<b>" not in html_of(message)
    assert "Hello <b>Sam</b>," in text_of(message)

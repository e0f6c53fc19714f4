"""Every kind of e-mail as it arrives, over real SMTP: recognisable, and without a word too many."""

import re
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses
from html.parser import HTMLParser
from pathlib import Path

import pytest
import time_machine

import clock
from accounts import letter_words, tasks
from accounts.models import Clinic, Letter
from reminders.channels import EMAIL
from reminders.message import Named
from tests.accounts.every_mail import MAILS, patient_invitation, sign_in_code
from tests.cast import Cast
from tests.factories import PatientFactory
from tests.reminders import nudging
from tests.reminders.nudging import asked_day
from tests.visible import words_of

pytestmark = pytest.mark.django_db
NEUTRAL = "Green Door, North & Söhne"
TEMPLATES = Path(__file__).parents[2] / "templates" / "emails"
# What would say something of anybody's health, and what a mailer would say to be followed.
FORBIDDEN = re.compile(
    r"exercis|physio|therap|treat|pain|hurt|injur|rehab|muscle|diagnos|condition|symptom|health"
    r"|(?<!take it )\bback\b|\b(?:neck|knee|hip|shoulder|ankle|wrist|elbow|spine|leg|arm|body)s?\b"
    r"|riverside",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(nudging.MORNING, tick=False):
        yield


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """The clinic's own name says what somebody is treated for."""
    Clinic.objects.filter(pk=cast.clinic.pk).update(name="Riverside Backs", name_in_mail=NEUTRAL)
    cast.clinic.refresh_from_db()
    cast.record.refresh_from_db()
    return cast


def arrived(smtp_server) -> tuple[EmailMessage, bytes]:
    tasks.deliver_letters()
    nudging.deliver(clock.now(), by=EMAIL)
    [message], [raw] = smtp_server.messages, smtp_server.raw
    return message, raw


def header(raw: bytes, name: str) -> str:
    """As it came over the wire, unfolded; there is one."""
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii")
    assert all(len(line) <= 998 for line in head.splitlines())
    lines = re.sub(r"\r\n(?=[ \t])", "", head).split("\r\n")
    [found] = [line for line in lines if line.lower().startswith(f"{name.lower()}:")]
    return found.partition(":")[2].strip()


def sender(raw: bytes) -> tuple[str, str]:
    """Name and address, read as mail programs do; there is one."""
    [(name, address)] = getaddresses([header(raw, "From")])
    return str(make_header(decode_header(name))), address


def text_of(message: EmailMessage) -> str:
    return message.get_body(("plain",)).get_content()


def html_of(message: EmailMessage) -> str:
    return message.get_body(("html",)).get_content()


class Elements(HTMLParser):
    """Each element of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_every_template_is_among_them():
    templates = {path.name.partition(".")[0] for path in TEMPLATES.iterdir()}
    letters = {name for name in templates if not name.startswith("_")}
    assert letters == MAILS.keys() - {"reminder_of_several"}


@pytest.mark.parametrize("kind", MAILS)
def test_it_says_whom_it_is_from_and_is_answered_by_no_machine(kind, cast, smtp_server):
    MAILS[kind](cast)
    message, raw = arrived(smtp_server)
    expected = "Hillside" if kind == "clinic_started" else NEUTRAL
    assert sender(raw) == (expected, "no-reply@localhost")
    [(_none, to)] = getaddresses([header(raw, "To")])
    assert re.fullmatch(r"[\w.]+@example\.org", to)
    assert header(raw, "Auto-Submitted") == "auto-generated"
    assert re.fullmatch(r"<[0-9a-f-]{36}@localhost>", header(raw, "Message-ID"))
    assert header(raw, "Date").startswith("Mon, 30 Mar 2026 07:30:00")
    assert header(raw, "Subject")
    assert [part.get_content_type() for part in message.iter_parts()] == [
        "text/plain",
        "text/html",
    ]
    page = html_of(message)
    assert expected in words_of(page), "its head"
    assert expected in text_of(message).splitlines()
    assert text_of(message).splitlines()[-1] == "Homestretch"


@pytest.mark.parametrize("kind", MAILS)
def test_its_text_is_as_good_as_its_page(kind, cast, smtp_server):
    MAILS[kind](cast)
    message, _raw = arrived(smtp_server)
    text, elements = text_of(message), Elements(html_of(message)).found
    links = [attributes["href"] for tag, attributes in elements if tag == "a"]
    assert all(link in text for link in links)
    assert len(set(links)) == len(re.findall(r"https?://", text)), "and no other"
    said = " ".join(words_of(html_of(message)))
    for number in re.findall(r"\d+", said):
        assert re.search(rf"(?<!\d){number}(?!\d)", text), number
    words = set(re.findall(r"[^\W\d]{5,}", said.lower()))
    labels = set(re.findall(r"[^\W\d]{5,}", "button shows opens invitation team"))
    assert words - labels <= set(re.findall(r"[^\W\d]{5,}", text.lower()))


@pytest.mark.parametrize("kind", MAILS)
def test_its_page_needs_neither_pictures_nor_a_style_sheet(kind, cast, smtp_server):
    MAILS[kind](cast)
    page = html_of(arrived(smtp_server)[0])
    elements = Elements(page).found
    assert re.findall(r"<(?:img|link|script|svg|iframe)|url\(|@import|@font-face", page) == []
    assert sum(attributes.get("class") == "button-link" for _tag, attributes in elements) <= 1
    for tag, attributes in elements:
        has_a_look = tag in {"body", "p", "a"} or "class" in attributes
        assert not has_a_look or attributes.get("style"), (tag, attributes)
    [sheet] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert re.fullmatch(r"\s*@media \(prefers-color-scheme: dark\) \{.*\}\s*", sheet, re.DOTALL)
    assert len(sheet) < 8192, "Gmail reads no more"
    assert '<html lang="en-gb" dir="ltr">' in page
    for name in ("color-scheme", "supported-color-schemes"):
        assert f'<meta name="{name}" content="light dark">' in page


@pytest.mark.parametrize("kind", MAILS)
def test_it_says_nothing_of_anybodys_health(kind, cast, smtp_server):
    MAILS[kind](cast)
    message, raw = arrived(smtp_server)
    subject = str(make_header(decode_header(header(raw, "Subject"))))
    said = [subject, sender(raw)[0], text_of(message), *words_of(html_of(message))]
    plain = [re.sub(r"https?://\S+", "", words) for words in said]
    assert [words for words in plain if FORBIDDEN.search(words)] == []


@pytest.mark.parametrize("kind", MAILS)
def test_its_sentences_are_short(kind, cast, smtp_server):
    MAILS[kind](cast)
    text = re.sub(r"https?://\S+", "", text_of(arrived(smtp_server)[0]))
    sentences = re.split(r"[.?!:]\s|\n", text.replace(NEUTRAL, "Clinic"))
    assert [one for one in sentences if len(one.split()) > 20] == []


@pytest.mark.parametrize("kind", ["reminder", "reminder_test", "sign_in_code"])
def test_only_reminders_can_be_left_with_one_click(kind, cast, smtp_server):
    MAILS[kind](cast)
    _message, raw = arrived(smtp_server)
    has_it = b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    assert has_it is (kind == "reminder")


NAMES = [
    "Riverside",
    'Practice "Plus", Ltd',
    "O'Neill (West); Ward <b>",
    "Müller, Söhne & Töchter",
    "Центр движения и отдыха, кабинет номер пять, второй этаж, улица Длинная, вход со двора",
    "مركز الحركة",
    "A\\B",
    "運動の家" * 30,
    "x" * 120,
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_stands_before_our_own_address(name, cast, smtp_server):
    Clinic.objects.filter(pk=cast.clinic.pk).update(name_in_mail=name)
    cast.clinic.refresh_from_db()
    patient_invitation(cast)
    _message, raw = arrived(smtp_server)
    assert sender(raw) == (name, "no-reply@localhost")
    encoded = re.findall(r"=\?utf-8\?\S+?\?=", raw.partition(b"\r\n\r\n")[0].decode("ascii"))
    assert all(len(word) <= 75 for word in encoded)
    subject = str(make_header(decode_header(header(raw, "Subject"))))
    assert subject == f"{name} has made a page for you"


@pytest.mark.parametrize(
    "name", ["a\r\nBcc: all@example.org", "boss@bank.example", "=?utf-8?q?bank=2Eexample?="]
)
def test_an_old_name_that_breaks_the_rules_is_not_said(name, cast, smtp_server):
    """A line break is read as a space: what is left of it is no header."""
    Clinic.objects.filter(pk=cast.clinic.pk).update(name=name, name_in_mail="")
    cast.clinic.refresh_from_db()
    patient_invitation(cast)
    message, raw = arrived(smtp_server)
    assert sender(raw) == ("Homestretch", "no-reply@localhost")
    assert message["Bcc"] is None
    assert "Homestretch has made a page for you" in text_of(message).replace("Priya Shah of ", "")


def test_without_a_name_of_its_own_the_clinics_stands(cast, smtp_server):
    Clinic.objects.filter(pk=cast.clinic.pk).update(name_in_mail="", name="Riverside")
    sign_in_code(cast)
    assert sender(arrived(smtp_server)[1])[0] == "Riverside"


def test_a_reminder_about_two_clinics_names_neither(cast, smtp_server):
    asked_day(assignment__patient__user=cast.patient, assignment__patient__name="Ana")
    MAILS["reminder"](cast)
    message, raw = arrived(smtp_server)
    assert sender(raw)[0] == "Homestretch"
    assert "Ana: " in text_of(message)


def test_whoever_has_pages_of_two_clinics_reads_neithers_name(cast, smtp_server, settings):
    settings.DEFAULT_FROM_EMAIL = '"Practice, South" <no-reply@localhost>'
    PatientFactory(user=cast.patient, email=cast.patient.email, clinic__name="Hillside Backs")
    sign_in_code(cast)
    message, raw = arrived(smtp_server)
    assert sender(raw)[0] == "Practice, South"
    assert text_of(message).splitlines()[-1] == "Practice, South"


def test_what_was_sent_does_not_keep_whose_it_was(cast, smtp_server):
    patient_invitation(cast)
    assert Letter.objects.get().sender == NEUTRAL
    arrived(smtp_server)
    assert Letter.objects.get().sender == ""


def test_an_invitation_says_who_made_the_page_and_what_happens(cast, smtp_server):
    patient_invitation(cast)
    message, raw = arrived(smtp_server)
    text = " ".join(text_of(message).split())
    assert f"Priya Shah of {NEUTRAL} has made a page for you." in text
    assert "It shows what to do each day, and you tick it off there." in text
    assert "Your page opens once you press “Open my page” there." in text
    assert "nothing happens unless somebody opens the link and presses the button" in text
    assert f"You get this e-mail because {NEUTRAL} wrote down your address." in text


def test_of_a_clinician_without_a_name_it_says_the_clinic_only(cast, smtp_server):
    cast.clinician.name = "www.evil.example"
    cast.clinician.save()
    patient_invitation(cast)
    text = text_of(arrived(smtp_server)[0])
    assert f"\n{NEUTRAL} has made a page for you." in text


def test_several_records_are_named_line_by_line(cast, smtp_server):
    MAILS["reminder_of_several"](cast)
    message, _raw = arrived(smtp_server)
    greeting, _empty, *lines = text_of(message).splitlines()[:5]
    assert greeting == "Hello, there is something left to do today:"
    assert lines[:2] == [
        "Ana: 3 or 4 sessions today",
        "Bartholomäus-Maximilian: 4 or 5 sessions today",
    ]
    assert re.fullmatch(r"Sam[\w ]*: 2 or 3 sessions today", lines[2])
    said = words_of(html_of(message))
    assert [line for line in (greeting, *lines) if line not in said] == []


@pytest.mark.parametrize(
    ("done", "asked", "words"),
    [
        (1, (2, 2), "Ana: 1 of 2 done"),
        (1, (2, 3), "Ana: 1 of 2–3 done"),
        (0, (1, 1), "Ana: 1 session today"),
        (0, (2, 2), "Ana: 2 sessions today"),
        (0, (3, 5), "Ana: 3 to 5 sessions today"),
    ],
)
def test_how_far_each_record_is(done, asked, words):
    named = Named("Ana", done, *asked)
    context = {"named": [named, named], "link": "https://a", "change_link": "https://b"}
    written = letter_words.render("reminder", context)
    assert f"\n{words}\n{words}\n" in written.text
    assert written.html.count(words) == 2

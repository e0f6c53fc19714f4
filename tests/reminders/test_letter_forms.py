"""Letters are filled into a form made once: the same bytes as if each were written by itself."""

import re
import uuid
from email import message_from_bytes, policy

import pytest
from django.core.signing import Signer

from outbox.email import Form, Written, wire
from reminders import letter, services, tokens
from reminders.models import Reminder
from tests.reminders.nudging import MINUTE, MORNING, asked_day, looked_until

NAMES = ["Sam", "Zoë", "O'Neil", "Łukasz&Co", "<b>Sam</b>", "佐藤", "zq-link", "."]


def reminder_for(name="Sam", email="sam@example.org", language="en-gb") -> Reminder:
    reminder = Reminder(pk=uuid.UUID(int=7), due_at=MORNING)
    reader = letter.Reader(uuid.UUID(int=8), email, "", f"{name} Reed", language, [1, 2, 3])
    reminder.reader = reader
    return reminder


def without_boundary(content: bytes) -> bytes:
    """It is drawn by lot for each form."""
    [boundary] = re.findall(rb'boundary="(\w+)"', content)
    return content.replace(boundary, b"boundary")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_filled_in_it_is_the_message_written_anew(name, language):
    filled = letter.write(reminder_for(name, language=language), MORNING)
    assert without_boundary(filled.content) == without_boundary(wire(filled.whole()))
    message = message_from_bytes(filled.content, policy=policy.default)
    assert f"Hello {name}," in message.get_body(("plain",)).get_content()
    assert not message.defects


@pytest.mark.parametrize("unusual", [{"name": "S" * 990}, {"email": "zoë@example.org"}])
def test_what_no_form_can_hold_is_written_anew(unusual, monkeypatch):
    fillings = []
    filled = Form.filled
    monkeypatch.setattr(
        Form, "filled", lambda form, values: fillings.append(filled(form, values)) or fillings[-1]
    )
    message = letter.write(reminder_for(**unusual), MORNING)
    assert fillings == [None]
    parsed = message_from_bytes(message.content, policy=policy.default)
    assert parsed["Message-ID"] == reminder_for().message_id


def test_a_control_in_an_old_name_is_left_out():
    message = letter.write(reminder_for("S\x07m"), MORNING)
    assert b"Hello Sm," in message.content


def test_a_line_break_in_an_address_goes_nowhere():
    with pytest.raises(ValueError, match="line"):
        letter.write(reminder_for(email="sam@example.org\nBcc: eve@example.org"), MORNING)


def test_two_letters_share_nothing_of_their_own():
    first = letter.write(reminder_for("Sam"), MORNING)
    second = letter.write(reminder_for("Ada", "ada@example.org"), MORNING)
    assert isinstance(first, Written)
    assert (first.to, second.to) == ("sam@example.org", "ada@example.org")
    assert b"Sam" not in second.content
    assert b"sam@" not in second.content


@pytest.mark.parametrize("purpose", ["open", "change", "stop"])
def test_signatures_are_djangos_own(purpose):
    token = tokens.make(reminder_for(), purpose=purpose)
    value, _dot, signature = token.rpartition(".")
    assert Signer(salt=f"reminders.{purpose}", sep=".").signature(value) == signature


@pytest.mark.django_db
def test_one_erased_meanwhile_holds_up_no_other():
    kept, erased = asked_day(), asked_day()
    looked_until(MORNING - MINUTE)
    services.tick(now=MORNING)
    rows = Reminder.objects.claim(2, now=MORNING)
    Reminder.objects.filter(assignment=erased.assignment).delete()
    Reminder.objects.fetch_for(rows)
    written = {row.assignment_id for row in rows if "reader" in row.__dict__}
    assert written == {kept.assignment_id}

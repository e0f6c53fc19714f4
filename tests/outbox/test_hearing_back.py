"""What a table is told of the answers to its messages, and when."""

import smtplib

import pytest
from django.db import DataError, connection

from accounts.models import Letter, LetterQuerySet
from outbox import delivery
from outbox.models import State
from outbox.outcomes import is_about_recipient

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch) -> list:
    """The table's own ear, as another app would write it."""
    answers = []

    def on_refused(self, row, refusal, *, now):
        state = Letter.objects.get(pk=row.pk).state
        answers.append((state, (refusal.code, refusal.for_good, refusal.of_recipient)))

    def on_accepted(self, rows):
        answers.extend((State.SENT, None) for _ in rows)

    monkeypatch.setattr(LetterQuerySet, "on_refused", on_refused)
    monkeypatch.setattr(LetterQuerySet, "on_accepted", on_accepted)
    return answers


@pytest.mark.parametrize(
    ("behaviour", "answers"),
    [
        ("accept", [(State.SENT, None)]),
        ("refuse 550", [(State.FAILED, ("550", True, True))]),
        ("refuse 450", [(State.DUE, ("450", False, True))]),
        ("554 no", [(State.FAILED, ("554", True, False))]),
        ("drop_before_dot", [(State.DUE, ("dropped", False, False))]),
        ("drop_after_dot", []),
    ],
)
def test_each_answer_is_heard_once(smtp_server, letter, clock, heard, behaviour, answers):
    smtp_server.behaviour = behaviour
    delivery.deliver(Letter.objects.all(), write=Letter.as_email, clock=clock)
    assert heard == answers


def test_a_message_that_never_left_has_no_answer(smtp_server, letter, clock, heard):
    smtp_server.stop()
    delivery.deliver(Letter.objects.all(), write=Letter.as_email, clock=clock)
    assert heard == []


def test_what_a_table_makes_of_a_refusal_stands_or_falls_with_the_move(
    smtp_server, letter, clock, monkeypatch
):
    def stumbles(self, row, refusal, *, now):
        raise RuntimeError

    smtp_server.behaviour = "refuse 550"
    monkeypatch.setattr(LetterQuerySet, "on_refused", stumbles)
    with pytest.raises(RuntimeError):
        delivery.deliver(Letter.objects.all(), write=Letter.as_email, clock=clock)
    letter.refresh_from_db()
    assert letter.state == State.HANDED, "its lease runs out, and it counts as uncertain"


def divides_by_zero(self, rows) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def test_what_a_table_makes_of_a_yes_stands_or_falls_with_the_move(
    smtp_server, letter, clock, monkeypatch
):
    monkeypatch.setattr(LetterQuerySet, "on_accepted", divides_by_zero)
    with pytest.raises(DataError):
        delivery.deliver(Letter.objects.all(), write=Letter.as_email, clock=clock)
    letter.refresh_from_db()
    assert letter.state == State.HANDED, "its lease runs out, and it counts as uncertain"


@pytest.mark.parametrize(
    ("error", "of_recipient"),
    [
        (smtplib.SMTPRecipientsRefused({"sam": (550, b"no such user")}), True),
        (smtplib.SMTPRecipientsRefused({"sam": (550, b"5.1.1 no such user")}), True),
        (smtplib.SMTPRecipientsRefused({"sam": (452, b"4.2.2 mailbox full")}), True),
        (smtplib.SMTPRecipientsRefused({"sam": (554, b"5.7.1 relaying denied")}), False),
        (smtplib.SMTPRecipientsRefused({"sam": (550, b"5.1.8 sender unknown")}), False),
        (smtplib.SMTPDataError(550, b"5.1.1 no such user"), True),
        (smtplib.SMTPDataError(554, b"looks like spam"), False),
        (smtplib.SMTPSenderRefused(550, b"5.1.1 no", "us"), False),
        (smtplib.SMTPServerDisconnected("gone"), False),
    ],
)
def test_whether_the_address_is_meant(error, of_recipient):
    assert is_about_recipient(error) is of_recipient

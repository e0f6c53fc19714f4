"""A database that comes back from a backup: what was due before is not sent once more."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from accounts.models import Letter
from outbox import delivery
from outbox.models import LEASE, State
from patients.services import records
from reminders import services
from reminders.models import Heartbeat, Reminder
from reminders.words import why_to_staff
from tests.caseload.test_caseload import words
from tests.factories import PatientFactory
from tests.outbox.letters import make_letter
from tests.patients.past import NOW
from tests.reminders.nudging import EVENING, MINUTE, MORNING, asked_day, deliver, looked_until

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TABLES = (Reminder, Letter, Heartbeat)


def command(*typed: str) -> str:
    out = StringIO()
    call_command("reminders_after_restore", *typed, stdout=out)
    return out.getvalue()


def live(now) -> None:
    """One minute of the whole machine."""
    services.tick(now=now)
    deliver(now)
    delivery.deliver(Letter.objects.all(), write=Letter.as_email, clock=lambda: now)


def outcomes(table) -> dict[str, str]:
    return dict(table.objects.values_list("state", "reason"))


def backup() -> list[list]:
    return [list(table.objects.all()) for table in TABLES]


def restore(rows: list[list]) -> None:
    for table, saved in zip(TABLES, rows, strict=True):
        table.objects.all().delete()
        table.objects.bulk_create(saved)


@pytest.fixture
def lost_hour(smtp_server) -> None:
    """Backed up at 8:29; a reminder and a letter left; at 9:30 the backup came back."""
    asked_day()
    looked_until(MORNING - MINUTE)
    make_letter(due_at=MORNING - MINUTE, expires_at=MORNING + 24 * HOUR)
    saved = backup()
    live(MORNING)
    assert len(smtp_server.received) == 2
    restore(saved)


def test_nothing_that_was_due_before_is_sent_again(lost_hour, smtp_server):
    with time_machine.travel(MORNING + HOUR, tick=False):
        said = command()
    live(MORNING + HOUR + MINUTE)
    assert len(smtp_server.received) == 2
    assert outcomes(Reminder) == outcomes(Letter) == {State.EXPIRED: "restored"}
    assert "Restored at 2026-03-30 08:30:00 UTC." in said
    assert "Reminders: 1 will not be sent, 0 may have arrived." in said
    assert "Letters:   1 will not be sent, 0 may have arrived." in said


def test_without_the_command_both_go_out_twice(lost_hour, smtp_server):
    live(MORNING + HOUR + MINUTE)
    assert len(smtp_server.received) == 4


def test_what_comes_due_after_it_is_sent_as_ever(smtp_server):
    asked_day()
    looked_until(MORNING - MINUTE)
    services.after_restore(restored_at=MORNING + HOUR, now=MORNING + HOUR)
    live(EVENING)
    assert [r.due_at for r in Reminder.objects.filter(state=State.SENT)] == [EVENING]
    assert len(smtp_server.received) == 1


@pytest.mark.parametrize("typed", [[], ["--restored-at", "2026-03-30T08:30+00:00"]])
def test_the_second_time_it_finds_nothing(typed):
    asked_day()
    looked_until(MORNING - MINUTE)
    with time_machine.travel(MORNING + HOUR, tick=False):
        command(*typed)
        rows = list(Reminder.objects.values())
        assert "Reminders: 0 will not be sent, 0 may have arrived." in command(*typed)
    assert list(Reminder.objects.values()) == rows


def test_rows_in_a_workers_hands_when_the_backup_was_made(smtp_server):
    """Claimed: not sent. Handed over: perhaps; and not even a sign-in code goes out twice."""
    letters = [make_letter(kind=Letter.Kind.SIGN_IN, due_at=MORNING) for _ in range(2)]
    Letter.objects.update(expires_at=MORNING + HOUR)
    [first, _second] = Letter.objects.claim(2, now=MORNING)
    assert Letter.objects.hand_over([first], now=MORNING)
    services.after_restore(restored_at=MORNING + MINUTE, now=MORNING + MINUTE)
    live(MORNING + LEASE + 2 * MINUTE)
    assert smtp_server.received == []
    assert outcomes(Letter) == {State.UNCERTAIN: "restored", State.EXPIRED: "restored"}
    assert {letter.pk for letter in letters} == set(
        Letter.objects.filter(subject="", text="", html="").values_list("pk", flat=True)
    )


def test_an_invitation_can_be_sent_again_and_its_clinician_is_told():
    patient = PatientFactory(user=None, email="tom@example.org")
    with time_machine.travel(MORNING, tick=False):
        records.invite(patient, by=patient.clinician, now=MORNING)
        command()
    assert words(patient)[:1] == [
        "The invitation could not be delivered; send it again, or to another address"
    ]
    records.invite(patient, by=patient.clinician, now=NOW)
    assert words(patient) == []


def test_a_moment_to_come_is_refused():
    with (
        time_machine.travel(MORNING, tick=False),
        pytest.raises(CommandError, match="cannot lie in the future"),
    ):
        command("--restored-at", "2026-03-30T07:31+00:00")


def test_the_figures_say_why(smtp_server):
    asked_day()
    looked_until(MORNING - MINUTE)
    services.after_restore(restored_at=MORNING + HOUR, now=MORNING + HOUR)
    assert why_to_staff(Reminder.objects.get().reason) == "the database was restored from a backup"

"""The demo clinic is full, the same twice, and keeps away from real people."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings
from django.urls import reverse

from accounts.models import AuditEvent, Clinic, Letter, User
from demo.people import CLINICIAN, LEAD, PASSWORD, PEOPLE
from outbox.models import State
from patients.models import Assignment, Day, Patient, Pause, Session, Tick
from reminders.models import Heartbeat, Reminder
from tests.factories import UserFactory


def load() -> str:
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def sizes() -> list[int]:
    return [m.objects.count() for m in (User, Patient, Assignment, Day, Session, AuditEvent)]


@override_settings(DEMO=True)
class TestDemoClinic(TestCase):
    """Loaded once for all of these."""

    @classmethod
    def setUpTestData(cls) -> None:
        with override_settings(DEMO=True):
            call_command("load_library", verbosity=0)
            with cls.assertNoLogs(cls(), "reminders", "WARNING"):  # made-up days miss no minute
                load()

    def test_twice_adds_nothing(self) -> None:
        before = sizes()
        assert "there already" in load()
        assert sizes() == before

    def test_there_is_somebody_in_every_state(self) -> None:
        assert Patient.objects.count() == len(PEOPLE) == 15
        assert Patient.objects.filter(user=None, email="").count() == 1
        nobody_there = Patient.objects.filter(user=None).exclude(email="").order_by("name")
        assert [p.name for p in nobody_there] == ["Irene Walsh", "Lena Wolf"]
        assert [p.name for p in nobody_there if p.is_closed] == ["Irene Walsh"]
        assert Pause.objects.count() == 2  # a holiday, and a warning sign
        assert Assignment.objects.exclude(ended_on=None).count() == 1
        assert Session.objects.count() > 300
        assert Patient.objects.exclude(time_zone="Europe/London").exists()

    def test_it_can_be_called_and_so_can_its_patients(self) -> None:
        clinic = Clinic.objects.get()
        assert (clinic.country, str(clinic.phone)) == ("GB", "020 7946 0958")
        assert clinic.opening_hours == "Mon to Fri, 8:30 to 17:00"
        assert Patient.objects.exclude(telephone="").count() == 13

    def test_the_caseload_and_every_record_open(self) -> None:
        assert self.client.login(email=CLINICIAN[0], password=PASSWORD)
        page = self.client.get(reverse("caseload:caseload"), {"who": "all"})
        for why in (
            *(
                "Pain up",
                "No session for",
                "Back since it was dealt with",
                "Invitation not accepted",
            ),
            "E-mail to this person comes back",
            *("Told us of a warning sign", "Last pain 7 of 10"),
        ):
            assert why in page.text
        for patient in Patient.objects.all():
            assert patient.name in page.text
            record = self.client.get(reverse("caseload:record", args=[patient.pk]))
            assert record.status_code == 200

    def test_exercises_went_in_every_way_and_one_hurt_twice(self) -> None:
        ticks = Tick.objects.all()
        assert set(ticks.values_list("result", flat=True)) == set(Tick.Result)
        assert ticks.filter(result="done", amount=None).exists(), "one tap"
        assert ticks.exclude(skip_reason="").exists()
        assert not Session.objects.exclude(pk__in=Session.objects.counted().values("pk")).exists()
        assert self.client.login(email=CLINICIAN[0], password=PASSWORD)
        assert (
            "Hurt twice: Knee-across buttock stretch (pain 5 on"
            in self.client.get(reverse("caseload:caseload")).text
        )
        record = Patient.objects.get(name="Grace Okafor")
        page = self.client.get(reverse("caseload:record", args=[record.pk])).text
        for words in ("stopped because it hurt, pain 5", "part done", "skipped: ", "hurt 2, last"):
            assert words in page

    def test_one_reason_was_dealt_with_and_one_came_back(self) -> None:
        assert self.client.login(email=CLINICIAN[0], password=PASSWORD)
        rows = self.client.get(reverse("caseload:caseload"), {"who": "all"}).context["page"]
        needing = {row.patient.name: row.concerns for row in rows if row.concerns}
        assert "Olga Novak" not in needing
        assert [bool(one.back) for one in needing["Tom Barker"]] == [True]
        for name, words in (("Olga Novak", "Check-up is booked"), ("Tom Barker", "late shifts")):
            record = Patient.objects.get(name=name)
            page = self.client.get(reverse("caseload:record", args=[record.pk]))
            assert words in page.text

    def test_the_lead_sees_how_reminders_run(self) -> None:
        assert self.client.login(email=LEAD[0], password=PASSWORD)
        assert "How reminders run" in self.client.get(reverse("reminders:operating")).text

    def test_two_weeks_of_reminders_say_why_they_came_or_did_not(self) -> None:
        assert self.client.login(email="patient@demo.example", password=PASSWORD)
        page = self.client.get(reverse("today:own_why")).text
        assert "We sent you a reminder at" in page
        assert "you had done all that was asked" in page
        # Of the last two hours the real ticks will tell, which have not run here.
        assert page.count("we no longer know why") <= 1
        rows = Reminder.objects.values_list("state", flat=True)
        assert set(rows) == {State.SENT, State.SKIPPED}
        # Which came last, a mail that bounced or a slot after it, depends on the hour of the day.
        reasons = set(Reminder.objects.exclude(reason="").values_list("reason", flat=True))
        assert {"backed_off"} <= reasons <= {"backed_off", "bounced"}
        assert not Heartbeat.objects.exists(), "the first real tick is like a new installation's"

    def test_patients_ticked_off_their_sessions_themselves(self) -> None:
        own = Session.objects.exclude(assignment__patient__user=None)
        assert not own.filter(source=Session.Source.STAFF).exists()

    def test_each_sign_in_works(self) -> None:
        for address in (LEAD[0], CLINICIAN[0], "patient@demo.example"):
            assert self.client.login(email=address, password=PASSWORD), address
            assert self.client.get("/", follow=True).status_code == 200

    def test_no_letter_of_the_past_goes_out(self) -> None:
        assert not Letter.objects.exists()


def test_a_database_with_other_people_is_left_alone(db: None, settings) -> None:
    settings.DEMO = True
    UserFactory()
    with pytest.raises(CommandError, match="not the demo's"):
        load()
    assert User.objects.count() == 1


def test_without_demo_nothing_is_loaded(db: None) -> None:
    with pytest.raises(CommandError, match="DEMO=1"):
        load()
    assert not User.objects.exists()

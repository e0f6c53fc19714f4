"""The demo clinic is full, the same twice, and keeps away from real people."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import AuditEvent, Letter, User
from demo.people import CLINICIAN, LEAD, PASSWORD, PEOPLE
from patients.models import Assignment, Day, Patient, Pause, Session
from tests.factories import UserFactory


def load() -> str:
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


@pytest.fixture
def demo(db: None, settings) -> None:
    settings.DEMO = True
    call_command("load_library", verbosity=0)
    load()


def sizes() -> list[int]:
    return [m.objects.count() for m in (User, Patient, Assignment, Day, Session, AuditEvent)]


def test_twice_adds_nothing(demo: None) -> None:
    before = sizes()
    assert "there already" in load()
    assert sizes() == before


def test_every_page_has_something_to_show(demo: None, client) -> None:
    assert Patient.objects.count() == len(PEOPLE) == 12
    assert Patient.objects.filter(user=None, email="").count() == 1
    assert [p.name for p in Patient.objects.filter(user=None).exclude(email="")] == ["Lena Wolf"]
    assert Pause.objects.count() == 1
    assert Assignment.objects.exclude(ended_on=None).count() == 1
    assert Session.objects.count() > 300
    assert client.login(email=CLINICIAN[0], password=PASSWORD)
    page = client.get(reverse("patients:caseload"), {"who": "all"})
    for person in PEOPLE:
        assert person.name in page.text
    for patient in Patient.objects.all():
        assert client.get(reverse("patients:detail", args=[patient.pk])).status_code == 200


def test_patients_ticked_off_their_sessions_themselves(demo: None) -> None:
    own = Session.objects.exclude(assignment__patient__user=None)
    assert not own.filter(source=Session.Source.STAFF).exists()


def test_each_demo_sign_in_works(demo: None, client) -> None:
    for address in (LEAD[0], CLINICIAN[0], "patient@demo.example"):
        assert client.login(email=address, password=PASSWORD), address
        assert client.get("/", follow=True).status_code == 200


def test_no_letter_of_the_past_goes_out(demo: None) -> None:
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

"""At the top of a patient's page: whose clinic it is, its logo, and who looks after them."""

import re
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Membership
from patients.models import Patient
from patients.services import signs
from tests.accounts.logos import with_logo
from tests.factories import ClinicFactory, MembershipFactory, PatientFactory
from tests.patients.scene import NOW, items_of, log, running

pytestmark = pytest.mark.django_db
CLINIC, WHO = "Riverside & Sons", "with Priya Shah, clinician"


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def record() -> Patient:
    clinic = ClinicFactory(name=CLINIC)
    clinician = MembershipFactory(clinic=clinic, user__name="Priya Shah").user
    return PatientFactory(clinic=clinic, clinician=clinician)


@pytest.fixture
def phone(record, as_user):
    return as_user(record.user)


def head_of(page) -> str:
    content = page.content.decode()
    return content.partition('<header class="patient-head">')[2].partition("</header>")[0]


def words_of(page) -> list[str]:
    """What the head says, line by line."""
    lines = re.sub(r"<[^>]+>", "\n", head_of(page)).replace("&amp;", "&").split("\n")
    return [line.strip() for line in lines if line.strip()]


def pages_of(plan) -> list[str]:
    session = log(plan)
    names = ("today:today", "today:progress", "today:settings", "today:who_looked", "today:help")
    return [
        *(reverse(name) for name in names),
        *(reverse(name) for name in ("reminders:settings", "today:own_why", "today:ask_address")),
        reverse("today:item", args=[items_of(plan)[0].pk]),
        reverse("today:session_describe", args=[session.pk]),
        reverse("today:warning", args=[plan.patient.pk]),
    ]


def test_every_page_of_a_record_says_whose_clinic_and_who(record, phone):
    for address in pages_of(running(patient=record)):
        page = phone.get(address)
        assert words_of(page) == [CLINIC, WHO], address
        assert "<img" not in head_of(page)
        assert page.content.decode().count('class="wordmark"') == 1, address


def test_the_logo_stands_beside_the_name_which_says_it(record, phone):
    clinic = with_logo(record.clinic)
    head = head_of(phone.get(reverse("today:today")))
    address = reverse("accounts:logo", args=[clinic.pk, clinic.logo_mark])
    assert f'<img class="logo" src="{address}" alt=""' in head
    assert 'width="240" height="72"' in head
    assert phone.get(address)["Content-Type"] == "image/webp"


def test_the_products_own_name_stands_at_the_foot(phone):
    page = phone.get(reverse("today:today"))
    foot = page.content.decode().partition("</main>")[2]
    assert foot.index('class="help-link"') < foot.index('class="wordmark"')


def test_while_a_warning_sign_is_open_the_head_stays(record, phone):
    running(patient=record)
    signs.tell(record, by=record.user, now=NOW)
    page = phone.get(reverse("today:today"))
    assert "Stop: no exercises for now" in page.content.decode()
    assert words_of(page) == [CLINIC, WHO]


def test_a_question_after_a_press_keeps_the_head(record, phone):
    session = log(running(patient=record))
    fields = {"client_id": uuid4(), "programme": session.programme_id}
    log_it = reverse("today:session_log", args=[session.day_id])
    for sent, said in ((fields, "Another one?"), ({}, "That did not work")):
        page = phone.post(log_it, sent)
        assert said in page.content.decode()
        assert words_of(page) == [CLINIC, WHO]


def test_on_the_first_visit(record, phone):
    Patient.objects.update(welcomed_at=None)
    assert words_of(phone.get(reverse("reminders:first_visit"))) == [CLINIC, WHO]


def test_a_lead_is_called_what_the_clinic_calls_them(record, phone):
    Membership.objects.update(role=Membership.Role.LEAD)
    assert words_of(phone.get(reverse("today:today"))) == [CLINIC, "with Priya Shah, clinic lead"]


def test_who_has_left_or_has_no_name_is_not_named(record, phone):
    record.clinician.name = ""
    record.clinician.save()
    assert words_of(phone.get(reverse("today:today"))) == [CLINIC]
    record.clinician.name = "Priya Shah"
    record.clinician.save()
    record.clinician.memberships.update(deactivated_at=NOW)
    MembershipFactory(user=record.clinician)  # at work in another clinic only
    assert words_of(phone.get(reverse("today:today"))) == [CLINIC]


def test_with_several_records_it_is_the_one_that_was_chosen(record, phone):
    other = PatientFactory(user=record.user, clinic=ClinicFactory(name="Hillside"))
    for chosen in (record, other):
        phone.post(reverse("today:choose"), {"record": chosen.pk})
        assert words_of(phone.get(reverse("today:today")))[0] == chosen.clinic.name
    for page in ("today:choose", "today:help"):
        assert words_of(phone.get(reverse(page))) == ["Homestretch"]


def test_pages_without_a_record_keep_the_wordmark(client, phone):
    for page in (phone.get(reverse("today:choose")), phone.get("/settings/")):
        assert words_of(page) == ["Homestretch"]
        assert page.content.decode().count('class="wordmark"') == 1
    assert 'class="wordmark"' in client.get(reverse("today:help")).content.decode()


@pytest.mark.parametrize("has_logo", [False, True])
def test_the_head_asks_nothing_of_its_own(record, phone, django_assert_num_queries, has_logo):
    if has_logo:
        with_logo(record.clinic)
    phone.get(reverse("today:help"))  # the first request of a sign-in also writes its age
    with django_assert_num_queries(3):  # session, user, records with clinic and clinician
        phone.get(reverse("today:help"))

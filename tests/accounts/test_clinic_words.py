"""What a lead may write about the clinic: words that can be seen, numbers that help."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from tests.accounts.test_settings import CLINIC
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return MembershipFactory(role="lead", clinic__country="GB")


def test_unseen_characters_are_left_out(lead, as_user):
    typed = {"opening_hours": "\u202eMon\u2066 to\tFri\x07", "name": "River\u200bside\u200e"}
    response = as_user(lead.user).post(address(lead), {**CLINIC, **typed})
    assert response.status_code == 302
    lead.clinic.refresh_from_db()
    assert (lead.clinic.opening_hours, lead.clinic.name) == ("Mon to Fri", "Riverside")


def address(lead) -> str:
    return reverse("accounts:clinic", args=[lead.clinic_id])


def test_a_clinic_may_have_another_name_in_e_mail(lead, as_user):
    desk = as_user(lead.user)
    assertContains(desk.get(address(lead)), "Some clinics’ names say what somebody is treated for")
    typed = {**CLINIC, "name": "Riverside Backs", "name_in_mail": " Green \u200bDoor "}
    assert desk.post(address(lead), typed).status_code == 302
    lead.clinic.refresh_from_db()
    assert (lead.clinic.name, lead.clinic.mail_name) == ("Riverside Backs", "Green Door")
    assert desk.post(address(lead), {**typed, "name_in_mail": ""}).status_code == 302
    lead.clinic.refresh_from_db()
    assert lead.clinic.mail_name == "Riverside Backs"


def test_a_name_in_e_mail_that_reads_like_an_address_is_refused_and_kept(lead, as_user):
    typed = {**CLINIC, "name_in_mail": "bank.example"}
    page = as_user(lead.user).post(address(lead), typed)
    assertContains(page, "reads like an address", status_code=422)
    assertContains(page, 'value="bank.example"', status_code=422)
    lead.clinic.refresh_from_db()
    assert lead.clinic.name_in_mail == ""


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("emergency_number", "111", "111 is for health advice. In an emergency people there call"),
        ("telephone", "0909 879 0000", "Calls to this number cost extra."),
        ("advice_number", "0909 879 0000", "Calls to this number cost extra."),
    ],
)
def test_a_number_that_would_not_help_is_refused_beside_its_field(
    lead, as_user, field, typed, words
):
    response = as_user(lead.user).post(address(lead), {**CLINIC, "country": "GB", field: typed})
    assertContains(response, words, status_code=422)
    assertContains(response, f'value="{typed}"', status_code=422)

"""The address / sends everybody to their own first page."""

import pytest
from django.urls import reverse

from tests.factories import LONG_AGO, ClinicFactory, MembershipFactory, PatientFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_stranger_is_asked_to_sign_in(client):
    UserFactory()
    assert client.get("/")["Location"] == "/accounts/login/"


@pytest.mark.parametrize(
    ("make", "home"),
    [
        (lambda: MembershipFactory().user, "caseload:caseload"),
        (lambda: MembershipFactory(role="lead").user, "caseload:caseload"),
        (lambda: PatientFactory().user, "today:today"),
        (lambda: PatientFactory(user=MembershipFactory().user).user, "caseload:caseload"),
    ],
    ids=["clinician", "lead", "patient", "both"],
)
def test_role_decides(as_user, make, home):
    assert as_user(make()).get("/")["Location"] == reverse(home)


def test_who_is_both_has_my_exercises_in_the_menu(as_user):
    client = as_user(PatientFactory(user=MembershipFactory().user).user)
    assert "My exercises" in client.get("/settings/").content.decode()


def test_who_was_deactivated_gets_a_calm_word(as_user):
    clinic = ClinicFactory(name="Riverside")
    page = as_user(MembershipFactory(clinic=clinic, deactivated_at=LONG_AGO).user).get("/")
    assert page.status_code == 200
    assert "Riverside" in page.content.decode()
    assert "ask its clinic lead" in page.content.decode()


def test_who_belongs_nowhere_learns_whom_to_ask(as_user):
    page = as_user(UserFactory()).get("/")
    assert page.status_code == 200
    assert "ask them which e-mail address they used" in page.content.decode()

"""What ends access ends passkeys."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

import clock
from accounts import services
from accounts.models import User
from patients.models import ClosedBecause
from patients.services.access import close_access
from tests.accounts.authenticator import add_passkey, sign_in_by
from tests.accounts.post import link_in, newest_letter_to
from tests.cast import Cast
from tests.factories import PASSWORD, MembershipFactory, PatientFactory

pytestmark = pytest.mark.django_db
OTHER, LOST = ClosedBecause.OTHER, ClosedBecause.LOST_PHONE


def still_opens(user: User, phone) -> bool:
    return sign_in_by(Client(), phone).status_code == 302


@pytest.mark.parametrize(
    ("because", "has_more", "opens"),
    [(OTHER, False, False), (OTHER, True, True), (LOST, False, False), (LOST, True, False)],
)
def test_closed_access(cast: Cast, as_user, because, has_more, opens):
    if has_more:
        PatientFactory(user=cast.patient)
    phone = add_passkey(as_user(cast.patient))
    close_access(cast.record, because=because, by=cast.clinician, now=clock.now())
    assert still_opens(cast.patient, phone) is opens


@pytest.mark.parametrize("has_more", [False, True])
def test_a_colleague_whose_access_is_taken_away(cast: Cast, as_user, has_more):
    if has_more:
        MembershipFactory(user=cast.colleague)
    phone = add_passkey(as_user(cast.colleague))
    member = cast.colleague.memberships.get(clinic=cast.clinic)
    services.deactivate(member, by=cast.lead, now=clock.now())
    assert still_opens(cast.colleague, phone) is has_more


def test_a_new_password_by_the_link_in_an_e_mail(client, as_user):
    user = PatientFactory().user
    add_passkey(as_user(user))
    client.post("/accounts/password/reset/", {"email": user.email})
    form = client.get(link_in(newest_letter_to(user.email), "/key/"))["Location"]
    assert client.post(form, {"password1": "x"}).status_code == 422
    assert Authenticator.objects.exists()
    assert client.post(form, {"password1": "walks by the river"}).status_code == 302
    assert not Authenticator.objects.exists()


def test_a_password_changed_in_the_settings_ends_none(as_user):
    user = PatientFactory().user
    client = as_user(user)
    phone = add_passkey(client)
    typed = {"oldpassword": PASSWORD, "password1": "walks by the river"}
    assert client.post("/accounts/password/change/", typed).status_code == 302
    assert still_opens(user, phone)

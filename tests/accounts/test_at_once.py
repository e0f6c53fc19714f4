"""Two leads at the same moment, or one who presses twice."""

import pytest

from accounts import services
from accounts.models import Membership, TeamInvitation
from tests.at_once import THREADS, all_at_once
from tests.factories import LONG_AGO, ClinicFactory, MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_colleague_invited_many_times_at_once_has_one_open_link():
    lead = MembershipFactory(role=Membership.Role.LEAD)

    def invite(_n):
        return services.invite_to_team(
            lead.clinic, address="ada@example.org", name="Ada", role=Membership.Role.CLINICIAN,
            by=lead.user, now=LONG_AGO,
        )  # fmt: skip

    answers = all_at_once(invite)
    assert [type(answer) for answer in answers] == [TeamInvitation] * THREADS
    assert TeamInvitation.objects.open().count() == 1


def test_two_leads_who_remove_each_other_at_once_leave_one():
    clinic = ClinicFactory()
    leads = [MembershipFactory(clinic=clinic, role=Membership.Role.LEAD) for _ in range(2)]

    def remove_the_other(n):
        return services.deactivate(leads[n], by=leads[1 - n].user, now=LONG_AGO)

    answers = all_at_once(remove_the_other, times=2)
    assert sorted(type(answer) for answer in answers if answer) == [services.NotPossible]
    assert clinic.memberships.active().count() == 1

"""Two leads at the same moment, or one who presses twice."""

import pytest
from django.db import OperationalError, connection, connections

from accounts import limits, services
from accounts.models import Membership, TeamInvitation
from tests.at_once import all_at_once
from tests.factories import LONG_AGO, ClinicFactory, MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_colleague_invited_many_times_at_once_has_one_open_link():
    lead = MembershipFactory(role=Membership.Role.LEAD)

    def invite(_n):
        return services.invite_to_team(
            lead.clinic, address="ada@example.org", name="Ada", role=Membership.Role.CLINICIAN,
            by=lead.user, now=LONG_AGO,
        )  # fmt: skip

    most = limits.INVITATIONS_TO.number
    answers = all_at_once(invite, times=most)
    assert [type(answer) for answer in answers] == [TeamInvitation] * most
    assert TeamInvitation.objects.open().count() == 1


def test_of_two_leads_who_remove_each_other_one_waits():
    """Else both would find one left, and the clinic would be without."""
    clinic = ClinicFactory()
    leaving, other = (MembershipFactory(clinic=clinic, role=Membership.Role.LEAD) for _ in "12")
    elsewhere = connections["default"].copy()
    elsewhere.set_autocommit(False)
    with elsewhere.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_membership SET deactivated_at = %s WHERE id = %s",
            [LONG_AGO, leaving.pk],
        )
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
    try:
        with pytest.raises(OperationalError, match="lock timeout"):
            services.deactivate(other, by=leaving.user, now=LONG_AGO)
    finally:
        elsewhere.rollback()
        elsewhere.close()
        connection.close()  # its timeout is nobody else's
    assert clinic.memberships.active().count() == 2

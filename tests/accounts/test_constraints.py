"""Rules that the database itself keeps."""

import uuid
from datetime import timedelta
from functools import partial

import pytest

from accounts.models import AddressTrouble, AuditEvent, Letter, Membership, TeamInvitation, User
from tests import owner
from tests.constraints import refused, refused_by
from tests.factories import LONG_AGO, ClinicFactory, MembershipFactory, UserFactory
from tests.outbox.letters import make_letter

pytestmark = pytest.mark.django_db


def event() -> AuditEvent:
    return AuditEvent.objects.create(
        at=LONG_AGO, action="tested", subject_type="clinic", subject_id=uuid.uuid4()
    )


@pytest.mark.django_db(transaction=True)
def test_audit_is_append_only_for_changes():
    made = event()
    with refused_by("audit events are append-only: UPDATE"):
        owner.execute("UPDATE accounts_auditevent SET action = 'forged'")
    made.refresh_from_db()
    assert made.action == "tested"


@pytest.mark.django_db(transaction=True)
def test_audit_is_append_only_for_deletions():
    made = event()
    with refused_by("audit events are append-only: DELETE"):
        owner.execute("DELETE FROM accounts_auditevent")
    assert AuditEvent.objects.filter(pk=made.pk).exists()


def test_user_email_is_unique():
    UserFactory(email="sam@example.org")
    with refused_by("accounts_user_email_key"):
        User.objects.create(email="sam@example.org")


def test_membership_once_per_clinic():
    member = MembershipFactory()
    with refused_by("membership_once_per_clinic"):
        MembershipFactory(user=member.user, clinic=member.clinic)


def invitation(**changes) -> TeamInvitation:
    given = {
        "clinic": ClinicFactory(),
        "address": "nia@example.org",
        "name": "Nia",
        "role": Membership.Role.CLINICIAN,
        "invited_by": UserFactory(),
        "token_hash": uuid.uuid4().hex,
        "created_at": LONG_AGO,
        "expires_at": LONG_AGO + timedelta(days=7),
    }
    return TeamInvitation.objects.create(**{**given, **changes})


def test_teaminvitation_one_open_per_address():
    first = invitation()
    with refused_by("teaminvitation_one_open_per_address"):
        invitation(clinic=first.clinic, address="nia@example.org")


def test_teaminvitation_expires_later():
    with refused_by("teaminvitation_expires_later"):
        invitation(expires_at=LONG_AGO)


def test_teaminvitation_accepted_or_revoked():
    with refused_by("teaminvitation_accepted_or_revoked"):
        invitation(accepted_at=LONG_AGO, revoked_at=LONG_AGO)


def test_teaminvitation_token_is_unique():
    first = invitation()
    with refused_by("token_hash"):
        invitation(address="other@example.org", token_hash=first.token_hash)


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("clinic_country_is_two_letters", "country", "gb"),
        ("clinic_telephone_is_full", "telephone", "020 7946 0958"),
        ("clinic_telephone_is_full", "telephone", "999"),
        ("clinic_emergency_number_can_be_dialled", "emergency_number", "javascript:alert(1)"),
        ("clinic_emergency_number_can_be_dialled", "emergency_number", ""),
        ("clinic_emergency_number_can_be_dialled", "emergency_number", "999\n"),
        ("clinic_advice_number_can_be_dialled", "advice_number", "116 117"),
        ("clinic_advice_number_can_be_dialled", "advice_number", "\u0661\u0661\u0661"),
    ],
)
def test_clinic_numbers_can_be_dialled(name, field, value):
    with refused_by(name):
        ClinicFactory(**{field: value})


@pytest.mark.parametrize(
    "fields",
    [
        {"logo": "logos/a.webp"},
        {"logo": "logos/a.webp", "logo_height": 40},
        {"logo": "logos/a.webp", "logo_width": 120},
        {"logo_width": 120, "logo_height": 40},
        {"logo_height": 40},
    ],
)
def test_clinic_logo_has_a_size(fields):
    with refused_by("clinic_logo_has_a_size"):
        ClinicFactory(**fields)


def test_letter_expires_after_due():
    with refused_by("letter_expires_after_due"):
        Letter.objects.create(
            kind=Letter.Kind.NOTICE,
            to="nia@example.org",
            created_at=LONG_AGO,
            due_at=LONG_AGO,
            expires_at=LONG_AGO - timedelta(seconds=1),
        )


@pytest.mark.parametrize("kept", ["Sam@example.org", "sam@müller.example", "s am@example.org", ""])
def test_an_address_is_kept_in_one_spelling_of_ascii(kept):
    user, invited = UserFactory(), invitation()
    letter = make_letter()
    trouble = AddressTrouble.objects.create(
        address="sam@example.org", code="550", counted_at=LONG_AGO, state="refused"
    )
    for row, column, rule in (
        (user, "email", "user_email_is_as_kept"),
        (invited, "address", "teaminvitation_address_is_as_kept"),
        (letter, "to", "letter_to_is_as_kept"),
        (trouble, "address", "addresstrouble_address_is_as_kept"),
    ):
        change = type(row).objects.filter(pk=row.pk)
        refused(partial(change.update, **{column: kept}), rule)

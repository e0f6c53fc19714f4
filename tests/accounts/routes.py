"""Who may open each page of accounts."""

from datetime import timedelta

from allauth.mfa.models import Authenticator

import clock
from accounts.models import TeamInvitation
from accounts.tokens import hash_of
from tests.access_routes import Audience, Route
from tests.accounts.logos import with_logo
from tests.cast import Cast

TOKEN = "the-token-of-the-sweep"
PASSKEY = "5d0c5f86-1f3c-4a51-9f50-3c1b3f0a8a11"


def invite(cast: Cast) -> TeamInvitation:
    now = clock.now()
    return TeamInvitation.objects.create(
        clinic=cast.clinic,
        address="nia@example.org",
        name="Nia",
        invited_by=cast.lead,
        token_hash=hash_of(TOKEN),
        created_at=now,
        expires_at=now + timedelta(days=7),
    )


def give_passkey(cast: Cast) -> None:
    """The patient's. What a browser would have made of it stands in tests/accounts/authenticator."""
    Authenticator.objects.create(
        user=cast.patient,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "My phone", "key": PASSKEY, "credential": {}},
    )


def the_passkey(cast: Cast) -> dict:
    return {"key": PASSKEY}


def the_clinic(cast: Cast) -> dict:
    return {"pk": cast.clinic.pk}


def give_logo(cast: Cast) -> None:
    with_logo(cast.clinic)


def the_logo(cast: Cast) -> dict:
    return {"pk": cast.clinic.pk, "mark": "0"}


def the_invitation(cast: Cast) -> dict:
    return {"pk": TeamInvitation.objects.get().pk}


def colleague(cast: Cast) -> dict:
    return {"pk": cast.colleague.memberships.get().pk}


def deactivated(cast: Cast) -> dict:
    return {"pk": cast.deactivated.memberships.get().pk}


ROUTES = [
    Route("home", Audience.SIGNED_IN),
    # Someone exists, so it does not: for everyone alike.
    Route("first_run", Audience.EVERYONE, also=frozenset({404})),
    Route("account_login", Audience.EVERYONE),
    Route("accounts:who", Audience.EVERYONE),
    Route("accounts:signed_in", Audience.SIGNED_IN),
    Route("account_request_login_code", Audience.EVERYONE),
    Route("account_confirm_login_code", Audience.EVERYONE),
    Route("account_login_passkey", Audience.EVERYONE, method="post"),
    Route("account_ask_passkey", Audience.EVERYONE, method="post"),
    Route("account_logout", Audience.SIGNED_IN),
    Route("account_inactive", Audience.EVERYONE),
    Route("account_signup", Audience.EVERYONE),
    Route("account_change_password", Audience.SIGNED_IN),
    Route("account_set_password", Audience.SIGNED_IN),
    Route("account_reset_password", Audience.EVERYONE),
    Route("account_reset_password_done", Audience.EVERYONE),
    Route(
        "account_reset_password_from_key",
        Audience.EVERYONE,
        lambda cast: {"uidb36": cast.patient.pk.hex, "key": "not-a-key"},
    ),
    Route("accounts:confirm", Audience.SIGNED_IN),
    Route("accounts:settings", Audience.SIGNED_IN),
    Route("accounts:passkeys", Audience.SIGNED_IN),
    Route("accounts:add_passkey", Audience.SIGNED_IN),
    Route("accounts:ask_to_add_passkey", Audience.SIGNED_IN, method="post"),
    Route(
        "accounts:answer_passkey_offer",
        Audience.SIGNED_IN,
        method="post",
        data=lambda cast: {"answer": "later"},
    ),
    Route("accounts:passkey", Audience.OWN_RECORD, the_passkey, prepare=give_passkey),
    Route("accounts:remove_passkey", Audience.OWN_RECORD, the_passkey, prepare=give_passkey),
    Route("accounts:trust_phone", Audience.PATIENTS, method="post"),
    Route("accounts:trust_phone_no_longer", Audience.PATIENTS, method="post"),
    Route("accounts:clinic", Audience.RECORD_LEAD, the_clinic),
    Route("accounts:logo", Audience.CLINIC, the_logo, prepare=give_logo),
    Route("accounts:change_logo", Audience.RECORD_LEAD, the_clinic),
    Route("accounts:change_logo", Audience.RECORD_LEAD, the_clinic, "post"),
    Route("accounts:remove_logo", Audience.RECORD_LEAD, the_clinic, "post", prepare=give_logo),
    Route("accounts:team", Audience.LEAD),
    Route("accounts:invite_colleague", Audience.RECORD_LEAD, the_clinic),
    Route("accounts:deactivate", Audience.RECORD_LEAD, colleague, "post"),
    Route(
        "accounts:change_role",
        Audience.RECORD_LEAD,
        colleague,
        "post",
        lambda cast: {"role": "lead"},
    ),
    Route("accounts:reactivate", Audience.RECORD_LEAD, deactivated, "post"),
    Route(
        "accounts:resend_invitation",
        Audience.RECORD_LEAD,
        the_invitation,
        "post",
        prepare=invite,
    ),
    Route(
        "accounts:revoke_invitation",
        Audience.RECORD_LEAD,
        the_invitation,
        "post",
        prepare=invite,
    ),
    Route(
        "accounts:team_invitation",
        Audience.EVERYONE,
        lambda cast: {"token": TOKEN},
        prepare=invite,
    ),
]

"""Who may open each page of accounts."""

from datetime import timedelta

import clock
from accounts.models import TeamInvitation
from accounts.tokens import hash_of
from tests.access_routes import Audience, Route
from tests.accounts.logos import with_logo
from tests.cast import Cast

TOKEN = "the-token-of-the-sweep"


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

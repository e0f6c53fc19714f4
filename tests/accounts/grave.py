"""Every address that is asked before: what it does is grave, and who does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.accounts.routes import (
    PASSKEY,
    colleague,
    deactivated,
    give_logo,
    give_passkey,
    invite,
    the_clinic,
    the_invitation,
)
from tests.caseload.routes import ask_address, the_wish
from tests.cast import Cast
from tests.factories import PASSWORD

NEW_PASSWORD = "fjord lantern mustard quilt"


@dataclass(frozen=True)
class Grave:
    name: str
    kwargs: Callable[[Cast], dict[str, Any]]
    data: Callable[[Cast], dict[str, Any]]
    who: str = "lead"
    prepare: Callable[[Cast], object] = lambda cast: None
    opens: bool = False  # its page is asked before it is shown, too

    def __str__(self) -> str:
        return self.name


def nothing(cast: Cast) -> dict[str, Any]:
    return {}


def without_password(cast: Cast) -> None:
    cast.lead.set_unusable_password()
    cast.lead.save()


def clinic_settings(cast: Cast) -> dict[str, Any]:
    return {
        "name": "Riverside",
        "country": "GB",
        "time_zone": "Europe/London",
        "telephone": "020 7946 0018",
        "emergency_number": "999",
        "advice_number": "111",
    }


def the_record(cast: Cast) -> dict[str, Any]:
    return {"patient_id": cast.record.pk}


def another_address(cast: Cast) -> dict[str, Any]:
    return {
        "name": cast.record.name,
        "email": "sam.reed@example.org",
        "close_access": "on",
        "clinician": cast.clinician.pk,
        "time_zone": "Europe/London",
    }


GRAVE = [
    Grave(
        "account_change_password",
        nothing,
        lambda cast: {"oldpassword": PASSWORD, "password1": NEW_PASSWORD},
        opens=True,
    ),
    Grave(
        "account_set_password",
        nothing,
        lambda cast: {"password1": NEW_PASSWORD},
        prepare=without_password,
        opens=True,
    ),
    Grave(
        "accounts:remove_passkey",
        lambda cast: {"key": PASSKEY},
        nothing,
        who="patient",
        prepare=give_passkey,
        opens=True,
    ),
    Grave("accounts:trust_phone", nothing, nothing, who="patient"),
    Grave("accounts:clinic", the_clinic, clinic_settings, opens=True),
    Grave("accounts:remove_logo", the_clinic, nothing, prepare=give_logo),
    Grave(
        "accounts:invite_colleague",
        the_clinic,
        lambda cast: {"name": "Nia Price", "address": "nia@example.org", "role": "clinician"},
        opens=True,
    ),
    Grave("accounts:deactivate", colleague, nothing, opens=True),
    Grave("accounts:reactivate", deactivated, nothing),
    Grave("accounts:change_role", colleague, lambda cast: {"role": "lead"}),
    Grave("accounts:resend_invitation", the_invitation, nothing, prepare=invite),
    Grave("accounts:revoke_invitation", the_invitation, nothing, prepare=invite),
    Grave(
        "caseload:edit",
        lambda cast: {"patient_id": cast.record.pk},
        another_address,
        who="clinician",
    ),
    Grave(
        "caseload:close_access",
        the_record,
        lambda cast: {"because": "lost_phone"},
        who="clinician",
        opens=True,
    ),
    Grave("caseload:phone", the_record, nothing, who="clinician", opens=True),
    Grave("caseload:note_death", the_record, nothing, who="clinician", opens=True),
    Grave("caseload:invite_again", the_record, nothing, who="clinician", opens=True),
    Grave("caseload:confirm_address", the_wish, nothing, who="clinician", prepare=ask_address),
    Grave(
        "today:ask_address",
        nothing,
        lambda cast: {"address": "sam@example.net"},
        who="patient",
        opens=True,
    ),
]
# A page cannot keep a file, so it is chosen once more: tests/accounts/test_logo_page.py.
UPLOADS = {"accounts:change_logo"}
# What only a browser can answer: tests/accounts/test_passkey_pages.py.
ASKED_OF_A_BROWSER = {"accounts:add_passkey", "accounts:ask_to_add_passkey"}
# Files to take away: asked for by looking, and so asked before they are made.
EXPORTS = {
    "caseload:record_trail_export": the_record,
    "caseload:clinic_trail_export": nothing,
}

# A name with one of these words in it is grave, or stands below with the reason why not.
WORDS_OF_THE_GRAVE = (
    "password",
    "passkey",
    "trust",
    "invit",
    "activate",
    "role",
    "phone",
    "revoke",
    "close",
    "export",
    "download",
    "clinic",
    "logo",
    "email",
    "address",
    "team",
    "member",
    "operator",
    "erase",
    "access",
)
NOT_GRAVE = {
    "account_login_passkey": "nobody is signed in; the passkey is the proof",
    "account_ask_passkey": "only asks a browser for a passkey",
    "accounts:passkeys": "shows one's own and changes nothing",
    "accounts:passkey": "only gives it a name",
    "accounts:answer_passkey_offer": "only says that one is not wanted",
    "accounts:trust_phone_no_longer": "ends a sign-in sooner",
    "account_logout": "takes a way in away",
    "accounts:logo": "shows a picture and changes nothing",
    "account_reset_password": "nobody is signed in; the letter's link is the proof",
    "account_reset_password_done": "says only where the letter went",
    "account_reset_password_from_key": "the letter's link is the proof",
    "accounts:team": "shows the team and changes nothing",
    "accounts:team_invitation": "the letter's link is the proof",
    "today:invitation": "the letter's link is the proof",
    "caseload:decline_address": "the address stays as it is",
    "today:keep_address": "the address stays as it is",
    "today:new_address": "the letter's link is the proof",
    "caseload:clinic_trail": "shows what was done and changes nothing",
    "caseload:take_invitation_back": "takes a way in away",
    "caseload:phone_state": "says only whether a code was used",
    "caseload:take_phone_back": "takes a way in away",
    "today:phone": "the code in the clinic is the proof",
    "caseload:invite": "goes to the address that stands in the record",
    "caseload:try_address": "goes to the address that stands in the record",
    "reminders:from_email": "the letter's link is the proof",
}

"""What each address shows of a patient, and so what the audit trail has to say of opening it.

By method and name, as the access sweep lists them; an address that is in no group fails.
"""

from tests.caseload.routes import FORMS

OPENS_RECORD = {
    *(f"get caseload:{name}" for name in FORMS),
    "get caseload:check_sign",
    "get caseload:deal_with",
    "get caseload:give",
    "get caseload:why",
    "get caseload:record_trail",
    "get caseload:record_trail_export",
    "get caseload:close_access",
    "get caseload:invite_again",
    "get caseload:note_death",
    "get caseload:phone",
    "get caseload:take_death_back",
    # A form that came back, or a press: the record was loaded, and the page may show it.
    "post caseload:check_sign",
    "post caseload:deal_with",
    "post caseload:give",
    "post caseload:use_template",
    "post caseload:build",
    "post caseload:invite",
    "post caseload:try_address",
    "post caseload:resume",
    "post caseload:record_session",
    "post caseload:take_back",
    "post caseload:take_back_noted",
    "post caseload:change_programme",
    "post caseload:publish_change",
    "post caseload:close_access",
    "post caseload:invite_again",
    "post caseload:confirm_address",
    "post caseload:decline_address",
    "post caseload:note_death",
    "post caseload:phone",
    "post caseload:take_phone_back",
    "post caseload:take_death_back",
    "post caseload:take_invitation_back",
    "post caseload:take_confirmation_back",
}
"""One patient's record, for staff."""

LISTS_NAMES = {
    "get caseload:caseload",
    "get caseload:assign_from",
    "get caseload:hand_over",
    "get caseload:clinic_trail",
    "get caseload:clinic_trail_export",
    "post caseload:hand_over",
}
"""Patients' names, for staff: to find one, to choose one."""

CHANGES_RECORD = {
    "post caseload:invite",
    "post caseload:try_address",
    "post caseload:resume",
    "post caseload:record_session",
    "post caseload:take_back",
    "post caseload:take_back_noted",
    "post caseload:change_programme",
    "post caseload:publish_change",
    "post caseload:invite_again",
    "post caseload:phone",
    "post caseload:take_phone_back",
    "post caseload:confirm_address",
    "post caseload:decline_address",
    "post caseload:note_death",
    "post caseload:take_death_back",
    "post caseload:take_invitation_back",
    "post caseload:take_confirmation_back",
}
"""As the sweep sends them, these change something: a row says what."""

PATIENT_CHANGES = {
    "post today:session_log",
    "post today:session_undo",
    "post today:warning",
    "post today:not_today",
    "post today:follow_zone",
}
"""What patients do on their own pages; by whom is told too."""

BY_LINK_CHANGES = {
    "post reminders:unsubscribe",
}
"""Pressed on a page that an e-mail opened, without signing in."""

OWN = "People who open their own record are not written down: the trail is about everybody else."
BY_LINK = (
    "The link went to the patient: whoever has it opens the patient's own page, as the patient."
)
NOBODY_ELSE = "About the reader's own account, or the way in."
STAFF_ONLY = "About the clinic and its team."
LIBRARY = "The library and the clinic's templates: nobody's own."
REFUSED = "Nothing is changed in the state that the sweep sends it in."

SHOWS_NOBODY = {
    **dict.fromkeys(
        [
            "get today:today",
            "get today:choose",
            "get today:progress",
            "get today:help",
            "get today:settings",
            "get today:who_looked",
            "get today:ask_address",
            "get today:item",
            "get today:how",
            "get today:own_handout",
            "get today:own_keepsake",
            "get offline:kept",
            "get offline:day",
            "get offline:day_session",
            "get offline:stopped",
            "get today:start",
            "get today:item_motion",
            "get today:pictures",
            "get today:item_photo",
            "get today:session",
            "get today:session_describe",
            "get today:warning",
            "get today:is_stopped",
            "get today:own_why",
            "get reminders:first_visit",
            "get reminders:first_visit_times",
            "get reminders:first_visit_pain",
            "get reminders:settings",
        ],
        OWN,
    ),
    **dict.fromkeys(
        [
            "post today:tell_of_pain",
            "post offline:sessions",
            "post today:not_today_undo",
            "post today:keep_address",
            "post reminders:first_visit_over",
            "post reminders:send_test",
            "post reminders:send_example",
            "post reminders:done",
            "post reminders:undo",
            "post reminders:score",
            "post reminders:answer",
            "post reminders:not_today",
            "post reminders:later",
            "post reminders:not_later",
        ],
        REFUSED,
    ),
    **dict.fromkeys(
        [
            "get today:invitation",
            "get today:phone",
            "get today:new_address",
            "post today:new_address",
            "get reminders:from_email",
            "get reminders:choose",
            "get reminders:letter",
            "get reminders:letter_change",
            "get reminders:score",
            "get reminders:answer",
            "get reminders:done",
            "get reminders:start",
            "get reminders:undo",
            "get reminders:not_today",
            "get reminders:later",
            "get reminders:not_later",
        ],
        BY_LINK,
    ),
    **dict.fromkeys(
        [
            "get home",
            "get first_run",
            "get accounts:who",
            "get security_txt",
            "get robots_txt",
            "get offline:manifest",
            "get offline:worker",
            "get offline:without_network",
            "get offline:favicon",
            "get caseload:thresholds",
            "get offline:notices",
            "get accounts:signed_in",
            "get accounts:settings",
            "get accounts:passkeys",
            "get accounts:add_passkey",
            "get accounts:passkey",
            "get accounts:remove_passkey",
            "post accounts:ask_to_add_passkey",
            "post accounts:answer_passkey_offer",
            "post accounts:trust_phone",
            "post accounts:trust_phone_no_longer",
        ],
        NOBODY_ELSE,
    ),
    **dict.fromkeys(["get reminders:operating", "get caseload:create"], STAFF_ONLY),
    "get caseload:phone_state": "Says only whether a code was used, and names nobody.",
}


def reason_for_nobody(key: str) -> str | None:
    """Why this address shows no patient to anybody else; None if nobody has said so."""
    name = key.split()[1]
    if name.startswith(("account_", "demo_mail:")):
        return NOBODY_ELSE
    if name.startswith(("accounts:",)):
        return SHOWS_NOBODY.get(key, STAFF_ONLY)
    if name.startswith(("exercises:", "programmes:")):
        return LIBRARY
    return SHOWS_NOBODY.get(key)

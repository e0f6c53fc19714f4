"""What each address shows of a patient, and so what the audit trail has to say of opening it.

By method and name, as the access sweep lists them; an address that is in no group fails.
"""

from tests.patients.clinic_routes import FORMS

OPENS_RECORD = {
    *(f"get patients:{name}" for name in FORMS),
    "get patients:check_sign",
    "get patients:deal_with",
    "get patients:give",
    "get reminders:why",
    "get patients:record_trail",
    "get patients:record_trail_export",
    "get patients:close_access",
    "get patients:invite_again",
    "get patients:note_death",
    "get patients:take_death_back",
    # A form that came back, or a press: the record was loaded, and the page may show it.
    "post patients:check_sign",
    "post patients:deal_with",
    "post patients:give",
    "post patients:use_template",
    "post patients:build",
    "post patients:invite",
    "post patients:try_address",
    "post patients:resume",
    "post patients:record_session",
    "post patients:take_back",
    "post patients:take_back_noted",
    "post patients:change_programme",
    "post patients:publish_change",
    "post patients:close_access",
    "post patients:invite_again",
    "post patients:confirm_address",
    "post patients:decline_address",
    "post patients:note_death",
    "post patients:take_death_back",
    "post patients:take_invitation_back",
    "post patients:take_confirmation_back",
}
"""One patient's record, for staff."""

LISTS_NAMES = {
    "get patients:caseload",
    "get patients:assign_from",
    "get patients:hand_over",
    "get patients:clinic_trail",
    "get patients:clinic_trail_export",
    "post patients:hand_over",
}
"""Patients' names, for staff: to find one, to choose one."""

CHANGES_RECORD = {
    "post patients:invite",
    "post patients:try_address",
    "post patients:resume",
    "post patients:record_session",
    "post patients:take_back",
    "post patients:take_back_noted",
    "post patients:change_programme",
    "post patients:publish_change",
    "post patients:invite_again",
    "post patients:confirm_address",
    "post patients:decline_address",
    "post patients:note_death",
    "post patients:take_death_back",
    "post patients:take_invitation_back",
    "post patients:take_confirmation_back",
}
"""As the sweep sends them, these change something: a row says what."""

PATIENT_CHANGES = {
    "post patients:session_log",
    "post patients:session_undo",
    "post patients:warning",
    "post patients:not_today",
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
            "get patients:today",
            "get patients:choose",
            "get patients:progress",
            "get patients:help",
            "get patients:settings",
            "get patients:who_looked",
            "get patients:ask_address",
            "get patients:item",
            "get patients:own_handout",
            "get patients:item_photo",
            "get patients:session_describe",
            "get patients:warning",
            "get patients:is_stopped",
            "get reminders:own_why",
            "get reminders:first_visit",
            "get reminders:first_visit_times",
            "get reminders:first_visit_pain",
            "get reminders:settings",
        ],
        OWN,
    ),
    **dict.fromkeys(
        [
            "post patients:tell_of_pain",
            "post patients:not_today_undo",
            "post patients:keep_address",
            "post reminders:first_visit_over",
            "post reminders:send_test",
            "post reminders:send_example",
            "post reminders:done",
            "post reminders:undo",
            "post reminders:answer",
            "post reminders:not_today",
        ],
        REFUSED,
    ),
    **dict.fromkeys(
        [
            "get patients:invitation",
            "get patients:new_address",
            "post patients:new_address",
            "get reminders:from_email",
            "get reminders:answer",
            "get reminders:done",
            "get reminders:undo",
            "get reminders:not_today",
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
            "get accounts:signed_in",
            "get accounts:settings",
        ],
        NOBODY_ELSE,
    ),
    **dict.fromkeys(["get reminders:operating", "get patients:create"], STAFF_ONLY),
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

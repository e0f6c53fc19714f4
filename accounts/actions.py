"""Everything that the audit trail can say of someone: one list, spelled one way.

What it was done to first, then what was done. The labels are for a clinic lead and for the
patient whose record it is about.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Action(TextChoices):
    # --- signing in ---------------------------------------------------------------
    SIGNED_IN_BY_PASSWORD = "signed_in_by_password", _("signed in with the password")
    SIGNED_IN_BY_CODE = "signed_in_by_code", _("signed in with an e-mailed code")
    SIGNED_IN_BY_PASSKEY = "signed_in_by_passkey", _("signed in with a passkey")
    SIGNED_IN_BY_RESET = "signed_in_by_reset", _("signed in by choosing a new password")
    SIGNED_IN_BY_INVITATION = "signed_in_by_invitation", _("signed in by accepting an invitation")
    SIGNED_IN_BY_PHONE_LINK = (
        "signed_in_by_phone_link",
        _("signed in by a code shown in the clinic"),
    )
    SIGNED_IN_AT_START = "signed_in_at_start", _("signed in while setting up the first clinic")
    SIGNED_OUT = "signed_out", _("signed out")
    PROVED_BY_PASSWORD = "proved_by_password", _("showed again who they are: by the password")
    PROVED_BY_CODE = "proved_by_code", _("showed again who they are: by an e-mailed code")
    PROVED_BY_PASSKEY = "proved_by_passkey", _("showed again who they are: by a passkey")
    PASSKEY_ADDED = "passkey_added", _("added a passkey")
    PASSKEY_REMOVED = "passkey_removed", _("removed a passkey")
    PASSKEY_WRONG = "passkey_wrong", _("somebody used a passkey that does not fit")
    PHONE_TRUSTED = "phone_trusted", _("said that this is their own phone")
    PHONE_TRUSTED_NO_LONGER = (
        "phone_trusted_no_longer",
        _("said that this is not their own phone"),
    )
    PASSWORD_WRONG = "password_wrong", _("somebody typed a wrong password")
    CODE_ASKED_FOR = "code_asked_for", _("somebody asked for a code by e-mail")
    CODE_WRONG = "code_wrong", _("somebody typed a wrong code")
    RESET_ASKED_FOR = "reset_asked_for", _("somebody asked for a link for a new password")
    SIGN_IN_LOCKED = "sign_in_locked", _("too many tries: signing in was stopped for a while")

    # --- clinics and their teams --------------------------------------------------
    CLINIC_STARTED = "clinic_started", _("started the clinic")
    CLINIC_CHANGED = "clinic_changed", _("changed the clinic's settings")
    CLINIC_LOGO_CHANGED = "clinic_logo_changed", _("changed the clinic's logo")
    CLINIC_LOGO_REMOVED = "clinic_logo_removed", _("removed the clinic's logo")
    COLLEAGUE_INVITED = "colleague_invited", _("invited a colleague")
    INVITATION_WITHDRAWN = "invitation_withdrawn", _("withdrew an invitation")
    TEAM_JOINED = "team_joined", _("joined the team")
    MEMBER_DEACTIVATED = "member_deactivated", _("took a colleague's access away")
    MEMBER_REACTIVATED = "member_reactivated", _("gave a colleague access again")
    MEMBER_MADE_LEAD = "member_made_lead", _("made a colleague a clinic lead")
    MEMBER_MADE_CLINICIAN = "member_made_clinician", _("made a clinic lead a clinician")
    OPERATOR_MADE = "operator_made", _("made somebody an operator")
    OPERATOR_UNMADE = "operator_unmade", _("made somebody an operator no longer")
    OWN_NAME_CHANGED = "own_name_changed", _("changed their own name")
    PERMISSION_REFUSED = "permission_refused", _("was refused a page")
    REFUSALS_LEFT_OUT = "refusals_left_out", _("was refused more pages, not written down singly")
    CLINIC_TRAIL_EXPORTED = "clinic_trail_exported", _("saved who did what in the clinic")

    # --- a patient's record -------------------------------------------------------
    RECORD_READ = "record_read", _("opened the record")
    RECORD_LISTED = "record_listed", _("saw the name in a list")
    RECORD_PRINTED = "record_printed", _("printed the handout")
    RECORD_TRAIL_EXPORTED = "record_trail_exported", _("saved who has touched the record")
    PATIENT_ADDED = "patient_added", _("added the patient")
    PATIENT_EDITED = "patient_edited", _("changed details")
    CALLED_CHANGED = "called_changed", _("changed what they want to be called")
    PATIENT_HANDED_OVER = "patient_handed_over", _("handed the patient over to a colleague")
    PATIENT_INVITED = "patient_invited", _("invited the patient")
    INVITATION_ACCEPTED = "invitation_accepted", _("accepted the invitation")
    INVITATION_YEAR_WRONG = (
        "invitation_year_wrong",
        _("typed another year of birth at the invitation"),
    )
    PATIENT_INVITATION_TAKEN_BACK = (
        "patient_invitation_taken_back",
        _("took an invitation to the page back"),
    )
    PHONE_LINK_MADE = "phone_link_made", _("showed a code that signs the patient’s phone in")
    PHONE_LINK_TAKEN_BACK = (
        "phone_link_taken_back",
        _("took back a code that signs the patient’s phone in"),
    )
    PHONE_LINK_USED = "phone_link_used", _("signed a phone in by a code shown in the clinic")
    ACCOUNT_GOT_ADDRESS = "account_got_address", _("now signs in with an e-mail address too")
    ACCESS_CLOSED = "access_closed", _("closed access")
    DEATH_NOTED = "death_noted", _("noted that the patient has died, and closed access")
    DEATH_TAKEN_BACK = "death_taken_back", _("took back that the patient has died")
    ADDRESS_CHANGE_ASKED = "address_change_asked", _("asked for another e-mail address")
    ADDRESS_CHANGE_TAKEN_BACK = (
        "address_change_taken_back",
        _("took back the wish for another e-mail address"),
    )
    ADDRESS_CHANGE_CONFIRMED = (
        "address_change_confirmed",
        _("confirmed another e-mail address"),
    )
    ADDRESS_CONFIRMATION_TAKEN_BACK = (
        "address_confirmation_taken_back",
        _("took back the confirmation of another e-mail address"),
    )
    ADDRESS_CHANGE_DECLINED = "address_change_declined", _("declined another e-mail address")
    ADDRESS_CHANGED = "address_changed", _("answered at another e-mail address")
    ADDRESS_TRIED_AGAIN = "address_tried_again", _("wrote to a refused address again")
    FIRST_VISIT_ENDED = "first_visit_ended", _("finished the first visit")
    TIME_ZONE_CHANGED = "time_zone_changed", _("changed the time zone")
    REMINDERS_CHANGED = "reminders_changed", _("changed reminders")
    REMINDERS_STOPPED = "reminders_stopped", _("stopped reminders")
    REMINDER_ASKED_FOR = "reminder_asked_for", _("asked for one more reminder that day")
    REMINDER_TAKEN_BACK = "reminder_taken_back", _("took one more reminder back")

    # --- what is prescribed to a patient ------------------------------------------
    PLAN_ASSIGNED = "plan_assigned", _("gave a programme")
    PLAN_CHANGE_STARTED = "plan_change_started", _("began to change the programme")
    PLAN_CHANGE_PUBLISHED = "plan_change_published", _("published a change of the programme")
    PLAN_REPLACED = "plan_replaced", _("gave another programme")
    PLAN_PAUSED = "plan_paused", _("paused the programme")
    PLAN_RESUMED = "plan_resumed", _("resumed the programme")
    PLAN_ENDED = "plan_ended", _("ended the programme")
    PLAN_REVIEW_CHANGED = "plan_review_changed", _("changed the review date")

    # --- what the patient does and says ------------------------------------------
    SESSION_LOGGED = "session_logged", _("logged a session")
    SESSION_DESCRIBED = "session_described", _("described a session")
    SESSION_UNDONE = "session_undone", _("took a session back")
    SESSION_SET_ASIDE = (
        "session_set_aside",
        _("told of a warning sign before this session: it does not count"),
    )
    NOT_TODAY_SAID = "not_today_said", _("said “not today”")
    NOT_TODAY_TAKEN_BACK = "not_today_taken_back", _("took “not today” back")
    PAIN_TOLD = "pain_told", _("told the clinic of much pain")
    SIGN_TOLD = "sign_told", _("told of a warning sign")
    SIGN_NAMED = "sign_named", _("said which warning sign")
    SIGN_CHECKED_GOES_ON = "sign_checked_goes_on", _("checked a warning sign: goes on")
    SIGN_CHECKED_STAYS_PAUSED = (
        "sign_checked_stays_paused",
        _("checked a warning sign: stays paused"),
    )
    REASON_DEALT_WITH = "reason_dealt_with", _("dealt with a reason")
    REASON_TAKEN_BACK = "reason_taken_back", _("took back what was noted")

    # --- programmes ---------------------------------------------------------------
    PROGRAMME_CREATED = "programme_created", _("began a programme")
    PROGRAMME_COPIED = "programme_copied", _("copied a programme")
    PROGRAMME_DESCRIBED = "programme_described", _("changed a programme's words")
    PROGRAMME_DISCARDED = "programme_discarded", _("discarded a draft")
    PROGRAMME_PUBLISHED = "programme_published", _("published a programme")
    PROGRAMME_REVISED = "programme_revised", _("began the next version of a programme")
    ITEM_ADDED = "item_added", _("added an exercise")
    ITEM_CHANGED = "item_changed", _("changed an exercise's dose or note")
    ITEM_MOVED = "item_moved", _("moved an exercise")
    ITEM_REMOVED = "item_removed", _("removed an exercise")
    ITEM_RESTORED = "item_restored", _("put an exercise back")
    ITEM_VERSION_TAKEN = "item_version_taken", _("took an exercise's newer version")
    TEMPLATE_ARCHIVED = "template_archived", _("archived a template")
    TEMPLATE_BROUGHT_BACK = "template_brought_back", _("brought a template back")
    TEMPLATE_RENAMED = "template_renamed", _("renamed a template")

    # --- exercises ------------------------------------------------------------------
    EXERCISE_CREATED = "exercise_created", _("wrote an exercise")
    EXERCISE_COPIED = "exercise_copied", _("copied an exercise")
    EXERCISE_REVISED = "exercise_revised", _("began the next version of an exercise")
    EXERCISE_SAVED = "exercise_saved", _("changed an exercise")
    EXERCISE_DRAWN = "exercise_drawn", _("drew an exercise")
    EXERCISE_PUBLISHED = "exercise_published", _("published an exercise")
    EXERCISE_ARCHIVED = "exercise_archived", _("archived an exercise")
    EXERCISE_RESTORED = "exercise_restored", _("brought an exercise back")
    EXERCISE_DELETED = "exercise_deleted", _("deleted an exercise")
    EXERCISE_DRAFT_DISCARDED = "exercise_draft_discarded", _("discarded an exercise's draft")
    EXERCISE_SIGNED = "exercise_signed", _("signed an exercise")
    EXERCISE_SIGNATURE_WITHDRAWN = (
        "exercise_signature_withdrawn",
        _("withdrew an exercise's signature"),
    )
    PHOTO_ADDED = "photo_added", _("added a photo")
    PHOTO_DESCRIBED = "photo_described", _("described a photo")
    PHOTO_MOVED = "photo_moved", _("moved a photo")
    PHOTO_REMOVED = "photo_removed", _("removed a photo")

"""What kind of thing each audited action is: every action is in exactly one list."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.actions import Action


class Kind(TextChoices):
    LOOKED = "looked", _("looked")
    PRINTED = "printed", _("printed or saved")
    CHANGED = "changed", _("changed")
    TOLD = "told", _("logged or told")
    SIGNED_IN = "signed_in", _("signed in or out")
    REFUSED = "refused", _("was refused")


LOOKED = [Action.RECORD_READ, Action.RECORD_LISTED]
PRINTED = [Action.RECORD_PRINTED, Action.RECORD_TRAIL_EXPORTED, Action.CLINIC_TRAIL_EXPORTED]
TOLD = [
    Action.SESSION_LOGGED,
    Action.SESSION_DESCRIBED,
    Action.SESSION_UNDONE,
    Action.SESSION_SET_ASIDE,
    Action.NOT_TODAY_SAID,
    Action.NOT_TODAY_TAKEN_BACK,
    Action.PAIN_TOLD,
    Action.SIGN_TOLD,
    Action.SIGN_NAMED,
    Action.ADDRESS_CHANGE_ASKED,
    Action.ADDRESS_CHANGE_TAKEN_BACK,
    Action.ADDRESS_CHANGED,
    Action.FIRST_VISIT_ENDED,
]
SIGNED_IN = [
    Action.SIGNED_IN_BY_PASSWORD,
    Action.SIGNED_IN_BY_CODE,
    Action.SIGNED_IN_BY_PASSKEY,
    Action.SIGNED_IN_BY_RESET,
    Action.SIGNED_IN_BY_INVITATION,
    Action.SIGNED_IN_BY_PHONE_LINK,
    Action.SIGNED_IN_AT_START,
    Action.SIGNED_OUT,
    Action.PROVED_BY_PASSWORD,
    Action.PROVED_BY_CODE,
    Action.PROVED_BY_PASSKEY,
    Action.PHONE_TRUSTED,
    Action.PHONE_TRUSTED_NO_LONGER,
    Action.CODE_ASKED_FOR,
    Action.RESET_ASKED_FOR,
    Action.INVITATION_ACCEPTED,
    Action.PHONE_LINK_USED,
    Action.TEAM_JOINED,
]
REFUSED = [
    Action.PERMISSION_REFUSED,
    Action.REFUSALS_LEFT_OUT,
    Action.PASSWORD_WRONG,
    Action.CODE_WRONG,
    Action.PASSKEY_WRONG,
    Action.SIGN_IN_LOCKED,
    Action.INVITATION_YEAR_WRONG,
]
# One patient's record, their own programme among it.
CHANGED_ABOUT_A_RECORD = [
    Action.PATIENT_ADDED,
    Action.PATIENT_EDITED,
    Action.CALLED_CHANGED,
    Action.PATIENT_HANDED_OVER,
    Action.PATIENT_INVITED,
    Action.ADDRESS_TRIED_AGAIN,
    Action.PATIENT_INVITATION_TAKEN_BACK,
    Action.PHONE_LINK_MADE,
    Action.PHONE_LINK_TAKEN_BACK,
    Action.ACCOUNT_GOT_ADDRESS,
    Action.ACCESS_CLOSED,
    Action.DEATH_NOTED,
    Action.DEATH_TAKEN_BACK,
    Action.ADDRESS_CHANGE_CONFIRMED,
    Action.ADDRESS_CONFIRMATION_TAKEN_BACK,
    Action.ADDRESS_CHANGE_DECLINED,
    Action.TIME_ZONE_CHANGED,
    Action.REMINDERS_CHANGED,
    Action.REMINDERS_STOPPED,
    Action.REMINDER_ASKED_FOR,
    Action.REMINDER_TAKEN_BACK,
    Action.PLAN_ASSIGNED,
    Action.PLAN_CHANGE_STARTED,
    Action.PLAN_CHANGE_PUBLISHED,
    Action.PLAN_REPLACED,
    Action.PLAN_PAUSED,
    Action.PLAN_RESUMED,
    Action.PLAN_ENDED,
    Action.PLAN_REVIEW_CHANGED,
    Action.SIGN_CHECKED_GOES_ON,
    Action.SIGN_CHECKED_STAYS_PAUSED,
    Action.REASON_DEALT_WITH,
    Action.REASON_TAKEN_BACK,
    Action.PROGRAMME_CREATED,
    Action.PROGRAMME_COPIED,
    Action.PROGRAMME_DESCRIBED,
    Action.PROGRAMME_DISCARDED,
    Action.PROGRAMME_PUBLISHED,
    Action.PROGRAMME_REVISED,
    Action.ITEM_ADDED,
    Action.ITEM_CHANGED,
    Action.ITEM_MOVED,
    Action.ITEM_REMOVED,
    Action.ITEM_RESTORED,
    Action.ITEM_VERSION_TAKEN,
]
CHANGED_ELSEWHERE = [
    Action.CLINIC_STARTED,
    Action.CLINIC_CHANGED,
    Action.CLINIC_LOGO_CHANGED,
    Action.CLINIC_LOGO_REMOVED,
    Action.COLLEAGUE_INVITED,
    Action.INVITATION_WITHDRAWN,
    Action.MEMBER_DEACTIVATED,
    Action.MEMBER_REACTIVATED,
    Action.MEMBER_MADE_LEAD,
    Action.MEMBER_MADE_CLINICIAN,
    Action.OPERATOR_MADE,
    Action.OPERATOR_UNMADE,
    Action.OWN_NAME_CHANGED,
    Action.PASSKEY_ADDED,
    Action.PASSKEY_REMOVED,
    Action.TEMPLATE_ARCHIVED,
    Action.TEMPLATE_BROUGHT_BACK,
    Action.TEMPLATE_RENAMED,
    Action.EXERCISE_CREATED,
    Action.EXERCISE_COPIED,
    Action.EXERCISE_REVISED,
    Action.EXERCISE_SAVED,
    Action.EXERCISE_DRAWN,
    Action.EXERCISE_PUBLISHED,
    Action.EXERCISE_ARCHIVED,
    Action.EXERCISE_RESTORED,
    Action.EXERCISE_DELETED,
    Action.EXERCISE_DRAFT_DISCARDED,
    Action.EXERCISE_SIGNED,
    Action.EXERCISE_SIGNATURE_WITHDRAWN,
    Action.PHOTO_ADDED,
    Action.PHOTO_DESCRIBED,
    Action.PHOTO_MOVED,
    Action.PHOTO_REMOVED,
]
CHANGED = [*CHANGED_ELSEWHERE, *CHANGED_ABOUT_A_RECORD]
ACTIONS: dict[Kind, list[Action]] = {
    Kind.LOOKED: LOOKED,
    Kind.PRINTED: PRINTED,
    Kind.CHANGED: CHANGED,
    Kind.TOLD: TOLD,
    Kind.SIGNED_IN: SIGNED_IN,
    Kind.REFUSED: REFUSED,
}
KIND: dict[str, Kind] = {action: kind for kind, actions in ACTIONS.items() for action in actions}
# What can be done to one patient's record, their own programme among it.
ABOUT_A_RECORD = {
    *LOOKED,
    Action.RECORD_PRINTED,
    Action.RECORD_TRAIL_EXPORTED,
    *TOLD,
    Action.INVITATION_ACCEPTED,
    Action.PHONE_LINK_USED,
    Action.INVITATION_YEAR_WRONG,
    Action.PERMISSION_REFUSED,
    *CHANGED_ABOUT_A_RECORD,
}

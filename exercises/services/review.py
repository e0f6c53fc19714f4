"""A named clinician's word for one version of an exercise."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions import Action
from accounts.models import Clinic, User
from exercises.models import ExerciseVersion


class NotSignable(Exception):
    """Says why: a draft, or a version that somebody has signed."""


@transaction.atomic
def sign(version: ExerciseVersion, *, clinic: Clinic, by: User, now: datetime) -> None:
    """Say that one has read this version and stands by it, dated by the clinic's calendar.

    ``clinic`` is where the signer works. Signing twice leaves the first date. Raises
    NotSignable for a draft, and where somebody else has signed.
    """
    today = now.astimezone(ZoneInfo(clinic.time_zone)).date()
    unsigned = ExerciseVersion.objects.published().filter(pk=version.pk, reviewed_on=None)
    if unsigned.update(reviewed_by=by, reviewed_on=today):
        audit.record(by, Action.EXERCISE_SIGNED, version, clinic=clinic, now=now)
        return
    version.refresh_from_db()
    if not version.is_published:
        raise NotSignable(_("Publish this version first: a draft may still change."))
    if version.reviewed_by != by:
        raise NotSignable(
            _("%(who)s has reviewed this version already.") % {"who": version.reviewed_by}
        )


@transaction.atomic
def withdraw(version: ExerciseVersion, *, clinic: Clinic, by: User, now: datetime) -> bool:
    """Take one's own signature back; False if there is none of one's own."""
    own = ExerciseVersion.objects.filter(pk=version.pk, reviewed_by=by)
    if not own.update(reviewed_by=None, reviewed_on=None):
        return False
    audit.record(by, Action.EXERCISE_SIGNATURE_WITHDRAWN, version, clinic=clinic, now=now)
    return True

"""A named clinician's word for one version of an exercise, given for one clinic."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions import Action
from accounts.models import Clinic, Membership, User
from exercises.models import ExerciseVersion, Signature
from exercises.services.turns import take_turn


class NotSignable(Exception):
    """Says why: a draft, a version that a colleague has signed, or someone who may not sign."""


@transaction.atomic
def sign(version: ExerciseVersion, *, clinic: Clinic, by: User, now: datetime) -> Signature:
    """Say for this clinic that one has read this version and stands by it.

    Dated by the clinic's calendar, with the signer's name and role as they are now.
    Signing twice leaves the first signature. Raises NotSignable for a draft, another
    clinic's exercise, someone who does not work there or has no name, and where a
    colleague has signed.
    """
    take_turn(clinic)
    current = ExerciseVersion.objects.select_related("exercise").get(pk=version.pk)
    role = _role(by, clinic)
    _refuse_what_is_not_theirs(current, clinic)
    standing = Signature.objects.standing().filter(version=current, clinic=clinic)
    there: Signature | None = standing.first()
    if there is not None:
        if there.by_id != by.pk:
            words = _("%(who)s has reviewed this version already.")
            raise NotSignable(words % {"who": there.name})
        return there
    signature = Signature.objects.create(
        clinic=clinic,
        version=current,
        by=by,
        name=_name(by),
        role=role,
        signed_on=now.astimezone(ZoneInfo(clinic.time_zone)).date(),
    )
    audit.record(by, Action.EXERCISE_SIGNED, current, clinic=clinic, now=now)
    return signature


def _role(by: User, clinic: Clinic) -> str:
    """What they are there now; nobody ends their access until the transaction ends."""
    at_work = Membership.objects.active().select_for_update(no_key=True)
    member: Membership | None = at_work.filter(user=by, clinic=clinic).first()
    if member is None:
        raise NotSignable(_("Only somebody who works in the clinic can sign for it."))
    return member.role


def _name(by: User) -> str:
    name = User.objects.get(pk=by.pk).name.strip()
    if not name:
        raise NotSignable(_("Write your name in your settings first: it stands on what you sign."))
    return name


def _refuse_what_is_not_theirs(version: ExerciseVersion, clinic: Clinic) -> None:
    if not version.is_published:
        raise NotSignable(_("Publish this version first: a draft may still change."))
    if version.exercise.clinic_id not in (None, clinic.pk):
        raise NotSignable(_("This exercise is another clinic’s own."))


@transaction.atomic
def withdraw(signature: Signature, *, by: User, now: datetime) -> bool:
    """Take one's own signature back; False if it is someone else's, or taken back already."""
    own = Signature.objects.standing().filter(pk=signature.pk, by=by)
    if not own.update(withdrawn_at=now):
        return False
    audit.record(
        by, Action.EXERCISE_SIGNATURE_WITHDRAWN, signature.version, clinic=signature.clinic, now=now
    )
    return True

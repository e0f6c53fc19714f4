"""A reason is dealt with: someone was in touch, looked at it, or wants to be asked again."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions import Action
from accounts.models import User
from accounts.services import NotPossible
from caseload.concerns import DEALT_WITH, Concern
from caseload.words import reasons
from patients.models import DealtWith, Patient
from patients.schedule import local_date

__all__ = ["NotPossible", "deal_with", "may_take_back", "take_back"]

TAKEN_BACK_WITHIN = timedelta(hours=1)
"""So long a wrong press can be taken back, by the person who pressed."""


@transaction.atomic
def deal_with(
    patient: Patient,
    concerns: Iterable[Concern],
    *,
    how: str,
    words: str = "",
    until_on: date | None = None,
    by: User,
    now: datetime,
) -> list[DealtWith]:
    """Note what was done about each of these reasons, as it stands: ``how`` is a DealtWith.How.

    ``words`` are needed for what was looked at; ``until_on`` is the patient's date on which to
    ask again. Raises NotPossible for a warning sign, and for one's own record.
    """
    if patient.user_id == by.pk:
        raise NotPossible(_("This is your own record. A colleague has to look at it."))
    chosen = list(concerns)
    if any(concern.kind not in DEALT_WITH for concern in chosen):
        raise NotPossible(_("A warning sign has its own check."))
    today = local_date(now, patient.zone)
    said: dict[str, object] = {"how": how, "words": words, "until_on": until_on}
    said |= {"on": today, "by": by, "by_name": str(by), "at": now}
    return [_note(patient, concern, said, now=now) for concern in chosen]


def _note(
    patient: Patient, concern: Concern, said: dict[str, object], *, now: datetime
) -> DealtWith:
    dealt: DealtWith = DealtWith.objects.create(
        patient=patient,
        kind=concern.kind.slug,
        reason=reasons.reason(concern.reason),
        measure=concern.measure.as_json() if concern.measure else None,
        **said,
    )
    audit.record_about(patient, dealt.by, Action.REASON_DEALT_WITH, dealt, now=now)
    return dealt


def may_take_back(dealt: DealtWith, *, by: User, now: datetime) -> bool:
    """Whether it is this person's own, of a moment ago, and stands."""
    is_recent = now - dealt.at <= TAKEN_BACK_WITHIN
    return dealt.undone_at is None and dealt.by_id == by.pk and is_recent


@transaction.atomic
def take_back(dealt: DealtWith, *, by: User, now: datetime) -> None:
    """What was noted in one press, for one reason or several, is taken back in one.

    Each reason stands as it did before. Done again it changes nothing. Raises NotPossible for someone else's, and later than
    ``TAKEN_BACK_WITHIN``.
    """
    current = DealtWith.objects.select_for_update(of=("self",)).get(pk=dealt.pk)
    if current.undone_at is not None:
        return
    if not may_take_back(current, by=by, now=now):
        raise NotPossible(_("That can be taken back within an hour, by whoever noted it."))
    together = current.patient.dealt_with.standing().filter(by=by, at=current.at)
    for one in together:
        one.undone_at = now
        one.save(update_fields=["undone_at"])
        audit.record_about(dealt.patient, by, Action.REASON_TAKEN_BACK, one, now=now)

"""E-mail to the clinic that someone waits for them: it says neither who, nor why."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from accounts import letters
from accounts.links import absolute
from accounts.mail_limits import TooManyLetters
from accounts.models import AddressTrouble, Letter, Membership, User
from patients.models import Patient


def to_responsible(patient: Patient, *, now: datetime, by: User | None) -> Letter | None:
    """Write to the clinician who looks after this patient. Where that is nobody at work, the patient
    themself, or someone whose mail is refused: to the clinic's leads, and None.

    ``by`` is who is counted for it; what is never to be held back is nobody's.
    """
    theirs = _team(patient).filter(user=patient.clinician_id).exclude(user=patient.user_id)
    member = _able_to_read(theirs).first()
    if member is None:
        to_leads(patient, is_late=False, now=now, by=by)
        return None
    return _post("caseload_notice", member, patient, now=now, by=by)


def to_leads(patient: Patient, *, is_late: bool, now: datetime, by: User | None) -> None:
    """Write to each lead; ``is_late`` says that someone has waited for hours."""
    leads = _team(patient).filter(role=Membership.Role.LEAD)
    # Better a lead who may not see to it, or whose mail was refused before, than nobody.
    others = leads.exclude(user=patient.user_id)
    choices = (_able_to_read(others), others, leads)
    for member in next((some for some in choices if some.exists()), leads):
        template = "caseload_waiting" if is_late else "caseload_notice"
        _post(template, member, patient, now=now, by=by, who="all")


def _team(patient: Patient) -> QuerySet[Membership]:
    active = Membership.objects.active().filter(clinic=patient.clinic_id, user__is_active=True)
    at_work: QuerySet[Membership] = active.select_related("user")
    return at_work


def _able_to_read(team: QuerySet[Membership]) -> QuerySet[Membership]:
    return team.exclude(user__email__in=AddressTrouble.objects.closed().values("address"))


def _post(
    template: str,
    member: Membership,
    patient: Patient,
    *,
    now: datetime,
    by: User | None,
    who: str = "",
) -> Letter | None:
    """None where they have no address, or have had the same words from the same person all day."""
    if member.user.email is None:
        return None
    query = {"who": who} if who else None
    try:
        return letters.post(
            template,
            to=member.user.address,
            context={"link": absolute(reverse("caseload:caseload", query=query))},
            kind=Letter.Kind.NOTICE,
            now=now,
            by=by,
            clinic=patient.clinic,
            language=patient.clinic.language,
        )
    except TooManyLetters:
        return None

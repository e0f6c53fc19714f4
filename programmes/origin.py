"""Who published a programme, and when: the audit trail knows, for every version there is."""

from collections.abc import Collection, Iterable
from uuid import UUID

from accounts import audit
from accounts.models import AuditEvent, Clinic, Membership, User
from programmes.models import Programme
from programmes.services import PUBLISHED
from programmes.words import person_at, published


def publications(programmes: Collection[UUID]) -> dict[UUID, AuditEvent]:
    """For each of these programmes that someone published: when it was, and by whom."""
    return audit.latest(PUBLISHED, programmes)


def people_in_words(people: Iterable[User], clinic: Clinic) -> dict[UUID, str]:
    """ "Amira Khan, clinician at Riverside" for each; without a role for who has left."""
    members = Membership.objects.filter(clinic=clinic, user__in={user.pk for user in people})
    roles = {member.user_id: member.get_role_display() for member in members}
    return {user.pk: person_at(str(user), roles.get(user.pk, ""), clinic.name) for user in people}


def published_in_words(programme: Programme) -> str:
    """ "Published by Amira Khan, clinician at Riverside, on 4 May 2026", by the clinic's date."""
    if programme.published_at is None:
        return ""
    clinic, who = programme.clinic, programme.clinic.name
    event = publications([programme.pk]).get(programme.pk)
    if event is not None and event.actor is not None:
        who = people_in_words([event.actor], clinic)[event.actor.pk]
    return published(who, programme.published_at, zone=clinic.time_zone)

"""Who published a programme, and when: the audit trail knows, for every version there is."""

from collections.abc import Collection, Iterable
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import AuditEvent, Clinic, Membership, User
from programmes.models import Programme
from programmes.services import PUBLISHED


def publications(programmes: Collection[UUID]) -> dict[UUID, AuditEvent]:
    """For each of these programmes that somebody published: when it was, and by whom."""
    return audit.latest(PUBLISHED, programmes)


def people_in_words(people: Iterable[User], clinic: Clinic) -> dict[UUID, str]:
    """ "Amira Khan, clinician at Riverside" for each; without a role for who has left."""
    members = Membership.objects.filter(clinic=clinic, user__in={user.pk for user in people})
    roles = {member.user_id: member.get_role_display() for member in members}
    return {user.pk: _person(user, roles.get(user.pk, ""), clinic) for user in people}


def _person(user: User, role: str, clinic: Clinic) -> str:
    words = {"name": user.name or user.email, "role": _lower_first(role), "clinic": clinic.name}
    if not role:
        return _("%(name)s at %(clinic)s") % words
    return _("%(name)s, %(role)s at %(clinic)s") % words


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]


def published_in_words(programme: Programme) -> str:
    """ "Published by Amira Khan, clinician at Riverside, on 4 May 2026", by the clinic's date."""
    if programme.published_at is None:
        return ""
    zone = ZoneInfo(programme.clinic.time_zone)
    words = {"date": date_format(programme.published_at.astimezone(zone), "LONG_DATE")}
    event = publications([programme.pk]).get(programme.pk)
    if event is None or event.actor is None:
        return _("Published by %(who)s, on %(date)s.") % {**words, "who": programme.clinic.name}
    who = people_in_words([event.actor], programme.clinic)[event.actor.pk]
    return _("Published by %(who)s, on %(date)s.") % {**words, "who": who}

"""To whom, or to what, an event of the audit trail was done: a colleague, an exercise, a template;
or on what kind of device a phone was signed in.

Nothing of a patient's own programme is named: a title may tell a diagnosis. The patient has a
column of their own.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from uuid import UUID

from accounts.actions import Action
from accounts.models import AuditEvent, Membership, TeamInvitation, User
from exercises.models import ExerciseVersion
from patients.models import PhoneLink
from programmes.models import Programme

Keys = Collection[UUID]
Found = Mapping[UUID, User | str]


def subjects_of(events: Iterable[AuditEvent]) -> dict[UUID, str]:
    """By the key of the event. Left out: what is about a patient (but for the kind of a device
    that was signed in), or only about who did it.

    One query for each type of subject, however many events.
    """
    by_type: dict[str, list[AuditEvent]] = defaultdict(list)
    for event in events:
        is_told = event.patient_id is None or event.action == Action.PHONE_LINK_USED
        if is_told and event.subject_type in FIND:
            by_type[event.subject_type].append(event)
    told: dict[UUID, str] = {}
    for subject_type, some in by_type.items():
        found = FIND[subject_type]({event.subject_id for event in some})
        told |= {e.pk: str(found[e.subject_id]) for e in some if _is_told(e, found)}
    return told


def _is_told(event: AuditEvent, found: Found) -> bool:
    """What someone did with their own account says enough by who did it."""
    return event.subject_id in found and found[event.subject_id] != event.actor


def _users(keys: Keys) -> Found:
    return User.objects.in_bulk(keys)


def _members(keys: Keys) -> Found:
    members = Membership.objects.filter(pk__in=keys).select_related("user")
    return {member.pk: member.user for member in members}


def _invited(keys: Keys) -> Found:
    invited = TeamInvitation.objects.filter(pk__in=keys)
    return dict(invited.values_list("pk", "name"))


def _exercises(keys: Keys) -> Found:
    """By the name of its newest version."""
    versions = ExerciseVersion.objects.filter(exercise__in=keys).order_by("exercise", "-number")
    return dict(versions.distinct("exercise").values_list("exercise_id", "name"))


def _versions(keys: Keys) -> Found:
    return dict(ExerciseVersion.objects.filter(pk__in=keys).values_list("pk", "name"))


def _templates(keys: Keys) -> Found:
    templates = Programme.objects.filter(pk__in=keys, is_template=True)
    return dict(templates.values_list("pk", "title"))


def _devices(keys: Keys) -> Found:
    used = PhoneLink.objects.filter(pk__in=keys, used_at__isnull=False)
    return {link.pk: link.get_used_on_display() for link in used}


FIND: dict[str, Callable[[Keys], Found]] = {
    "user": _users,
    "membership": _members,
    "teaminvitation": _invited,
    "exercise": _exercises,
    "exerciseversion": _versions,
    "programme": _templates,
    "phonelink": _devices,
}

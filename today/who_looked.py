"""Who has looked at a record, told to the patient whose record it is: people and days, no values."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.actions import Action
from accounts.kinds import KIND, Kind
from accounts.models import AuditEvent
from patients.models import Patient
from patients.schedule import local_date

TOLD_FOR = timedelta(days=365)


class Did(TextChoices):
    """What someone at the clinic did, in the order in which it is told."""

    LOOKED = "looked", _("looked at your record")
    CHANGED = "changed", _("changed something")
    PRINTED = "printed", _("printed it or saved it")
    LISTED = "listed", _("saw your name in a list")  # less than a record on the page


@dataclass(frozen=True)
class Day:
    on: date
    did: list[Did]


@dataclass(frozen=True)
class Summary:
    """On how many days they did it, and the last of them."""

    did: Did
    days: int
    last_on: date


@dataclass(frozen=True)
class Person:
    """``name`` and ``role`` are "" where they are not known."""

    name: str
    role: str
    summaries: list[Summary]
    days: list[Day]


def who_looked(record: Patient, *, now: datetime) -> list[Person]:
    """Everyone but the patient, the one who came last first; by the patient's own dates."""
    seen: dict[UUID, dict[date, set[Did]]] = defaultdict(lambda: defaultdict(set))
    people: dict[UUID, AuditEvent] = {}
    for event in _events(record, now=now):
        key = event.actor_id
        if key is None:  # nobody signed in: not asked for
            continue
        people.setdefault(key, event)
        seen[key][local_date(event.at, record.zone)].add(_did(event.action))
    return [_person(people[key], seen[key]) for key in people]


def _events(record: Patient, *, now: datetime) -> Iterable[AuditEvent]:
    about = AuditEvent.objects.filter(patient_id=record.pk, at__gt=now - TOLD_FOR)
    by_others = about.filter(actor__isnull=False).exclude(action=Action.PERMISSION_REFUSED)
    if record.user_id:
        by_others = by_others.exclude(actor=record.user_id)
    wanted = by_others.only("at", "action", "actor_role", "actor__name", "actor__email")
    return wanted.select_related("actor").order_by("-at").iterator(chunk_size=2000)


def _did(action: str) -> Did:
    if action == Action.RECORD_LISTED:
        return Did.LISTED
    told = {Kind.LOOKED: Did.LOOKED, Kind.PRINTED: Did.PRINTED}
    return told.get(KIND.get(action, Kind.CHANGED), Did.CHANGED)


def _person(last: AuditEvent, by_day: dict[date, set[Did]]) -> Person:
    return Person(
        name=last.actor.name if last.actor else "",
        role=last.get_actor_role_display(),
        summaries=list(_summaries(by_day)),
        days=[Day(on, [one for one in Did if one in did]) for on, did in by_day.items()],
    )


def _summaries(by_day: dict[date, set[Did]]) -> Iterable[Summary]:
    for one in Did:
        on = [day for day, did in by_day.items() if one in did]
        if on:
            yield Summary(one, days=len(on), last_on=max(on))

"""Who has looked at a record, told to the patient whose record it is: people and days, no values."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actions import Action
from accounts.kinds import KIND, Kind
from accounts.models import AuditEvent
from patients.models import Patient
from patients.schedule import local_date

TOLD_FOR = timedelta(days=365)
LISTED = "listed"  # a name in a list is less than a record on the page


@dataclass(frozen=True)
class Day:
    on: date
    did: list[str]


@dataclass(frozen=True)
class Person:
    name: str
    role: str
    sentences: list[str]
    days: list[Day]


def who_looked(record: Patient, *, now: datetime) -> list[Person]:
    """Everybody but the patient, whoever came last first; by the patient's own dates."""
    seen: dict[UUID, dict[date, set[str]]] = defaultdict(lambda: defaultdict(set))
    people: dict[UUID, AuditEvent] = {}
    for event in _events(record, now=now):
        key = event.actor_id
        if key is None:  # nobody signed in: not asked for
            continue
        people.setdefault(key, event)
        seen[key][local_date(event.at, record.zone)].add(_sort(event.action))
    return [_person(people[key], seen[key]) for key in people]


def _events(record: Patient, *, now: datetime) -> Iterable[AuditEvent]:
    about = AuditEvent.objects.filter(patient_id=record.pk, at__gt=now - TOLD_FOR)
    by_others = about.filter(actor__isnull=False).exclude(action=Action.PERMISSION_REFUSED)
    if record.user_id:
        by_others = by_others.exclude(actor=record.user_id)
    wanted = by_others.only("at", "action", "actor_role", "actor__name", "actor__email")
    return wanted.select_related("actor").order_by("-at").iterator(chunk_size=2000)


def _sort(action: str) -> str:
    if action == Action.RECORD_LISTED:
        return LISTED
    kind = KIND.get(action, Kind.CHANGED)
    return kind.value if kind in {Kind.LOOKED, Kind.PRINTED} else Kind.CHANGED.value


def _person(last: AuditEvent, by_day: dict[date, set[str]]) -> Person:
    days = [
        Day(on, [_words()[one] for one in _words() if one in did]) for on, did in by_day.items()
    ]
    sentences = []
    for sort, tell in _sentences().items():
        on = [day for day, did in by_day.items() if sort in did]
        if on:
            sentences.append(
                tell(len(on)) % {"n": len(on), "last": date_format(max(on), "LONG_DATE")}
            )
    name = last.actor.name if last.actor else ""
    name = name or _("Somebody without a name")
    role = last.get_actor_role_display() or _("From your clinic")
    return Person(name=name, role=role, sentences=sentences, days=days)


def _words() -> dict[str, str]:
    return {
        Kind.LOOKED.value: _("looked at your record"),
        Kind.CHANGED.value: _("changed something"),
        Kind.PRINTED.value: _("printed it or saved it"),
        LISTED: _("saw your name in a list"),
    }


def _sentences() -> dict[str, Callable[[int], str]]:
    """For each sort: the words for so many days."""
    return {
        Kind.LOOKED.value: lambda n: ngettext(
            "Looked at your record on %(last)s.",
            "Looked at your record on %(n)d days, last on %(last)s.",
            n,
        ),
        Kind.CHANGED.value: lambda n: ngettext(
            "Changed something on %(last)s.",
            "Changed something on %(n)d days, last on %(last)s.",
            n,
        ),
        Kind.PRINTED.value: lambda n: ngettext(
            "Printed it or saved it on %(last)s.",
            "Printed it or saved it on %(n)d days, last on %(last)s.",
            n,
        ),
        LISTED: lambda n: ngettext(
            "Saw your name in a list on %(last)s.",
            "Saw your name in a list on %(n)d days, last on %(last)s.",
            n,
        ),
    }

"""An event of the audit trail in words, on a page and in a file."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions import Action
from accounts.kinds import KIND, Kind
from accounts.models import AuditEvent
from accounts.trail import CHUNK
from caseload.trail_subjects import subjects_of
from patients.models import Patient

FORMULA = ("=", "+", "-", "@", "\t", "\r")
ICONS: dict[Kind, str] = {
    Kind.LOOKED: "eye",
    Kind.PRINTED: "printer",
    Kind.CHANGED: "edit",
    Kind.TOLD: "note",
    Kind.SIGNED_IN: "user",
    Kind.REFUSED: "lock",
}
PAGES: dict[str, Any] = {
    "exercises:detail": gettext_lazy("an exercise’s page"),
    "caseload:assign": gettext_lazy("give a programme"),
    "caseload:assign_from": gettext_lazy("whom a programme is for"),
    "caseload:build": gettext_lazy("build a programme"),
    "caseload:caseload": gettext_lazy("caseload"),
    "caseload:change_programme": gettext_lazy("change the programme"),
    "caseload:change_review": gettext_lazy("review date"),
    "caseload:check_sign": gettext_lazy("check a warning sign"),
    "caseload:close_access": gettext_lazy("close access"),
    "caseload:confirm_address": gettext_lazy("another address"),
    "caseload:decline_address": gettext_lazy("another address"),
    "caseload:clinic_trail": gettext_lazy("who did what"),
    "caseload:clinic_trail_export": gettext_lazy("who did what, saved"),
    "caseload:create": gettext_lazy("new patient"),
    "caseload:deal_with": gettext_lazy("reasons to look"),
    "caseload:record": gettext_lazy("record"),
    "caseload:edit": gettext_lazy("details"),
    "caseload:end": gettext_lazy("end the programme"),
    "caseload:give": gettext_lazy("give a programme"),
    "caseload:hand_over": gettext_lazy("hand over"),
    "caseload:handout": gettext_lazy("handout"),
    "caseload:invite": gettext_lazy("invitation"),
    "caseload:invite_again": gettext_lazy("invitation"),
    "caseload:note_death": gettext_lazy("note a death"),
    "caseload:pause": gettext_lazy("pause"),
    "caseload:publish_change": gettext_lazy("publish the programme"),
    "caseload:record_session": gettext_lazy("record a session"),
    "caseload:record_trail": gettext_lazy("who has touched the record"),
    "caseload:record_trail_export": gettext_lazy("who has touched the record, saved"),
    "caseload:resume": gettext_lazy("resume"),
    "caseload:take_back": gettext_lazy("take a session back"),
    "caseload:take_confirmation_back": gettext_lazy("another address"),
    "caseload:take_death_back": gettext_lazy("take a death back"),
    "caseload:take_invitation_back": gettext_lazy("invitation"),
    "caseload:take_back_noted": gettext_lazy("take a note back"),
    "caseload:try_address": gettext_lazy("e-mail address"),
    "caseload:use_template": gettext_lazy("use a template"),
    "reminders:why": gettext_lazy("why a reminder came or not"),
    "accounts:team": gettext_lazy("team"),
    "accounts:clinic": gettext_lazy("clinic’s settings"),
}
APPS: dict[str, Any] = {
    "accounts": gettext_lazy("settings and team"),
    "exercises": gettext_lazy("exercises"),
    "today": gettext_lazy("patients’ pages"),
    "programmes": gettext_lazy("programme"),
    "reminders": gettext_lazy("reminders"),
}


@dataclass(frozen=True)
class Line:
    """One event as people read it; ``at`` is by the clinic's clock."""

    at: datetime
    who: str
    role: str
    kind: Kind | None
    did: str
    where: str
    patient: str
    patient_id: UUID | None
    told_of: str  # the colleague, the exercise or the template; "" if it says nothing more

    @property
    def when(self) -> str:
        return str(date_format(self.at, "SHORT_MOMENT_WITH_YEAR"))  # a template would say it in UTC

    @property
    def icon(self) -> str:
        return ICONS[self.kind] if self.kind else "info"


def read(
    event: AuditEvent, *, zone: ZoneInfo, names: Mapping[UUID, str], told: Mapping[UUID, str]
) -> Line:
    """``names`` are those of the patients whom the events are about; ``told`` says of an event
    by its key whom or what else (``trail_subjects``)."""
    return Line(
        at=event.at.astimezone(zone),
        who=who_did(event),
        role=event.get_actor_role_display(),
        kind=KIND.get(event.action),
        did=did(event.action),
        where=where(event.page),
        patient=names.get(event.patient_id, "") if event.patient_id else "",
        patient_id=event.patient_id,
        told_of=told.get(event.pk, ""),
    )


def did(action: str) -> str:
    """An action that is no longer known is said as it was written."""
    return str(Action(action).label) if action in Action.values else action.replace("_", " ")


def where(page: str) -> str:
    return str(PAGES.get(page) or APPS.get(page.partition(":")[0], ""))


def who_did(event: AuditEvent) -> str:
    """By the present name; without an actor, a page without sign-in or a command."""
    if event.actor is not None:
        return str(event.actor)
    is_asked_for = event.request_id not in {"", "-"}
    return _("Nobody signed in") if is_asked_for else _("The system")


def names_of(events: Iterable[AuditEvent]) -> dict[UUID, Patient]:
    """Each patient whom these events are about, in one query."""
    keys = {event.patient_id for event in events if event.patient_id}
    return Patient.objects.in_bulk(keys) if keys else {}


class _Echo:
    """Hands back each row that the writer makes of it."""

    def write(self, row: str) -> str:
        return row


def as_csv(
    events: Iterable[AuditEvent], *, zone: ZoneInfo, names: Mapping[UUID, str]
) -> Iterator[str]:
    """Row by row, for a file of any length; spreadsheets read it as UTF-8 and run nothing."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow(
        [_("When"), _("Who"), _("Role"), _("Kind"), _("What"), _("Where"), _("Patient")]
        + [_("Whom or what"), _("Action"), _("Page"), _("Request")]
    )
    for some in batched(events, CHUNK, strict=False):
        told = subjects_of(some)
        for event in some:
            line = read(event, zone=zone, names=names, told=told)
            yield writer.writerow([safe(cell) for cell in _cells(line, event)])


def _cells(line: Line, event: AuditEvent) -> list[str]:
    kind = str(line.kind.label) if line.kind else ""
    words = [line.at.isoformat(timespec="seconds"), line.who, line.role, kind, line.did]
    rest = [line.where, line.patient, line.told_of, event.action, event.page, event.request_id]
    return [*words, *rest]


def safe(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula begins with a quote.

    Some read wide, small and raised signs as the plain ones.
    """
    begins = unicodedata.normalize("NFKC", cell[:1])
    return f"'{cell}" if begins.startswith(FORMULA) else cell

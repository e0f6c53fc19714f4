"""Events of the audit trail as a file for spreadsheets."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import batched
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import AuditEvent
from accounts.trail import CHUNK
from caseload.trail import Line, read
from caseload.trail_subjects import subjects_of
from caseload.words.trail import did, where, who

FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
        [
            _("When"),
            _("Who"),
            _("Role"),
            pgettext("of an event", "Kind"),
            _("What"),
            _("Where"),
            _("Patient"),
        ]
        + [_("Whom or what"), _("Action"), _("Page"), _("Request")]
    )
    for some in batched(events, CHUNK, strict=False):
        told = subjects_of(some)
        for event in some:
            line = read(event, zone=zone, names=names, told=told)
            yield writer.writerow([safe(cell) for cell in _cells(line)])


def _cells(line: Line) -> list[str]:
    event = line.event
    kind = str(line.kind.label) if line.kind else ""
    did_what = [kind, did(event.action), where(event.page), line.patient, line.told_of]
    when_and_who = [line.at.isoformat(timespec="seconds"), who(event)]
    role = event.get_actor_role_display()
    return [*when_and_who, role, *did_what, event.action, event.page, event.request_id]


def safe(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula begins with a quote.

    Some read wide, small and raised signs as the plain ones.
    """
    begins = unicodedata.normalize("NFKC", cell[:1])
    return f"'{cell}" if begins.startswith(FORMULA) else cell

"""Everything that a person's phone keeps, to be read without a network. Reads only.

The number of queries is the same for one exercise and for twenty.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language

from accounts.contact import Contact
from accounts.context import Roles
from accounts.models import Clinic, User
from offline.code_mark import code_mark
from offline.kept_page import FILE, KeptPage, mark_of
from offline.kept_plan import KeptPlan, running
from patients.models import Patient, WarningSign
from patients.own_records import CHOSEN
from patients.templatetags.own_record import looked_after
from today.whom_to_call import NAMED_BY


@dataclass
class KeptPages:
    """Of all records of one person, ``records`` as ``own_records`` gives them."""

    user: User
    records: Sequence[Patient]
    roles: Roles
    now: datetime

    def __iter__(self) -> Iterator[KeptPage]:
        """What helps in need comes first."""
        for record in self.records:
            yield from self._of_need(record)
        yield from self._help()
        if self._has_several:
            yield from self._choice()
        for record in self.records:
            today = self._today(record)
            if plan := running(record):
                session, page = self._without_head(record), self._page(record)
                yield from KeptPlan(record, plan, session, page, today, self.now)
        for clinic in self._clinics:
            if clinic.logo:
                yield KeptPage(reverse("accounts:logo", args=[clinic.pk, clinic.logo_mark]), FILE)

    def _of_need(self, record: Patient) -> Iterator[KeptPage]:
        """The page on which a sign is told, and the notice that stands there after that."""
        sign = self._signs.get(record.pk)
        said = [sign.which, sign.checked_at] if sign else []
        notice, warning = (
            reverse(name, args=[record.pk]) for name in ("offline:stopped", "today:warning")
        )
        also = (notice, self._today(record)) if record.is_stopped else ()
        yield KeptPage(notice, mark_of(self._page(record), record.is_stopped), also)
        there = (warning, _named(warning, record.clinic))
        yield KeptPage(warning, mark_of(self._page(record), said), there)

    def _help(self) -> Iterator[KeptPage]:
        address = reverse("today:help")
        all_said = [[self._page(one), one.is_stopped] for one in self.records]
        there = (address, *(_named(address, clinic) for clinic in self._clinics))
        yield KeptPage(address, mark_of(all_said), there)

    def _choice(self) -> Iterator[KeptPage]:
        """Whose page it is to be is asked on the phone each time: the server cannot be told."""
        choose, closed = reverse("today:choose"), [clinic.pk for clinic in self.roles.closed_by]
        who = [[one.pk, one.name, one.clinic.name] for one in self.records]
        there = (choose, reverse("today:today"))
        yield KeptPage(choose, mark_of(self._person, who, closed), there)

    def _today(self, record: Patient) -> str:
        """Under which address the Today of a record is shown."""
        today = reverse("today:today")
        return f"{today}?{CHOSEN}={record.pk}" if self._has_several else today

    @property
    def _has_several(self) -> bool:
        return len(self.records) > 1

    @cached_property
    def _clinics(self) -> list[Clinic]:
        return list({record.clinic_id: record.clinic for record in self.records}.values())

    # --- what the pages say

    @cached_property
    def _signs(self) -> dict[UUID, WarningSign]:
        """Of the records that are stopped: the sign, as the notice says it."""
        stopped = [record for record in self.records if record.is_stopped]
        if not stopped:
            return {}
        signs = WarningSign.objects.visible_to(self.user).filter(patient__in=stopped)
        return {sign.patient_id: sign for sign in reversed(signs.stopping())}

    @cached_property
    def _person(self) -> list[Any]:
        is_clinician = self.roles.is_clinician  # led to the caseload from each page
        return [code_mark(), get_language(), str(self.user), is_clinician, self._has_several]

    def _without_head(self, record: Patient) -> list[Any]:
        clinic = record.clinic
        contact = [getattr(clinic, field.name) for field in Contact._meta.fields]
        return [self._person, record.pk, record.name, clinic.name, *contact]

    def _page(self, record: Patient) -> list[Any]:
        """What a page about a record says of it and of its clinic, at its head and below."""
        clinic = record.clinic
        logo = [clinic.logo_mark, clinic.logo_width, clinic.logo_height]
        return [self._without_head(record), looked_after(record), logo]


def _named(address: str, clinic: Clinic) -> str:
    """As pages lead there: they name their clinic, should nobody be signed in."""
    return f"{address}?{NAMED_BY}={clinic.pk}"

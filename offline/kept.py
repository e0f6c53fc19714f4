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
from offline.kept_page import KeptPage, mark_of
from offline.kept_plan import KeptPlan, running
from patients.models import Patient, WarningSign
from patients.own_records import CHOSEN
from patients.templatetags.own_record import looked_after


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
        yield KeptPage(reverse("today:help"), self._mark(self._of_all))
        if self._has_several:
            yield from self._choice()
        for record in self.records:
            if record.is_stopped:
                yield KeptPage(_notice(record), self._of_notice(record), self._today(record))
            elif plan := running(record):
                shell, today = self._shell(record), self._today(record)
                yield from KeptPlan(record, plan, shell, today, self.now)
        for clinic in {record.clinic for record in self.records if record.clinic.logo}:
            yield KeptPage(reverse("accounts:logo", args=[clinic.pk, clinic.logo_mark]), "0")

    def _of_need(self, record: Patient) -> Iterator[KeptPage]:
        """The page on which a sign is told, and the notice that stands there after that."""
        sign = self._signs.get(record.pk)
        said = [sign.which, sign.checked_at] if sign else []
        yield KeptPage(_notice(record), self._of_notice(record))
        mark = self._mark(self._shell(record), said)
        yield KeptPage(reverse("today:warning", args=[record.pk]), mark)

    def _choice(self) -> Iterator[KeptPage]:
        """Whose page it is to be is asked on the phone each time: the server cannot be told."""
        choose = reverse("today:choose")
        mark = self._mark(self._of_all, [clinic.pk for clinic in self.roles.closed_by])
        yield KeptPage(choose, mark)
        yield KeptPage(choose, mark, reverse("today:today"))

    def _today(self, record: Patient) -> str:
        """Under which address the Today of a record is shown."""
        today = reverse("today:today")
        return f"{today}?{CHOSEN}={record.pk}" if self._has_several else today

    @property
    def _has_several(self) -> bool:
        return len(self.records) > 1

    # --- what the pages say

    @cached_property
    def _signs(self) -> dict[UUID, WarningSign]:
        """Of the records that are stopped: the sign, as the notice says it."""
        stopped = [record for record in self.records if record.is_stopped]
        if not stopped:
            return {}
        signs = WarningSign.objects.visible_to(self.user).filter(patient__in=stopped)
        return {sign.patient_id: sign for sign in reversed(signs.stopping())}

    def _mark(self, *said: Any) -> str:
        return mark_of(self._person, *said)

    @cached_property
    def _person(self) -> list[Any]:
        is_clinician = self.roles.is_clinician  # leads to the caseload from each page
        return [code_mark(), get_language(), str(self.user), is_clinician, self._has_several]

    def _shell(self, record: Patient) -> list[Any]:
        """What each page about a record says of it, and of its clinic."""
        who = [record.pk, record.name, looked_after(record)]
        return [self._person, *who, *_clinic(record.clinic)]

    def _of_notice(self, record: Patient) -> str:
        return self._mark(self._shell(record), "notice")

    @property
    def _of_all(self) -> list[Any]:
        return [[*self._shell(record), record.is_stopped] for record in self.records]


def _notice(record: Patient) -> str:
    return reverse("offline:stopped", args=[record.pk])


def _clinic(clinic: Clinic) -> list[Any]:
    contact = [getattr(clinic, field.name) for field in Contact._meta.fields]
    return [clinic.name, clinic.logo_mark, clinic.logo_width, clinic.logo_height, *contact]

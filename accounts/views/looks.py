"""What someone at work has before them, written down where the row is loaded.

Loaders call these, pages do not: no page can load a row and forget to note it.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest

import clock
from accounts import audit
from accounts.requests import SignedInRequest


def page_of(request: HttpRequest) -> str:
    """The name of the route; never the address, which names rows and carries tokens."""
    match = request.resolver_match
    return match.view_name if match else ""


def note_opened(request: SignedInRequest, patient_id: UUID, clinic_id: UUID) -> None:
    """This patient's record is on the page. Once in a request, however often it is loaded."""
    opened: set[UUID] = request.__dict__.setdefault("opened_records", set())
    if patient_id in opened:
        return
    opened.add(patient_id)
    page, now = page_of(request), clock.now()
    audit.record_opened(patient_id, clinic_id, request.user, page=page, now=now)


def note_listed(request: SignedInRequest, patients: Iterable[Any]) -> None:
    """These patients' names are on the page, in a list or to choose from."""
    audit.record_listed(patients, request.user, page=page_of(request), now=clock.now())

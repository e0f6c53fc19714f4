"""The clinician's first page: everyone they look after, who needs them first."""

from collections.abc import Collection, Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import clock
from accounts import passkey_offer
from accounts.access import staff_required
from accounts.requests import SignedInRequest
from accounts.views.looks import note_listed
from caseload import standings
from caseload.caseload_page import Row, read_page, rows_of
from caseload.forms.caseload import CaseloadForm
from caseload.views.just_dealt import just_dealt_with
from caseload.words import reasons
from patients.models import DealtWith, Patient
from patients.opening import patients_of

ROWS = 25


@require_safe
@staff_required
def caseload(request: SignedInRequest) -> HttpResponse:
    now = clock.now()
    form = CaseloadForm(request.GET)
    patients = form.apply(patients_of(request), request.user)
    counts = standings.counts(patients, now=now)
    keys = Paginator(standings.in_order(patients, needs_me=form.needs_me), ROWS)
    keys.count = counts.needs if form.needs_me else counts.all
    page: Page[Any] = keys.get_page(request.GET.get("page"))
    rows = page.object_list = read_page(rows_of(page.object_list, now=now))
    noted = just_dealt_with(request)
    note_listed(request, _named_on(rows, noted))
    context = {
        "form": form,
        "page": page,
        "counts": counts,
        "who_chips": form.who_chips(),
        "just_dealt": noted,
        "show_chips": form.show_chips(counts._asdict()),
        "offers_passkey": passkey_offer.is_open(request, now=now),
        "thresholds": _thresholds() if request.GET.get("open") == "thresholds" else None,
    }
    return render(request, "caseload/caseload.html", context)


@require_safe
@staff_required
def thresholds(request: SignedInRequest) -> HttpResponse:
    """What raises a concern: a part of the caseload's page, fetched when it is opened there."""
    return render(request, "caseload/_thresholds.html", {"thresholds": _thresholds()})


def _thresholds() -> list[str]:
    return list(reasons.thresholds())


def _named_on(rows: Iterable[Row], noted: DealtWith | None) -> Collection[Patient]:
    """Each patient once: those of the page, and whose reason was dealt with a moment ago."""
    named = {row.patient.pk: row.patient for row in rows}
    return ({noted.patient_id: noted.patient} | named if noted else named).values()

"""The clinician's first page: everyone they look after, who needs them first."""

from collections.abc import Collection

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import clock
from accounts import passkey_offer
from accounts.access import staff_required
from accounts.requests import SignedInRequest
from accounts.views.looks import note_listed
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
    rows = rows_of(form.apply(patients_of(request), request.user), now=now)
    needing = [row for row in rows if row.concerns]
    page = Paginator(needing if form.needs_me else rows, ROWS).get_page(request.GET.get("page"))
    read_page(list(page), now=now)
    noted = just_dealt_with(request)
    note_listed(request, _named_on(page, noted))
    counts = {"all": len(rows), "needs": len(needing)}
    context = {
        "form": form,
        "page": page,
        "counts": counts,
        "who_chips": form.who_chips(),
        "just_dealt": noted,
        "show_chips": form.show_chips(counts),
        "offers_passkey": passkey_offer.is_open(request, now=now),
        "thresholds": reasons.thresholds(),
    }
    return render(request, "caseload/caseload.html", context)


def _named_on(page: Page[Row], noted: DealtWith | None) -> Collection[Patient]:
    """Each patient once: those of the page, and whose reason was dealt with a moment ago."""
    rows = {row.patient.pk: row.patient for row in page}
    return ({noted.patient_id: noted.patient} | rows if noted else rows).values()

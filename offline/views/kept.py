"""What a phone keeps of someone's pages, and the pages that are fetched only to be kept."""

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import clock
from accounts.access import patient_required
from accounts.context import Roles
from accounts.requests import SignedInRequest
from offline.kept import KeptPages
from offline.kept_plan import running
from offline.kept_today import KeptToday, dates_kept
from patients.models import Day, Patient
from patients.own_records import about, records_of
from patients.services.sessions import leads_by
from today.forms.sessions import SessionForm
from today.session_page import SessionPage
from today.views import guided
from today.views.guided import own_day
from today.views.today import shown

COMPACT = {"separators": (",", ":")}


@require_safe
@patient_required
def kept(request: SignedInRequest) -> HttpResponse:
    """Each page with a mark that changes when it does, so that a phone fetches only what is new."""
    roles = Roles.of(request)
    pages = KeptPages(request.user, records_of(request), roles, clock.now())
    return JsonResponse(
        {"person": roles.person_id, "pages": [page.in_plain for page in pages]},
        json_dumps_params=COMPACT,
    )


@require_safe
@patient_required
def day(request: SignedInRequest, day_id: UUID) -> HttpResponse:
    """Today, as it will be on that day: today or one of the next three."""
    kept_day, record = _to_keep(request, day_id)
    page = KeptToday.of_day(kept_day, record, now=clock.now())
    context = shown(page) | {"kept_at": page.kept_at}
    return about(record, render(request, "today/today.html", context))


@require_safe
@patient_required
def session(request: SignedInRequest, day_id: UUID, programme_id: UUID) -> HttpResponse:
    """The guided session of such a day, by the version that is planned for it."""
    kept_day, record = _to_keep(request, day_id)
    if programme_id != leads_by(kept_day):
        raise Http404
    now = clock.now()
    page = SessionPage(record, kept_day, programme_id, now)
    form = SessionForm.guided_through(kept_day, programme_id=programme_id)
    context = guided.of_page(page, form, guided.results_form(page)) | {"kept_at": now}
    return about(record, render(request, "today/session.html", context))


@require_safe
@patient_required
def stopped(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    """The notice, for a sign that was told on this phone while it had no network."""
    record = next((one for one in records_of(request) if one.pk == record_id), None)
    if record is None:
        raise Http404
    context = {"record": record, "kept_at": clock.now()}
    return render(request, "offline/stopped.html", context)


def _to_keep(request: SignedInRequest, day_id: UUID) -> tuple[Day, Patient]:
    """The day and whose it is; nothing is found of a programme that has ended or is stopped."""
    kept_day = own_day(request, day_id)
    owner = kept_day.assignment.patient_id
    record = next(one for one in records_of(request) if one.pk == owner)
    plan = running(record)
    is_kept = kept_day.on in dates_kept(record, now=clock.now())
    if plan is None or plan.pk != kept_day.assignment_id or not is_kept:
        raise Http404
    kept_day.assignment = plan
    return kept_day, record

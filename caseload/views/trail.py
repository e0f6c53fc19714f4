"""Who did what: for the lead of a clinic, about one record or the whole clinic."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_safe

import clock
from accounts import audit, trail
from accounts.access import lead_required
from accounts.actions import Action
from accounts.models import AuditEvent, Clinic
from accounts.proof import CONFIRMED, fresh_proof_required
from accounts.requests import SignedInRequest
from accounts.trail import Trail
from accounts.views.looks import note_listed
from caseload.forms.trail import ClinicTrailForm, RecordTrailForm, TrailForm
from caseload.trail import Line, names_of, read
from caseload.trail_file import as_csv
from caseload.trail_subjects import subjects_of
from patients.models import Patient
from patients.opening import open_record
from patients.schedule import local_date


@require_safe
@lead_required
def record_trail(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    patient = open_record(request, patient_id, as_lead=True)
    form = RecordTrailForm(request.GET, clinic=patient.clinic)
    events, older = _page(request, form, trail.of_patient(patient.pk))
    context = {"patient": patient, "lines": _lines(events, patient.clinic, {})}
    return _answer(request, "caseload/record_trail.html", form, older, **context)


@require_GET  # HEAD saves nothing, and would be written down as if it had
@lead_required
@fresh_proof_required(_("save who has touched a record"), offered_on="caseload:record_trail")
def record_trail_export(request: SignedInRequest, patient_id: UUID) -> HttpResponseBase:
    patient, now = open_record(request, patient_id, as_lead=True), clock.now()
    form = RecordTrailForm(request.GET, clinic=patient.clinic)
    if not form.is_valid():
        return _back_to(request, "caseload:record_trail", patient_id=patient.pk)
    audit.record_about(patient, request.user, Action.RECORD_TRAIL_EXPORTED, now=now)
    events = trail.all_of(form.apply(trail.of_patient(patient.pk)))
    return _file(events, patient.clinic, {patient.pk: patient.name}, now=now)


@require_safe
@lead_required
def clinic_trail(request: SignedInRequest) -> HttpResponse:
    """Of one clinic; who leads several chooses which."""
    clinic = _clinic(request)
    form = ClinicTrailForm(request.GET, clinic=clinic)
    events, older = _page(request, form, trail.of_clinic(clinic))
    patients = names_of(events)
    note_listed(request, patients.values())
    names = {key: patient.name for key, patient in patients.items()}
    led = request.user.clinics_as_lead().order_by("name")
    context = {"clinic": clinic, "led": led, "lines": _lines(events, clinic, names)}
    context["kept"] = {"clinic": clinic.pk} if "clinic" in request.GET else {}
    return _answer(request, "caseload/clinic_trail.html", form, older, **context)


@require_GET  # HEAD saves nothing, and would be written down as if it had
@lead_required
@fresh_proof_required(_("save who did what in the clinic"), offered_on="caseload:clinic_trail")
def clinic_trail_export(request: SignedInRequest) -> HttpResponseBase:
    clinic, now = _clinic(request), clock.now()
    form = ClinicTrailForm(request.GET, clinic=clinic)
    if not form.is_valid():
        return _back_to(request, "caseload:clinic_trail")
    parts = form.apply(trail.of_clinic(clinic))
    about = set().union(*(trail.patients_in(part) for part in parts))
    named = list(Patient.objects.visible_to(request.user).filter(pk__in=about))
    note_listed(request, named)
    audit.record(request.user, Action.CLINIC_TRAIL_EXPORTED, clinic, clinic=clinic, now=now)
    names = {patient.pk: patient.name for patient in named}
    return _file(trail.all_of(parts), clinic, names, now=now)


def _back_to(request: HttpRequest, page: str, **kwargs: object) -> HttpResponse:
    """To the page whose form it is, which says next to its fields what cannot be."""
    return redirect(reverse(page, kwargs=kwargs, query=request.GET))


def _clinic(request: SignedInRequest) -> Clinic:
    """The one that was asked for, else the first by name."""
    led = list(request.user.clinics_as_lead().order_by("name", "pk"))
    asked = request.GET.get("clinic")
    return next((clinic for clinic in led if str(clinic.pk) == asked), led[0])


def _page(request: HttpRequest, form: TrailForm, parts: Trail) -> tuple[list[AuditEvent], str]:
    """One page of events and the mark of the next; none while a filter cannot be."""
    if not form.is_valid():
        return [], ""
    return trail.page_before(form.apply(parts), request.GET.get("before", ""))


def _lines(events: list[AuditEvent], clinic: Clinic, names: Mapping[UUID, str]) -> list[Line]:
    zone, told = ZoneInfo(clinic.time_zone), subjects_of(events)
    return [read(event, zone=zone, names=names, told=told) for event in events]


def _answer(
    request: HttpRequest, template: str, form: TrailForm, older: str, **context: object
) -> HttpResponse:
    query = request.GET.copy()
    was_later = query.pop("before", None) is not None
    has_confirmed = query.pop(CONFIRMED, None) is not None
    context |= {"form": form, "query": query.urlencode(), "was_later": was_later}
    context["may_save_now"] = has_confirmed and not form.errors
    if older:
        query["before"] = older
        context["older"] = query.urlencode()
    return render(request, template, context, status=422 if form.errors else 200)


def _file(
    events: Iterable[AuditEvent], clinic: Clinic, names: Mapping[UUID, str], *, now: datetime
) -> StreamingHttpResponse:
    zone = ZoneInfo(clinic.time_zone)
    rows = as_csv(events, zone=zone, names=names)
    answer = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    name = f"who-did-what-{local_date(now, zone).isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    add_never_cache_headers(answer)
    return answer

"""A patient's record: added, shown, corrected, invited."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

import clock
from accounts import mail_addresses, proof
from accounts.access import staff_required
from accounts.context import Roles
from accounts.models import Clinic
from accounts.requests import SignedInRequest, read_or_post
from accounts.views.looks import note_listed
from caseload import record_page
from caseload.forms.records import EditPatientForm, NewPatientForm
from caseload.record_queries import PAGE
from caseload.views.just_dealt import just_dealt_with
from patients.models import Session
from patients.opening import open_record
from patients.own_records import posted
from patients.services import records
from reminders import services

ANOTHER_ADDRESS = proof.About(gettext_lazy("change a patient’s e-mail address"), is_typed=True)


@read_or_post
@staff_required
def create(request: SignedInRequest) -> HttpResponse:
    clinics = [membership.clinic for membership in Roles.of(request).memberships]
    clinic = next((c for c in clinics if str(c.pk) == request.GET.get("clinic")), clinics[0])
    form = NewPatientForm(posted(request), clinic=clinic, by=request.user, now=clock.now())
    if form.is_valid():
        return _add(request, form, clinic)
    note_listed(request, form.same)
    context = {"form": form, "clinic": clinic, "clinics": clinics}
    return render(request, "caseload/new.html", context, status=422 if form.errors else 200)


def _add(request: SignedInRequest, form: NewPatientForm, clinic: Clinic) -> HttpResponse:
    added = records.add_patient(clinic, **form.values(), by=request.user, now=clock.now())
    patient, why = added
    if why:
        words = _("%(name)s is added, but not invited. %(why)s Next: a programme.")
    elif form.wants_invitation:
        words = _("%(name)s is added and the invitation is on its way. Next: a programme.")
    else:
        words = _("%(name)s is added. Next: a programme.")
    said = messages.warning if why else messages.success
    said(request, words % {"name": patient.name, "why": why})
    return redirect("caseload:record", patient.pk)


@require_safe
@staff_required
def detail(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    patient = open_record(request, patient_id)
    now = clock.now()
    page = record_page.of_patient(patient, now=now)
    sessions = cast("Sequence[Session]", page.sessions)  # as much of one as a Paginator asks for
    log = Paginator(sessions, PAGE).get_page(request.GET.get("page"))
    context = {"patient": patient, "record": page, "log": page.read_log(log), "sessions": log}
    context["just_dealt"] = just_dealt_with(request)
    return render(request, "caseload/detail.html", context)


@read_or_post
@staff_required
@transaction.atomic
def edit(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    patient, now = open_record(request, patient_id, locked=request.method == "POST"), clock.now()
    form = EditPatientForm(posted(request), record=patient, by=request.user, now=now)
    if form.is_valid() and not form.asks_first:
        if form.moves_address and (asked := proof.ask(request, ANOTHER_ADDRESS)):
            return asked
        services.edit_patient(patient, **form.values(), by=request.user, now=now)
        messages.success(request, _("Details saved."))
        return redirect("caseload:record", patient.pk)
    note_listed(request, form.same)
    context = {"form": form, "patient": patient}
    return render(request, "caseload/edit.html", context, status=422 if form.is_bound else 200)


@require_POST
@staff_required
def invite(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    patient = open_record(request, patient_id)
    try:
        records.invite(patient, by=request.user, now=clock.now())
    except records.NotPossible as reason:
        messages.error(request, str(reason))
    else:
        messages.success(
            request,
            _("The invitation to %(to)s is on its way.")
            % {"to": mail_addresses.shown(patient.email)},
        )
    if "caseload" in request.POST:  # pressed there, with its filters
        query = QueryDict(request.POST["caseload"]).urlencode()
        return redirect(f"{reverse('caseload:caseload')}?{query}")
    return redirect("caseload:record", patient.pk)


@require_POST
@staff_required
def try_address(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    patient = open_record(request, patient_id)
    records.try_address_again(patient, by=request.user, now=clock.now())
    words = _("We write to %(to)s again. If it comes back once more, you will see it here.")
    messages.success(request, words % {"to": mail_addresses.shown(patient.address)})
    return redirect("caseload:record", patient.pk)

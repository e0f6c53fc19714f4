"""Reasons that brought a patient to the top of the caseload, and what was done about them."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

import clock
from accounts.access import staff_required
from accounts.requests import SignedInRequest, read_or_post
from caseload import record_page
from caseload.forms.dealing import DealWithForm
from caseload.services import dealing as services
from caseload.views.just_dealt import PARAMETER
from caseload.words import reasons
from patients.models import DealtWith, Patient
from patients.opening import open_record
from patients.own_records import posted


@read_or_post
@staff_required
def deal_with(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    patient = open_record(request, patient_id)
    now = clock.now()
    record = record_page.of_patient(patient, now=now)
    if not record.concerns and request.method != "POST":
        messages.info(request, _("Nothing asks for you here now."))
        return redirect("caseload:record", patient_id)
    form = DealWithForm(
        posted(request),
        concerns=record.concerns,
        today=record.today,
        chosen=request.GET.get("kind"),
    )
    if form.is_valid() and (done := _dealt(request, patient, form, now=now)):
        return _back(request, patient, done)
    context = {"form": form, "patient": patient, "record": record}
    context["back"] = request.POST.get("back", request.GET.get("back"))
    context["rules"] = [reasons.comes_back(one.kind) for one in record.concerns]
    return render(request, "caseload/deal_with.html", context, status=422 if form.errors else 200)


def _dealt(
    request: SignedInRequest, patient: Patient, form: DealWithForm, *, now: datetime
) -> list[DealtWith] | None:
    """What was noted; None if it could not be, with the reason on the form."""
    try:
        return services.deal_with(patient, form.chosen, **form.said(), by=request.user, now=now)
    except services.NotPossible as refusal:
        form.add_error(None, str(refusal))
        return None


def _back(request: SignedInRequest, patient: Patient, done: list[DealtWith]) -> HttpResponse:
    """To the caseload or the record, wherever they came from, with a way to take it back."""
    back, noted = request.POST.get("back"), str(done[0].pk)
    if not back:
        return redirect(f"{reverse('caseload:record', args=[patient.pk])}?{PARAMETER}={noted}")
    query = QueryDict(back, mutable=True)
    query[PARAMETER] = noted
    return redirect(f"{reverse('caseload:caseload')}?{query.urlencode()}")


@require_POST
@staff_required
def take_back(request: SignedInRequest, patient_id: UUID, dealt_id: UUID) -> HttpResponse:
    """Reasons that were noted together are taken back together."""
    patient = open_record(request, patient_id)
    noted = DealtWith.objects.visible_to(request.user).filter(patient=patient)
    dealt = get_object_or_404(noted.select_related("patient__clinic"), pk=dealt_id)
    try:
        services.take_back(dealt, by=request.user, now=clock.now())
    except services.NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back. What it was about stands as before."))
    return redirect("caseload:record", patient_id)

"""Taking access or an invitation back, inviting someone again, and noting a death."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

import clock
from accounts import mail_addresses
from accounts.access import staff_required
from accounts.proof import fresh_proof_required
from accounts.requests import SignedInRequest, read_or_post
from caseload.forms.access import CloseAccessForm
from patients.models import ClosedBecause, Patient
from patients.opening import open_record
from patients.own_records import posted
from patients.services import access, records


@read_or_post
@staff_required
@fresh_proof_required(gettext_lazy("close access to a patient’s page"), is_typed=True)
def close(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """GET says what happens; POST acts."""
    patient = open_record(request, patient_id)
    if patient.user_id is None and request.method != "POST":
        messages.info(request, _("Nobody has access to this page."))
        return redirect("caseload:record", patient.pk)
    form = CloseAccessForm(posted(request))
    if form.is_valid():
        return _close(request, patient, ClosedBecause(form.cleaned_data["because"]))
    context = {"patient": patient, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "caseload/close_access.html", context, status=status)


def _close(request: SignedInRequest, patient: Patient, because: ClosedBecause) -> HttpResponse:
    try:
        access.close_access(patient, because=because, by=request.user, now=clock.now())
    except access.NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("Access is closed. Nobody can open the page of %(name)s any more.")
        messages.success(request, words % {"name": patient.name})
    return redirect("caseload:record", patient.pk)


@require_POST
@staff_required
def take_invitation_back(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """It takes a way in away, so nobody is asked again who they are."""
    patient = open_record(request, patient_id)
    try:
        access.take_invitation_back(patient, by=request.user, now=clock.now())
    except access.NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("The invitation is taken back. Its link no longer works.")
        messages.success(request, words)
    return redirect("caseload:record", patient.pk)


@read_or_post
@staff_required
@fresh_proof_required(gettext_lazy("note that a patient has died"))
def note_death(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """GET says what happens; POST acts."""
    patient = open_record(request, patient_id)
    if request.method != "POST":
        return render(request, "caseload/note_death.html", {"patient": patient})
    access.close_access(patient, because=ClosedBecause.DIED, by=request.user, now=clock.now())
    words = _("Noted. Colleagues see it in the caseload and here.")
    messages.success(request, words)
    return redirect("caseload:record", patient.pk)


@read_or_post
@staff_required
def take_death_back(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """GET says what happens; POST acts."""
    patient = open_record(request, patient_id)
    if not patient.has_died:
        return redirect("caseload:record", patient.pk)
    if request.method != "POST":
        return render(request, "caseload/take_death_back.html", {"patient": patient})
    access.take_death_back(patient, by=request.user, now=clock.now())
    words = _("Taken back. Nobody has been invited by it.")
    messages.success(request, words)
    return redirect("caseload:record", patient.pk)


@read_or_post
@staff_required
@fresh_proof_required(gettext_lazy("invite a patient again"))
def invite_again(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """For a record that someone has accepted: GET says who loses the page; POST acts."""
    patient = open_record(request, patient_id)
    if request.method != "POST":
        return render(request, "caseload/invite_again.html", {"patient": patient})
    try:
        records.invite(patient, by=request.user, now=clock.now(), again=True)
    except records.NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("The invitation to %(to)s is on its way.")
        messages.success(request, words % {"to": mail_addresses.shown(patient.email)})
    return redirect("caseload:record", patient.pk)

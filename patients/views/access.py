"""Taking a patient's access back, and inviting somebody anew who has accepted already."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

import clock
from accounts.access import staff_required
from accounts.proof import fresh_proof_required
from patients.forms.access import CloseAccessForm
from patients.models import ClosedBecause
from patients.services import access, records
from patients.views.opening import open_record
from patients.views.own import posted

any_method = require_http_methods(["GET", "HEAD", "POST"])


@any_method
@staff_required
@fresh_proof_required(gettext_lazy("close access to a patient’s page"), is_typed=True)
def close(request, patient_id):
    """GET says what happens; POST acts."""
    patient = open_record(request, patient_id)
    form = CloseAccessForm(posted(request))
    if form.is_valid():
        return _close(request, patient, ClosedBecause(form.cleaned_data["because"]))
    context = {"patient": patient, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "patients/close_access.html", context, status=status)


def _close(request, patient, because):
    try:
        access.close_access(patient, because=because, by=request.user, now=clock.now())
    except access.NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("Access is closed. Nobody can open the page of %(name)s any more.")
        messages.success(request, words % {"name": patient.name})
    return redirect("patients:detail", patient.pk)


@any_method
@staff_required
@fresh_proof_required(gettext_lazy("invite a patient anew"))
def invite_again(request, patient_id):
    """For a record that somebody has accepted: GET says who loses the page; POST acts."""
    patient = open_record(request, patient_id)
    if request.method != "POST":
        return render(request, "patients/invite_again.html", {"patient": patient})
    try:
        records.invite(patient, by=request.user, now=clock.now(), again=True)
    except records.NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("The invitation to %(to)s is on its way.")
        messages.success(request, words % {"to": patient.email})
    return redirect("patients:detail", patient.pk)

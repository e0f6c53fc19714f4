"""A warning sign that a patient told of, checked by a clinician."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

import clock
from accounts.access import staff_required
from accounts.requests import SignedInRequest, read_or_post
from caseload.forms.signs import CheckSignForm
from patients.models import WarningSign
from patients.opening import open_record
from patients.own_records import posted
from patients.services import signs


@read_or_post
@staff_required
def check(request: SignedInRequest, patient_id: UUID, sign_id: UUID) -> HttpResponse:
    patient = open_record(request, patient_id)
    told = WarningSign.objects.visible_to(request.user).filter(patient=patient)
    sign = get_object_or_404(told.for_record_page(), pk=sign_id)
    form = CheckSignForm(posted(request))
    if form.is_valid() and _checked(request, sign, form.cleaned_data["note"]):
        return redirect("caseload:record", patient_id)
    sign.refresh_from_db()  # a colleague may have been quicker
    context = {"patient": patient, "sign": sign, "form": form}
    context["is_running"] = patient.assignments.running().exists()
    return render(
        request, "caseload/check_sign.html", context, status=422 if form.is_bound else 200
    )


def _checked(request: SignedInRequest, sign: WarningSign, note: str) -> bool:
    """True once it is checked; otherwise the reason is a message, and the words stay there."""
    goes_on = request.POST.get("then") == "go_on"
    try:
        signs.check(sign, note=note, goes_on=goes_on, by=request.user, now=clock.now())
    except signs.NotPossible as reason:
        messages.error(request, str(reason))
        return False
    words = _("Checked. The programme goes on.") if goes_on else _("Checked. It stays paused.")
    messages.success(request, words)
    return True

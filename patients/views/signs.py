"""“I have one of these signs”: told by the patient, checked by a clinician."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

import clock
from accounts.access import patient_required, staff_required
from patients.forms.signs import CheckSignForm, WhichSignForm
from patients.models import WarningSign
from patients.services import signs
from patients.views.help import general_help
from patients.views.opening import open_record
from patients.views.own import own_records, posted, stop_page


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def tell(request, record_id):
    """Whom to call stands first, before anything is asked and after; also for somebody whose
    record it is not, or not any more: nobody with a sign is sent to sign in.
    """
    is_known = request.user.is_authenticated
    record = own_records(request).filter(pk=record_id).first() if is_known else None
    if record is None:
        return general_help(request, has_sign=True, status=404)
    form = WhichSignForm(posted(request))
    if form.is_valid():
        signs.tell(record, **form.cleaned_data, by=request.user, now=clock.now())
        return redirect("patients:warning", record.pk)
    if record.is_stopped:
        return stop_page(request, record)
    context = {
        "record": record,
        "clinic": record.clinic,
        "has_several": own_records(request).count() > 1,
        "form": form,
    }
    return render(request, "patients/warning.html", context)


@require_safe
@patient_required
def is_stopped(request, record_id):
    """Asked by a page that comes to the front: a sign may have been told somewhere else."""
    record = get_object_or_404(own_records(request), pk=record_id)
    return JsonResponse({"stopped": record.is_stopped})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def check(request, patient_id, sign_id):
    patient = open_record(request, patient_id)
    told = WarningSign.objects.visible_to(request.user).filter(patient=patient)
    sign = get_object_or_404(told.for_record_page(), pk=sign_id)
    form = CheckSignForm(posted(request))
    if form.is_valid() and _checked(request, sign, form.cleaned_data["note"]):
        return redirect("patients:detail", patient_id)
    sign.refresh_from_db()  # a colleague may have been quicker
    context = {"patient": patient, "sign": sign, "form": form}
    context["is_running"] = patient.assignments.running().exists()
    return render(
        request, "patients/check_sign.html", context, status=422 if form.is_bound else 200
    )


def _checked(request, sign, note) -> bool:
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

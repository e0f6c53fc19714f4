"""“I have one of these signs”: told by the patient, checked by a clinician."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

import clock
from accounts.access import patient_required, staff_required
from patients.models import WarningSign
from patients.services import signs
from patients.views.own import own_records
from patients.views.records import patient_of


@require_http_methods(["GET", "HEAD", "POST"])
@patient_required
def tell(request, record_id):
    """Whom to call stands first, before anything is asked and after."""
    record = get_object_or_404(own_records(request), pk=record_id)
    if request.method == "POST":
        signs.tell(record, by=request.user, now=clock.now())
        return redirect("patients:warning", record.pk)
    told = WarningSign.objects.visible_to(request.user).open().filter(patient=record)
    context = {
        "record": record,
        "clinic": record.clinic,
        "has_several": own_records(request).count() > 1,
        "is_told": told.exists(),
    }
    return render(request, "patients/warning.html", context)


@require_POST
@staff_required
def check(request, patient_id, sign_id):
    patient = patient_of(request, patient_id)
    told = WarningSign.objects.visible_to(request.user).filter(patient=patient)
    sign = get_object_or_404(told, pk=sign_id)
    goes_on = request.POST.get("then") == "go_on"
    try:
        signs.check(sign, goes_on=goes_on, by=request.user, now=clock.now())
    except signs.NotPossible as reason:
        messages.error(request, str(reason))
    else:
        words = _("Checked. The programme goes on.") if goes_on else _("Checked. It stays paused.")
        messages.success(request, words)
    return redirect("patients:detail", patient_id)

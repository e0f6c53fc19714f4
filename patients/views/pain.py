"""Much pain twice in a row: told by the patient, answered by a clinician."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

import clock
from accounts.access import patient_required, staff_required
from patients.models import PainReport
from patients.services import pain
from patients.views.own import own_records
from patients.views.records import patient_of


@require_POST
@patient_required
def tell_of_pain(request, record_id):
    record = get_object_or_404(own_records(request), pk=record_id)
    if record.is_stopped:
        return redirect("patients:warning", record.pk)
    try:
        pain.tell(record, by=request.user, now=clock.now())
    except pain.NotPossible as reason:
        messages.warning(request, str(reason))
    return redirect("patients:today")


@require_POST
@staff_required
def note_contact(request, patient_id, report_id):
    patient = patient_of(request, patient_id)
    told = PainReport.objects.visible_to(request.user).filter(patient=patient)
    report = get_object_or_404(told.select_related("patient__clinic"), pk=report_id)
    try:
        pain.note_contact(report, by=request.user, now=clock.now())
    except pain.NotPossible as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Noted. Thank you for getting in touch."))
    return redirect("patients:detail", patient_id)

"""The running programme on paper, or the one that ended last: for the clinic to hand out, and for the patient to print."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import clock
from accounts import audit
from accounts.access import staff_required
from accounts.actions import Action
from patients import chosen
from patients.models import Assignment
from patients.schedule import local_date
from patients.views.opening import open_record
from patients.views.own import for_own_record
from programmes.handout import About, pdf
from programmes.serving import answer_with, layout_asked


@require_safe
@staff_required
def handout(request, patient_id):
    patient = open_record(request, patient_id)
    if patient.warning_signs.open().exists():
        messages.error(request, _("Check the warning sign first."))
        return redirect("patients:detail", patient_id)
    now = clock.now()
    answer = answer_with(_pdf_for(request, patient, now))
    audit.record_about(patient, request.user, Action.RECORD_PRINTED, now=now)
    return answer


@require_safe
@for_own_record
def own_handout(request, record):
    return answer_with(_pdf_for(request, record, clock.now()))


def _pdf_for(request, record, now):
    """The version that days are laid with from now on, or the last one; 404 without any."""
    given = Assignment.objects.visible_to(request.user).filter(patient=record).running_first()
    assignment = given.select_related("programme", "assigned_by").first()
    if assignment is None:
        raise Http404
    assignment.patient = record
    items = list(assignment.programme.items.for_handout())
    about = About(
        title=_("Exercises for %(name)s") % {"name": record.first_name},
        clinic=record.clinic,
        advice=assignment.programme.advice,
        starts_on=assignment.starts_on,
        ended_on=assignment.ended_on,
        chosen=chosen.in_words(items, assignment),
    )
    on = local_date(now, record.zone)
    return pdf(items, about, on=on, now=now, layout=layout_asked(request))

"""A patient’s programme on paper, for the clinic to hand out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import clock
from accounts import audit
from accounts.access import staff_required
from accounts.actions import Action
from accounts.requests import SignedInRequest
from patients.handout import handout_for
from patients.opening import open_record
from programmes.letters import LettersMissing
from programmes.serving import answer_with, ask_before_printing, boxes_asked, layout_asked


@require_safe
@staff_required
def handout(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    patient = open_record(request, patient_id)
    if patient.warning_signs.open().exists():
        messages.error(request, _("Check the warning sign first."))
        return redirect("caseload:record", patient_id)
    now = clock.now()
    layout, boxes = layout_asked(request), boxes_asked(request)
    try:
        pdf = handout_for(patient, to=request.user, layout=layout, now=now, all_the_same=boxes)
    except LettersMissing as missing:
        return ask_before_printing(request, missing)
    audit.record_about(patient, request.user, Action.RECORD_PRINTED, now=now)
    return answer_with(pdf)

"""Much pain twice in a row: told by the patient."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

import clock
from accounts.access import patient_required
from accounts.requests import SignedInRequest
from patients.own_records import own_record
from patients.services import pain


@require_POST
@patient_required
def tell_of_pain(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    record = own_record(request.user, record_id)
    if record.is_stopped:
        return redirect("today:warning", record.pk)
    try:
        pain.tell(record, by=request.user, now=clock.now())
    except pain.NotPossible as reason:
        messages.warning(request, str(reason))
    return redirect("today:today")

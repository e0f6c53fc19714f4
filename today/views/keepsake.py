"""The own programme as a page to keep, for as long as its owner likes."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

import clock
from patients.handout import keepsake_for
from patients.models import Patient
from patients.own_records import OwnRecordRequest, for_own_record
from programmes.serving import answer_to_keep


@require_safe
@for_own_record
def own_keepsake(request: OwnRecordRequest, record: Patient) -> HttpResponse:
    return answer_to_keep(keepsake_for(record, to=request.user, now=clock.now()))

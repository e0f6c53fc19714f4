"""The own programme on paper, for the patient to print."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

import clock
from patients.handout import handout_for
from patients.models import Patient
from patients.own_records import OwnRecordRequest, for_own_record
from programmes.serving import answer_with, file_asked, layout_asked


@require_safe
@for_own_record
def own_handout(request: OwnRecordRequest, record: Patient) -> HttpResponse:
    pdf = handout_for(record, to=request.user, layout=layout_asked(request), now=clock.now())
    return answer_with(pdf, as_file=file_asked(request))

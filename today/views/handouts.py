"""The own programme on paper, for the patient to print."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

import clock
from patients.handout import handout_for
from patients.models import Patient
from patients.own_records import OwnRecordRequest, for_own_record
from programmes.letters import LettersMissing
from programmes.serving import (
    answer_with,
    ask_before_printing,
    boxes_asked,
    file_asked,
    layout_asked,
)


@require_safe
@for_own_record
def own_handout(request: OwnRecordRequest, record: Patient) -> HttpResponse:
    layout, boxes, now = layout_asked(request), boxes_asked(request), clock.now()
    try:
        pdf = handout_for(record, to=request.user, layout=layout, now=now, all_the_same=boxes)
    except LettersMissing as missing:
        return ask_before_printing(request, missing)
    return answer_with(pdf, as_file=file_asked(request))

"""A programme on paper, for who comes without a plan of their own."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.views.decorators.http import require_safe

import clock
from accounts.access import staff_required
from accounts.requests import SignedInRequest
from programmes import services
from programmes.handout import About, pdf
from programmes.letters import LettersMissing
from programmes.origin import published_in_words
from programmes.serving import answer_with, ask_before_printing, boxes_asked, layout_asked
from programmes.views.drafts import programme_of


@require_safe
@staff_required
def handout(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Only what is published is given to anybody."""
    programme = programme_of(request, programme_id, published_at__isnull=False)
    about = About(
        title=programme.title,
        clinic=programme.clinic,
        advice=programme.advice,
        origin=published_in_words(programme),
    )
    now = clock.now()
    on = now.astimezone(ZoneInfo(programme.clinic.time_zone)).date()
    items = list(programme.items.for_handout())
    layout, boxes = layout_asked(request), boxes_asked(request)
    try:
        made = pdf(items, about, on=on, now=now, layout=layout, all_the_same=boxes)
    except LettersMissing as missing:
        return ask_before_printing(request, missing)
    if programme.patient_id is not None:
        services.note_printed(programme, by=request.user, now=now)
    return answer_with(made)

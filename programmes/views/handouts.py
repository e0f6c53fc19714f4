"""A programme on paper, for whoever comes without a plan of their own."""

from zoneinfo import ZoneInfo

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

import clock
from accounts.access import staff_required
from programmes.handout import About, pdf
from programmes.models import Programme
from programmes.origin import published_in_words
from programmes.serving import answer_with, layout_asked


@require_safe
@staff_required
def handout(request, programme_id):
    """Only what is published is given to anybody."""
    published = Programme.objects.visible_to(request.user).published()
    programme = get_object_or_404(published.select_related("clinic"), pk=programme_id)
    about = About(
        title=programme.title,
        clinic=programme.clinic,
        advice=programme.advice,
        origin=published_in_words(programme),
    )
    now = clock.now()
    on = now.astimezone(ZoneInfo(programme.clinic.time_zone)).date()
    items = list(programme.items.for_handout())
    return answer_with(pdf(items, about, on=on, now=now, layout=layout_asked(request)))

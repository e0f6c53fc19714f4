"""How sending goes, for whoever looks after the machine: figures, and nobody in them."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

import clock
from accounts.access import operator_required
from reminders import figures, wellbeing

SHOWN_DAYS = 14


@require_safe
@operator_required
def operating(request):
    now = clock.now()
    days = figures.days(SHOWN_DAYS, now=now)
    standing = figures.standing(now=now)
    context = {
        "days": days,
        "today": days[0],
        "on_time": figures.percent(figures.share_on_time(days)),
        "uncertain": sum(day.uncertain for day in days),
        "causes": figures.causes(days[-1].on),
        "standing": standing,
        "troubles": wellbeing.troubles(standing),
    }
    return render(request, "reminders/operating.html", context)

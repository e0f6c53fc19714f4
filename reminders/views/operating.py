"""How sending goes, for whoever looks after the machine: figures, and nobody in them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import clock
from accounts.access import operator_required
from accounts.requests import SignedInRequest
from reminders import delivery_stats, operating_words
from reminders.alarms import alarms

SHOWN_DAYS = 14


@require_safe
@operator_required
def operating(request: SignedInRequest) -> HttpResponse:
    now = clock.now()
    days = delivery_stats.days(SHOWN_DAYS, now=now)
    standing = delivery_stats.standing(now=now)
    context = {
        "days": days,
        "today": days[0],
        "on_time": delivery_stats.share_on_time(days),
        "uncertain": sum(day.uncertain for day in days),
        "causes": delivery_stats.causes(days[-1].on),
        "standing": standing,
        "troubles": [operating_words.of_alarm(alarm) for alarm in alarms(standing)],
    }
    return render(request, "reminders/operating.html", context)

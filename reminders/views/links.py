"""Pages that a link in an e-mail opens: no sign-in, one reminder, one purpose."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

import clock
from accounts import limits
from accounts.refused import if_too_many
from accounts.requests import read_or_post
from reminders import tokens
from reminders.models import Reminder

type OfReminder = Callable[[HttpRequest, Reminder], HttpResponse]
type OfToken = Callable[[HttpRequest, str], HttpResponse]


def by_link(purpose: tokens.Purpose) -> Callable[[OfReminder], OfToken]:
    """Hand the view the reminder that its link came with, or explain why there is none."""

    def decorate(view: OfReminder) -> OfToken:
        @read_or_post
        @login_not_required
        @never_cache
        @wraps(view)
        def with_reminder(request: HttpRequest, token: str) -> HttpResponse:
            found = Reminder.objects.by_token(token, purpose=purpose)
            related = ("patient__user", "patient__clinic", "assignment")
            reminder = found.select_related(*related).first()
            link = tokens.read(token, purpose=purpose)
            if reminder is None or link is None:
                return _closed(request, token, purpose)
            if clock.now() > link.until:
                old = "year" if tokens.VALID_FOR[purpose] == tokens.A_YEAR else "day"
                context = {"old": old, "clinic": reminder.patient.clinic}
                return render(request, "reminders/link_closed.html", context, status=410)
            return view(request, reminder)

        return with_reminder

    return decorate


def _closed(request: HttpRequest, token: str, purpose: tokens.Purpose) -> HttpResponse:
    """A link whose record was taken back from whoever had it; or one that is not known."""
    found = Reminder.objects.by_token(token, purpose=purpose, closed_too=True)
    closed = found.select_related("patient__clinic").first()
    if closed is not None:
        context = {"was_closed": True, "clinic": closed.patient.clinic}
        return render(request, "reminders/link_closed.html", context, status=410)
    refusal = if_too_many(request, limits.UNKNOWN_LINK, now=clock.now())
    return refusal or render(request, "reminders/link_closed.html", status=404)

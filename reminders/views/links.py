"""Pages that a link in an e-mail opens: no sign-in, one reminder or one letter, one purpose.

The token in the address is the secret that a forger would need, and a mail program's own
browser may keep no cookie: so their forms ask for no second one, and no page sets a cookie.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

import clock
from accounts import limits
from accounts.refused import if_too_many
from accounts.requests import read_or_post
from reminders import tokens
from reminders.letter_page import clinic_of
from reminders.models import Reminder

type OfReminder = Callable[[HttpRequest, Reminder], HttpResponse]
type OfReminders = Callable[[HttpRequest, list[Reminder]], HttpResponse]
type OfToken = Callable[[HttpRequest, str], HttpResponse]


def by_link(purpose: tokens.Purpose) -> Callable[[OfReminder], OfToken]:
    """Hand the view the reminder that its link came with, or explain why there is none."""

    def decorate(view: OfReminder) -> OfToken:
        @wraps(view)
        def with_the_one(request: HttpRequest, reminders: list[Reminder]) -> HttpResponse:
            [reminder] = reminders
            return view(request, reminder)

        return by_letter(purpose)(with_the_one)

    return decorate


def by_letter(purpose: tokens.Purpose) -> Callable[[OfReminders], OfToken]:
    """Hand the view what left in the letter that its link came with: records that were closed
    since are not among it, and without any it explains why.
    """

    def decorate(view: OfReminders) -> OfToken:
        @read_or_post
        @login_not_required
        @csrf_exempt
        @never_cache
        @wraps(view)
        def with_reminders(request: HttpRequest, token: str) -> HttpResponse:
            found = Reminder.objects.by_token(token, purpose=purpose)
            related = ("patient__user", "patient__clinic", "assignment")
            reminders = list(found.select_related(*related))
            link = tokens.read(token, purpose=purpose)
            if not reminders or link is None:
                return _closed(request, token, purpose)
            if clock.now() > link.until:
                old = "year" if tokens.VALID_FOR[purpose] == tokens.A_YEAR else "day"
                context = {"old": old, "clinic": clinic_of(reminders)}
                return render(request, "reminders/link_closed.html", context, status=410)
            return view(request, reminders)

        return with_reminders

    return decorate


def _closed(request: HttpRequest, token: str, purpose: tokens.Purpose) -> HttpResponse:
    """A link whose record was taken back from whoever had it; or one that is not known."""
    found = Reminder.objects.by_token(token, purpose=purpose, closed_too=True)
    closed = list(found.select_related("patient__clinic"))
    if closed:
        context = {"was_closed": True, "clinic": clinic_of(closed)}
        return render(request, "reminders/link_closed.html", context, status=410)
    refusal = if_too_many(request, limits.UNKNOWN_LINK, now=clock.now())
    return refusal or render(request, "reminders/link_closed.html", status=404)

""" "Later today" on a reminder's page. The token is the secret, as for its other buttons."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

import clock
from accounts.services import NotPossible
from reminders import services, tokens
from reminders.forms import LaterForm
from reminders.models import Reminder
from reminders.reminder_page import Answer
from reminders.services import Later
from reminders.views.links import by_link


@csrf_exempt
@by_link("later")
def later(request: HttpRequest, reminder: Reminder) -> HttpResponse:
    now = clock.now()
    if request.method != "POST":
        return _page(request, reminder, None)
    form = LaterForm(request.POST)
    if form.is_valid():
        try:
            services.remind_later(reminder, at=form.cleaned_data["at"], now=now)
        except NotPossible as refusal:
            form.add_error("at", str(refusal))
    if not form.is_valid():
        return _page(request, reminder, form, status=422)
    return _back(reminder)


@csrf_exempt
@by_link("not_later")
def take_back(request: HttpRequest, reminder: Reminder) -> HttpResponse:
    if request.method != "POST":
        return _page(request, reminder, None)
    try:
        services.take_back_later(reminder, now=clock.now())
    except NotPossible as refusal:
        return _page(request, reminder, None, status=422, refusal=str(refusal))
    return _back(reminder)


def _page(
    request: HttpRequest,
    reminder: Reminder,
    form: LaterForm | None,
    *,
    status: int = 200,
    refusal: str = "",
) -> HttpResponse:
    context = {
        "patient": reminder.patient,
        "later": Later(Answer(reminder, clock.now())),
        "form": form,
        "refusal": refusal,
        "token": {purpose: tokens.make(reminder, purpose=purpose) for purpose in tokens.OF_A_PAGE},
    }
    return render(request, "reminders/later.html", context, status=status)


def _back(reminder: Reminder) -> HttpResponse:
    """To the reminder's page, which says what comes now."""
    return redirect("reminders:answer", tokens.make(reminder, purpose="open"))

"""The page behind a reminder's button: start now, done and how it was, or not today."""

from typing import Any, TypedDict

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

import clock
from accounts.services import NotPossible
from patients.models import HeldEntry, NotToday
from patients.own_records import CHOSEN
from patients.schedule import seconds_left
from patients.services.sessions import Stopped
from reminders import services, tokens, words
from reminders.forms import DoneForm, NotTodayForm, ScoreForm
from reminders.letter_page import way_back
from reminders.models import Reminder
from reminders.reminder_page import Answer
from reminders.services import Later
from reminders.views.links import by_link


class Pressed(TypedDict):
    """What a button of the page says."""

    attempt: int
    is_another: bool


@by_link("open")
def page(request: HttpRequest, reminder: Reminder) -> HttpResponse:
    return _page(request, reminder)


@by_link("open")
def start(request: HttpRequest, reminder: Reminder) -> HttpResponse:
    """To the guided session of the reminder's day, as it is by now, on a device that is signed in
    to its account. Elsewhere it asks for a sign-in, beside what needs none.

    Where there is nothing to start any more, the reminder's own page says why.
    """
    answer = Answer(reminder, clock.now())
    if answer.day is None or not answer.may_start:
        return _back(reminder)
    if request.user != answer.user:
        page = "not_yours" if request.user.is_authenticated else "elsewhere"
        sign_in = redirect_to_login(request.get_full_path()).url
        context = {**_context(request, answer), "sign_in": sign_in}
        return render(request, f"reminders/start_{page}.html", context)
    request.session[CHOSEN] = str(reminder.patient_id)  # one account may hold several records
    return redirect("today:session", answer.day.pk, answer.day.programme_id)


@by_link("done")
def done(request: HttpRequest, reminder: Reminder) -> HttpResponse:
    if request.method != "POST":
        return _page(request, reminder)
    try:
        services.done(reminder, **_pressed(request), now=clock.now())
    except services.AnotherOne:
        return _page(request, reminder, asks_another=True)
    except Stopped:
        services.hold(reminder, what=HeldEntry.What.SESSION, now=clock.now())
    except NotPossible:
        pass  # the page says how things stand
    return _back(reminder)


def _pressed(request: HttpRequest) -> Pressed:
    """What the button says; a number that it cannot have counts as the first attempt."""
    form = DoneForm(request.POST)
    form.is_valid()
    return {
        "attempt": form.cleaned_data.get("attempt") or 0,
        "is_another": "another" in request.POST,
    }


@by_link("score")
def score(request: HttpRequest, reminder: Reminder) -> HttpResponse:
    """How the pain was after the session that the page has just saved.

    What to do after much pain is told at once, and not when the page is opened again: whoever
    holds the e-mail may do that.
    """
    if request.method != "POST":
        return _page(request, reminder)
    form = ScoreForm(request.POST)
    if not form.is_valid():
        return _page(request, reminder, status=422, score_form=form)
    try:
        services.score(reminder, pain=form.cleaned_data["pain"], now=clock.now())
    except NotPossible as refusal:
        return _page(request, reminder, refusal=refusal)
    if Answer(reminder, clock.now()).has_much_pain:
        return _page(request, reminder, was_much=True)
    return _back(reminder)


@by_link("undo")
def undo(request: HttpRequest, reminder: Reminder) -> HttpResponse:
    if request.method != "POST":
        return _page(request, reminder)
    try:
        services.undo(reminder, now=clock.now())
    except NotPossible as refusal:
        return _page(request, reminder, refusal=refusal)
    return _back(reminder)


@by_link("not_today")
def not_today(request: HttpRequest, reminder: Reminder) -> HttpResponse:
    if request.method != "POST":
        return _page(request, reminder)
    form = NotTodayForm(request.POST)
    if not form.is_valid():
        return _page(request, reminder, status=422, refusal=form.errors["reason"][0])
    try:
        services.not_today(reminder, **form.cleaned_data, now=clock.now())
    except Stopped:
        why = str(NotToday.Reason(form.cleaned_data["reason"]).label)
        services.hold(reminder, what=HeldEntry.What.NOT_TODAY, note=why, now=clock.now())
    except NotPossible as refusal:
        return _page(request, reminder, refusal=refusal)
    return _back(reminder)


def _page(
    request: HttpRequest, reminder: Reminder, *, status: int = 200, **more: object
) -> HttpResponse:
    context = _context(request, Answer(reminder, clock.now())) | more
    return render(request, "reminders/answer.html", context, status=status)


def _context(request: HttpRequest, answer: Answer) -> dict[str, Any]:
    reminder = answer.reminder
    return {
        "answer": answer,
        "later": Later(answer),
        "patient": reminder.patient,
        "is_theirs": request.user.is_authenticated and request.user == answer.user,
        "day_ends_in": seconds_left(answer.now, reminder.patient.zone),
        "clinic": reminder.patient.clinic,
        "reasons": words.reasons(),
        "tip": words.tip(answer.not_today.reason) if answer.not_today else "",
        "token": {purpose: tokens.make(reminder, purpose=purpose) for purpose in tokens.OF_A_PAGE},
        "letter": way_back(reminder, "letter"),
        "score_form": ScoreForm(),
    }


def _back(reminder: Reminder) -> HttpResponse:
    """To the page itself, so that loading it again sends nothing again."""
    return redirect("reminders:answer", tokens.make(reminder, purpose="open"))

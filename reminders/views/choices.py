"""When to be reminded: chosen by the signed-in patient, or from the e-mail without signing in."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import clock
from accounts.models import User
from accounts.requests import read_or_post
from patients.models import Patient
from patients.own_records import OwnRecordRequest, for_own_record
from reminders import services, tokens, words
from reminders.forms import ChoiceForm
from reminders.letter_page import clinic_of, named_with, way_back
from reminders.models import Reminder
from reminders.views.links import by_link


@read_or_post
@for_own_record(also_when_stopped=True)
def settings(request: OwnRecordRequest, record: Patient) -> HttpResponse:
    context = {"mail_arrives": services.mail_arrives(record)}
    return _choose(request, record, context, page="reminders/settings.html", by=request.user)


@by_link("change")
def from_email(request: HttpRequest, reminder: Reminder) -> HttpResponse:
    context = {"letter": way_back(reminder, "letter_change")}
    return _choose(request, reminder.patient, context, page="reminders/from_email.html", by=None)


@by_link("choose")
def from_page(request: HttpRequest, reminder: Reminder) -> HttpResponse:
    """The same from the page of a reminder, as long as that page works."""
    context = {"reminder": tokens.make(reminder, purpose="open")}
    return _choose(request, reminder.patient, context, page="reminders/from_email.html", by=None)


@by_link("stop")
def unsubscribe(request: HttpRequest, reminder: Reminder) -> HttpResponse:
    """GET shows a button: scanners follow links. POST stops the reminders about all that the
    letter names; mail programs send it by themselves (RFC 8058).
    """
    named = named_with(reminder)
    if request.method == "POST":
        services.stop_letter(named.all, by=None, now=clock.now())
    context = {
        "is_done": request.method == "POST",
        "names": words.of_names(named.shown),
        "has_others": named.has_others,
        "changes": [(one.patient, tokens.make(one, purpose="change")) for one in named.shown],
        "clinic": clinic_of(named.all),
    }
    return render(request, "reminders/stop.html", context)


@transaction.atomic
def _choose(
    request: HttpRequest, patient: Patient, context: dict[str, Any], *, page: str, by: User | None
) -> HttpResponse:
    sent, now = request.POST if request.method == "POST" else None, clock.now()
    if sent is not None:
        services.take_turn(patient)
    before = services.chosen(patient)
    form = ChoiceForm(sent, choice=before, patient=patient, by=by, now=now)
    context |= {"form": form, "patient": patient}
    if form.is_valid():
        kept = services.choose(patient, form.choice, by=by, now=now)
        fresh = ChoiceForm(choice=kept, patient=patient, by=by, now=now)
        starting = services.from_tomorrow(patient, kept, now=now)
        context |= {
            "form": fresh,
            "saved": words.of_saved(kept, starting),
            "undo": fresh.back_to(before) if before != kept else None,
        }
    elif sent is not None:
        return render(request, page, context, status=422)
    return render(request, page, context)

"""When to be reminded: chosen by the signed-in patient, or from the e-mail without signing in."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

import clock
from accounts.models import User
from accounts.requests import read_or_post
from patients.models import Patient
from patients.own_records import OwnRecordRequest, for_own_record
from reminders import services, tokens, words
from reminders.forms import ChoiceForm
from reminders.models import Reminder
from reminders.views.links import by_link


@read_or_post
@for_own_record(also_when_stopped=True)
def settings(request: OwnRecordRequest, record: Patient) -> HttpResponse:
    context = {"mail_arrives": services.mail_arrives(record)}
    return _choose(request, record, context, page="reminders/settings.html", by=request.user)


@by_link("change")
def from_email(request: HttpRequest, reminder: Reminder) -> HttpResponse:
    return _choose(request, reminder.patient, {}, page="reminders/from_email.html", by=None)


@csrf_exempt  # mail programs post here by themselves (RFC 8058), with no cookie of ours
@by_link("stop")
def unsubscribe(request: HttpRequest, reminder: Reminder) -> HttpResponse:
    """GET shows a button: scanners follow links. POST stops the reminders."""
    if request.method == "POST":
        stop = services.stop_record if reminder.is_closed else services.stop
        stop(reminder.patient, by=None, now=clock.now())
    change = None if reminder.is_closed else tokens.make(reminder, purpose="change")
    is_done, clinic = request.method == "POST", reminder.patient.clinic
    context = {"is_done": is_done, "change": change, "clinic": clinic}
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

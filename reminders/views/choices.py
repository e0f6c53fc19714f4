"""When to be reminded: chosen by the signed-in patient, or from the e-mail without signing in."""

from django.db import transaction
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

import clock
from patients.own_records import for_own_record
from reminders import services, tokens, words
from reminders.forms import ChoiceForm
from reminders.views.links import any_method, by_link


@any_method
@for_own_record(also_when_stopped=True)
def settings(request, record):
    context = {"mail_arrives": services.mail_arrives(record)}
    return _choose(request, record, context, page="reminders/settings.html", by=request.user)


@by_link("change")
def from_email(request, reminder):
    return _choose(request, reminder.patient, {}, page="reminders/from_email.html", by=None)


@csrf_exempt  # mail programs post here by themselves (RFC 8058), with no cookie of ours
@by_link("stop")
def unsubscribe(request, reminder):
    """GET shows a button: scanners follow links. POST stops the reminders."""
    if request.method == "POST":
        stop = services.stop_record if reminder.is_closed else services.stop
        stop(reminder.patient, by=None, now=clock.now())
    change = None if reminder.is_closed else tokens.make(reminder, purpose="change")
    context = {"is_done": request.method == "POST", "change": change}
    context["clinic"] = reminder.patient.clinic
    return render(request, "reminders/stop.html", context)


@transaction.atomic
def _choose(request, patient, context, *, page, by):
    sent, now = request.POST if request.method == "POST" else None, clock.now()
    if sent is not None:
        services.take_turn(patient)
    before = services.chosen(patient)
    form = ChoiceForm(sent, choice=before, patient=patient, by=by, now=now)
    context |= {"form": form, "patient": patient}
    if form.is_valid():
        services.choose(patient, form.choice, by=by, now=now)
        fresh = ChoiceForm(choice=form.choice, patient=patient, by=by, now=now)
        context |= {
            "form": fresh,
            "saved": words.of_choice(form.choice),
            "undo": fresh.back_to(before) if before != form.choice else None,
        }
    elif sent is not None:
        return render(request, page, context, status=422)
    return render(request, page, context)

"""The first visit of a record's own page: what this is, when reminders come, what if it hurts.

Three short pages, told once. They stand in the place of Today until the last button, or the one
that skips the rest, is pressed.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

import clock
from accounts.requests import SignedInRequest, read_or_post
from patients.models import Patient
from patients.own_records import OwnRecordRequest, for_own_record
from patients.services import records
from reminders import services, words
from reminders.forms import ChoiceForm

type OfRecord = Callable[[OwnRecordRequest, Patient], HttpResponseBase]


def only_once(view: OfRecord) -> Callable[[SignedInRequest], HttpResponseBase]:
    """Going back to it afterwards leads to Today; what was chosen there is still kept."""

    @for_own_record
    @wraps(view)
    def first(request: OwnRecordRequest, record: Patient) -> HttpResponseBase:
        if record.welcomed_at is not None and request.method != "POST":
            return redirect("today:today")
        return view(request, record)

    return first


@require_safe
@only_once
def what_this_is(request: OwnRecordRequest, record: Patient) -> HttpResponse:
    return render(request, "reminders/first_visit.html", {"record": record, "number": 1})


@read_or_post
@only_once
@transaction.atomic
def when_we_remind(request: OwnRecordRequest, record: Patient) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    now = clock.now()
    if sent is not None:
        services.take_turn(record)
    chosen = services.chosen(record)
    form = ChoiceForm(sent, choice=chosen, patient=record, by=request.user, now=now)
    if form.is_valid():
        kept = services.choose(record, form.choice, by=request.user, now=now)
        if record.welcomed_at is not None:  # finished in another tab meanwhile
            starting = services.from_tomorrow(record, kept, now=now)
            messages.success(request, words.of_saved(kept, starting))
        return redirect("reminders:first_visit_pain")
    context = {"record": record, "number": 2, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "reminders/first_visit_times.html", context, status=status)


@require_safe
@only_once
def what_if_it_hurts(request: OwnRecordRequest, record: Patient) -> HttpResponse:
    context = {"record": record, "clinic": record.clinic, "number": 3}
    return render(request, "reminders/first_visit_pain.html", context)


@require_POST
@for_own_record
def over(request: OwnRecordRequest, record: Patient) -> HttpResponse:
    records.welcome(record, by=request.user, now=clock.now())
    return redirect("today:today")

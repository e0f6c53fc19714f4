"""The patient's page: what to do now, and each exercise in full."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

import clock
from accounts.access import patient_required
from accounts.requests import SignedInRequest, read_or_post, signed_in
from patients import words
from patients.chosen import choices
from patients.models import Assignment, Patient
from patients.own_records import (
    CHOSEN,
    OwnRecordRequest,
    for_own_record,
    own_records,
    posted,
    stop_page,
)
from patients.schedule import seconds_left
from programmes import safety
from programmes.models import Item
from programmes.words import in_turn, same_often
from today.forms.sessions import SessionForm
from today.forms.settings import ChoiceForm
from today.progress import Progress
from today.today_page import Today, given_to_stopped, items_of
from today.views.help import general_help


@require_safe
@for_own_record
def today(request: OwnRecordRequest, record: Patient) -> HttpResponse:
    if record.welcomed_at is None:
        return redirect("reminders:first_visit")
    now = clock.now()
    page = Today(record, now)
    context = {
        "page": page,
        "record": record,
        "day_ends_in": seconds_left(now, record.zone),
        "time": in_turn(page.minutes_left),
        "same_often": same_often(item.numbers for item in page.items),
    }
    if page.day:
        context["form"] = SessionForm.of_day(page.day, page_on=page.on)
    if page.open_yesterday:
        context["yesterday_form"] = SessionForm.of_day(page.open_yesterday, page_on=page.on)
    return render(request, "today/today.html", context)


@require_safe
@for_own_record
def start(request: OwnRecordRequest, record: Patient) -> HttpResponse:
    """To the session that today asks for next, else to Today: it says what there is to do.

    Someone with several records goes to Today as well: it says whose page it is.
    """
    page = Today(record, clock.now())
    if page.day and page.asks_for_more and not request.has_choice:
        return redirect("today:session", page.day.pk, page.day.programme_id)
    return redirect("today:today")


@read_or_post
@patient_required
def choose(request: SignedInRequest) -> HttpResponse:
    """Who is doing exercises: for people with more than one record."""
    records = own_records(request.user)
    form = ChoiceForm(posted(request), records=records)
    if form.is_valid():
        request.session[CHOSEN] = str(form.cleaned_data["record"].pk)
        return redirect("today:today")
    status = 422 if form.is_bound else 200
    return render(request, "today/choose.html", {"records": records, "form": form}, status=status)


@require_safe
@for_own_record
def item(request: OwnRecordRequest, record: Patient, item_id: UUID) -> HttpResponse:
    if stopped := given_to_stopped(request.own_records, item_id):  # not the one that was chosen
        return stop_page(request, stopped)
    given = items_of(own_records(request.user)).prefetch_related("exercise_version__shown__photo")
    shown = get_object_or_404(
        given.select_related("exercise_version__exercise", "programme"), pk=item_id
    )
    context = {"item": shown, "record": record, "chosen": chosen_for(request, shown)}
    return render(request, "today/item.html", context)


def chosen_for(request: SignedInRequest, item: Item) -> str:
    """Who chose the exercise for whichever of their records was given it."""
    plans = Assignment.objects.visible_to(request.user).filter(
        patient__in=own_records(request.user).order_by(), programme__line_id=item.programme.line_id
    )
    assignment = plans.select_related("programme", "patient__clinic", "assigned_by").first()
    return words.chosen(choices([item], assignment)[item.pk]) if assignment else ""


@require_safe
@for_own_record
def progress(request: OwnRecordRequest, record: Patient) -> HttpResponse:
    now = clock.now()
    page, left = Progress(record, now), seconds_left(now, record.zone)
    context = {"page": page, "record": record, "day_ends_in": left}
    return render(request, "today/progress.html", context)


@require_safe
@login_not_required
def help_page(request: HttpRequest) -> HttpResponse:
    """Always one tap away, whichever record was chosen: each clinic's own numbers. Someone who has
    no record, or is signed out, reads the signs and whom to call all the same.
    """
    own = signed_in(request)
    records = list(own_records(own.user)) if own else []
    if not records:
        return general_help(request)
    clinics = sorted({record.clinic for record in records}, key=lambda clinic: clinic.name)
    context = {
        "clinics": clinics,
        "records": records,
        "only_record": records[0] if len(records) == 1 else None,
        "emergency_signs": safety.EMERGENCY,
        "advice_signs": safety.ADVICE,
    }
    return render(request, "today/help.html", context)

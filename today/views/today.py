"""The patient's page: what to do now, and each exercise in full."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

import clock
from accounts import passkey_offer
from accounts.access import patient_required
from accounts.requests import SignedInRequest, read_or_post, signed_in
from accounts.zones import names_of
from patients import words
from patients.chosen import choices, plan_of
from patients.models import Patient
from patients.own_records import (
    CHOSEN,
    OwnRecordRequest,
    about,
    for_own_record,
    own_records,
    posted,
    records_of,
    stop_page,
)
from patients.schedule import seconds_left
from programmes import safety
from programmes.models import Item
from programmes.words import in_turn, same_often
from today.forms.sessions import SessionForm
from today.forms.settings import ChoiceForm
from today.just_moved import PARAMETER, just_moved
from today.progress import Progress
from today.today_page import OWN_ITEM, Today, given_to
from today.views.help import general_help


@require_safe
@for_own_record
def today(request: OwnRecordRequest, record: Patient) -> HttpResponse:
    if record.welcomed_at is None:
        return redirect("reminders:first_visit")
    if request.GET.get(CHOSEN, str(record.pk)) != str(record.pk):
        return redirect("today:choose")  # a page kept on the phone led here, without a network
    now = clock.now()
    context = shown(Today(record, now)) | {
        "day_ends_in": seconds_left(now, record.zone),
        "offers_passkey": passkey_offer.is_open(request, now=now),
        "zone_names": names_of(record.time_zone),
        "city": record.city,
    }
    if PARAMETER in request.GET:
        context["moved"] = just_moved(record, request.GET[PARAMETER], now=now)
    return about(record, render(request, "today/today.html", context))


def shown(page: Today) -> dict[str, Any]:
    """What the page shows of this day."""
    context = {
        "page": page,
        "record": page.record,
        "time": in_turn(page.minutes_left),
        "same_often": same_often(item.numbers for item in page.items),
    }
    if page.day:
        context["form"] = SessionForm.of_day(page.day, page_on=page.on)
    if page.open_yesterday:
        context["yesterday_form"] = SessionForm.of_day(page.open_yesterday, page_on=page.on)
    return context


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
@patient_required
def item(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    """Of whichever of their records was given it, also where another one was chosen."""
    records = records_of(request)
    item = own_item(request, item_id)
    record = given_to(records, item)
    if record.is_stopped:
        return stop_page(request, record)
    context = {"item": item, "record": record, "chosen": chosen_for(record, item)}
    return about(record, render(request, "today/item.html", context))


@require_safe
@patient_required
def how(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    """How to do it, for Today: a part of a page, fetched when it is opened there."""
    records = records_of(request)
    item = own_item(request, item_id)
    record = given_to(records, item)
    if record.is_stopped:
        return redirect("today:item", item.pk)  # where the notice stands
    return about(record, render(request, "today/how.html", {"item": item, "record": record}))


def own_item(request: SignedInRequest, item_id: UUID) -> Item:
    """With its photos. 404 for what no record of theirs was ever given."""
    found = OWN_ITEM(user=request.user.pk, item=item_id)
    if not found:
        raise Http404
    return found[0]


def chosen_for(record: Patient, item: Item) -> str:
    """Who chose the exercise for them."""
    assignment = plan_of(record, item)
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

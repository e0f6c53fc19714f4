"""What patients see and set about themselves."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import clock
from accounts import sessions, zones
from accounts.access import patient_required
from accounts.requests import SignedInRequest, read_or_post
from patients.models import AddressChange, Patient
from patients.own_records import OwnRecordRequest, for_own_record, own_record, posted
from patients.schedule import local_date
from patients.services import records
from reminders import services
from today.forms.settings import AboutYouForm
from today.just_moved import PARAMETER
from today.who_looked import who_looked as read_who_looked


@read_or_post
@for_own_record(also_when_stopped=True)
@transaction.atomic
def settings(request: OwnRecordRequest, record: Patient) -> HttpResponse:
    now = clock.now()
    if request.method == "POST":
        records.take_turn(record.pk)
        record.refresh_from_db(fields=["called", "time_zone"])
    form = AboutYouForm(posted(request), record=record, by=request.user, now=now)
    if form.is_valid():
        _save(request, record, **form.cleaned_data, now=now)
        return redirect("today:settings")
    return _settings(request, record, form, now)


@require_POST
@patient_required
def follow_zone(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    """Take the zone that the phone says, or go back to the one before: asked on Today."""
    record, now = own_record(request.user, record_id), clock.now()
    # The button sends nothing else: where its zone is refused, the page shows the name all the same.
    sent = {"called": record.called, "time_zone": request.POST.get("time_zone", "")}
    form = AboutYouForm(sent, record=record, by=request.user, now=now)
    if not form.is_valid():
        return _settings(request, record, form, now)
    zone = form.cleaned_data["time_zone"]
    change = services.follow_zone(record, time_zone=zone, by=request.user, now=now)
    moved = f"?{PARAMETER}={change.pk}" if change else ""
    return redirect(reverse("today:today") + moved)


def _settings(
    request: SignedInRequest, record: Patient, form: AboutYouForm, now: datetime
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"form": form, "record": record, "zone_names": zones.names_of(record.time_zone)}
    changes = AddressChange.objects.visible_to(request.user).filter(patient=record).with_link()
    context["now"] = now
    context["is_own_phone"] = sessions.is_own_phone(request.session)
    context["stays_until"] = local_date(sessions.ends_at(request.session, now=now), record.zone)
    context["address_change"] = changes.order_by("-asked_at").first()
    return render(request, "today/you.html", context, status=status)


def _save(
    request: OwnRecordRequest, record: Patient, *, called: str, time_zone: str, now: datetime
) -> None:
    moves = time_zone != record.time_zone
    records.change_called(record, called=called, by=request.user, now=now)
    services.follow_zone(record, time_zone=time_zone, by=request.user, now=now)
    said = _("Saved. Your days now follow %(zone)s.") if moves else _("Saved.")
    messages.success(request, said % {"zone": time_zone})


@require_safe
@for_own_record(also_when_stopped=True)
def who_looked(request: OwnRecordRequest, record: Patient) -> HttpResponse:
    people = read_who_looked(record, now=clock.now())
    return render(request, "today/who_looked.html", {"record": record, "people": people})

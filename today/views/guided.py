"""A session on its own page, exercise by exercise, with the form at its end."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import clock
from accounts.access import patient_required
from accounts.requests import SignedInRequest
from patients.models import Day, Patient
from patients.own_records import own_records, stop_page
from patients.services import sessions
from programmes.models import Item
from today.forms.results import ResultsForm
from today.forms.sessions import SessionForm
from today.session_page import SessionPage
from today.session_plan import plan


@require_safe
@patient_required
def session(request: SignedInRequest, day_id: UUID, programme_id: UUID) -> HttpResponse:
    """Of today, or of yesterday while it is night; under the version that it was begun with."""
    day = own_day(request, day_id)
    record = own_records(request.user).get(pk=day.assignment.patient_id)
    if record.is_stopped:
        return stop_page(request, record)
    if day.assignment.ended_on or not sessions.may_be_gone_through(day, now=clock.now()):
        messages.info(request, _("That session is over. Here is today."))
        return redirect("today:today")
    if programme_id not in sessions.versions_in_force(day):
        messages.info(request, _("Your exercises have changed. Here is today."))
        return redirect("today:today")
    form = SessionForm.guided_through(day, programme_id=programme_id)
    results = ResultsForm(items=items_of(day, programme_id))
    return page(request, record, day, form, results)


def page(
    request: SignedInRequest, record: Patient, day: Day, form: SessionForm, results: ResultsForm
) -> HttpResponse:
    """The exercises and the form; the latter as it was sent, where it cannot be taken."""
    said = form.cleaned_data if form.is_bound else form.initial
    shown = SessionPage(record, day, said["programme"], clock.now())
    context = {
        "page": shown,
        "plan": plan(shown.exercises),
        "record": record,
        "form": form,
        "results": results,
    }
    status = 422 if results.is_bound else 200
    return render(request, "today/session.html", context, status=status)


def items_of(day: Day, programme_id: UUID) -> Sequence[Item]:
    """The exercises of a version that is in force on this day; else none."""
    if programme_id not in sessions.versions_in_force(day):
        return []
    items = Item.objects.filter(programme=programme_id)
    return list(items.select_related("exercise_version__exercise"))


def own_day(request: SignedInRequest, day_id: UUID) -> Day:
    days = Day.objects.visible_to(request.user).filter(
        assignment__patient__in=own_records(request.user)
    )
    return get_object_or_404(days.select_related("assignment__patient__clinic"), pk=day_id)

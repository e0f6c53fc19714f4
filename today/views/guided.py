"""A session on its own page, exercise by exercise, with the form at its end."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import clock
from accounts.access import patient_required
from accounts.requests import SignedInRequest
from patients.models import Day
from patients.own_records import OWN_DAY, about, own_record, stop_page
from patients.services import sessions
from today.forms.results import ResultsForm
from today.forms.sessions import SessionForm
from today.session_page import SessionPage
from today.session_plan import plan


@require_safe
@patient_required
def session(request: SignedInRequest, day_id: UUID, programme_id: UUID) -> HttpResponse:
    """Of today, or of yesterday while it is night; under the version that it was begun with."""
    day = own_day(request, day_id)
    record = own_record(request.user, day.assignment.patient_id)
    if record.is_stopped:
        return stop_page(request, record)
    if day.assignment.ended_on or not sessions.may_be_gone_through(day, now=clock.now()):
        messages.info(request, _("That session is over. Here is today."))
        return redirect("today:today")
    if not sessions.is_in_force(programme_id, day):
        messages.info(request, _("Your exercises have changed. Here is today."))
        return redirect("today:today")
    shown = SessionPage(record, day, programme_id, clock.now())
    form = SessionForm.guided_through(day, programme_id=programme_id)
    return page(request, shown, form, results_form(shown))


def page(
    request: SignedInRequest, shown: SessionPage, form: SessionForm, results: ResultsForm
) -> HttpResponse:
    """The exercises and the form; the latter as it was sent, where it cannot be taken."""
    status = 422 if results.is_bound else 200
    html = render(request, "today/session.html", of_page(shown, form, results), status=status)
    return about(shown.record, html)


def of_page(shown: SessionPage, form: SessionForm, results: ResultsForm) -> dict[str, Any]:
    """What the page is made of."""
    return {
        "page": shown,
        "plan": plan(shown),
        "record": shown.record,
        "session_day": shown.day,  # whether its programme is still in force is asked as well
        "form": form,
        "results": results,
    }


def results_form(shown: SessionPage, data: Mapping[str, Any] | None = None) -> ResultsForm:
    """How each exercise went, or how it is said to have gone in ``data``.

    Of none if the version is not in force on this day: then it is not this person's to say.
    """
    if not sessions.is_in_force(shown.programme_id, shown.day):
        return ResultsForm(data, items=[])
    return ResultsForm(
        data,
        items=shown.items,
        in_it={exercise.item.pk for exercise in shown.exercises},
        wanted={exercise.item.pk for exercise in shown.exercises if not exercise.is_optional},
    )


def own_day(request: SignedInRequest, day_id: UUID) -> Day:
    found = OWN_DAY(user=request.user.pk, day=day_id)
    if not found:
        raise Http404
    return found[0]

"""“I have one of these signs”: told by the patient."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

import clock
from accounts.access import patient_required
from accounts.requests import SignedInRequest, read_or_post, signed_in
from patients.forms import WhichSignForm
from patients.models import Day, Patient
from patients.own_records import own_record, own_records, posted, stop_page
from patients.services import signs
from patients.services.sessions import leads_by
from today.views.help import general_help


@read_or_post
@login_not_required
def tell(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Whom to call stands first, before anything is asked and after; also for someone whose
    record it is not, or not any more: nobody with a sign is sent to sign in.
    """
    own = signed_in(request)
    record = own_records(own.user).filter(pk=record_id).first() if own else None
    if own is None or record is None:
        return general_help(request, has_sign=True, status=404)
    return _tell_of(record, own)


def _tell_of(record: Patient, request: SignedInRequest) -> HttpResponse:
    form = WhichSignForm(posted(request))
    if form.is_valid():
        signs.tell(record, **form.cleaned_data, by=request.user, now=clock.now())
        return redirect("today:warning", record.pk)
    if record.is_stopped:
        return stop_page(request, record)
    context = {
        "record": record,
        "clinic": record.clinic,
        "has_several": own_records(request.user).count() > 1,
        "form": form,
    }
    return render(request, "today/warning.html", context)


@require_safe
@patient_required
def is_stopped(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    """Asked by a page that comes to the front: a sign may have been told somewhere else.

    A session under way names its ``day``: the programme may have changed since it was begun, or
    been paused.
    """
    record = own_record(request.user, record_id)
    answer: dict[str, object] = {"stopped": record.is_stopped}
    days = Day.objects.visible_to(request.user).filter(assignment__patient=record)
    if (named := _day_named(request)) and (
        day := days.select_related("assignment").filter(pk=named).first()
    ):
        answer["programme"] = leads_by(day)
    return JsonResponse(answer)


def _day_named(request: SignedInRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("day", ""))
    except ValueError:
        return None

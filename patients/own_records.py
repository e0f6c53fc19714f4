"""Which of their own records somebody is looking at. Most people have one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts.access import patient_required
from patients.forms import WhichSignForm
from patients.models import Patient, WarningSign, with_stops

View = Callable[..., HttpResponse]

CHOSEN = "record"


def posted(request: Any) -> QueryDict | None:
    """What a form is bound to. A form whose fields are all optional may be sent empty."""
    return request.POST if request.method == "POST" else None


def own_records(request: Any) -> Any:
    """Every record that is about the person signed in, or about somebody they look after."""
    records = with_stops(Patient.objects.visible_to(request.user).own_of(request.user))
    return records.select_related("clinic").order_by("name", "created_at")


def for_own_record(view: View | None = None, *, also_when_stopped: bool = False) -> Any:
    """Hand the view the record it is about, or ask first which one.

    While a warning sign keeps the record from going on, the notice stands in the place of
    every page, unless the view says that it has nothing of the programme on it.
    """
    if view is None:
        return lambda later: for_own_record(later, also_when_stopped=also_when_stopped)

    @wraps(view)
    @patient_required
    def with_record(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        records = list(own_records(request))
        request.own_records, request.has_choice = records, len(records) > 1
        chosen = _chosen(request, records)
        if len(chosen) != 1:
            return redirect("today:choose")
        if CHOSEN not in request.session:
            request.session[CHOSEN] = str(chosen[0].pk)
        if chosen[0].is_stopped and not also_when_stopped:
            return stop_page(request, chosen[0])
        return view(request, chosen[0], *args, **kwargs)

    return with_record


def _chosen(request: Any, records: list[Any]) -> list[Any]:
    """The record that was chosen, else all. One that is theirs no longer is not taken for
    another: what is sent from its pages is refused, and they are asked to choose.
    """
    before = request.session.get(CHOSEN)
    chosen = [record for record in records if str(record.pk) == before]
    if before and not chosen and request.method == "POST":
        raise Http404
    return chosen or ([] if before else records)


def stop_page(
    request: Any, record: Patient, *, form: WhichSignForm | None = None, status: int = 200
) -> HttpResponse:
    """The notice, whom to call and how it goes on; nothing of the programme."""
    signs = WarningSign.objects.visible_to(request.user).filter(patient=record)
    sign = signs.stopping().first()
    if sign is None:  # it goes on since a moment ago
        return redirect("today:today")
    context = {
        "record": record,
        "clinic": record.clinic,
        "sign": sign,
        "form": form or WhichSignForm(said=sign.which),
    }
    return render(request, "patients/stopped.html", context, status=status)

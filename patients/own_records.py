"""Which of their own records someone is looking at. Most people have one."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast, overload
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import patient_required
from accounts.kept_query import KeptQuery
from accounts.models import User
from accounts.requests import SignedInRequest
from patients.forms import WhichSignForm
from patients.models import Day, Patient, Session, WarningSign, with_stops

CHOSEN = "record"
ABOUT = "X-Record"


class OwnRecordRequest(SignedInRequest):
    """What ``for_own_record`` hands on. For annotations only, as its base."""

    own_records: list[Patient]
    has_choice: bool  # there are several of them


type View[**P] = Callable[P, HttpResponseBase]
type OfRecord[**P] = View[Concatenate[OwnRecordRequest, Patient, P]]
type OfRequest[**P] = View[Concatenate[SignedInRequest, P]]


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to. A form whose fields are all optional may be sent empty."""
    return request.POST if request.method == "POST" else None


def own_records(user: User) -> QuerySet[Patient]:
    """Every record that is about this person, or about someone they look after."""
    own = Patient.objects.visible_to(user).own_of(user).with_clinician()
    return with_stops(own).select_related("clinic").order_by("name", "created_at")


OWN: KeptQuery[Patient] = KeptQuery(lambda user: own_records(User(pk=user)), user=UUID)


def own_record(user: User, patient: UUID) -> Patient:
    """The one of this key. Raises Http404."""
    for record in OWN(user=user.pk):
        if record.pk == patient:
            return record
    raise Http404


def own_days(user: User) -> QuerySet[Day]:
    """Every day of these records."""
    days = Day.objects.visible_to(user).filter(assignment__patient__in=own_records(user))
    return days.select_related("assignment__patient__clinic")


OWN_DAY: KeptQuery[Day] = KeptQuery(
    lambda user, day: own_days(User(pk=user)).filter(pk=day), user=UUID, day=UUID
)


def own_sessions(user: User) -> QuerySet[Session]:
    """Every session of these records, also those that were taken back."""
    own = Session.objects.visible_to(user).filter(assignment__patient__in=own_records(user))
    return own.select_related("day", "assignment__patient__clinic")


OWN_SESSION: KeptQuery[Session] = KeptQuery(
    lambda user, session: own_sessions(User(pk=user)).filter(pk=session), user=UUID, session=UUID
)


def records_of(request: SignedInRequest) -> list[Patient]:
    """The same as a list. Pages learn from the request whether there are several."""
    own = cast(OwnRecordRequest, request)
    own.own_records = OWN(user=request.user.pk)
    own.has_choice = len(own.own_records) > 1
    return own.own_records


@overload
def for_own_record[**P](view: OfRecord[P]) -> OfRequest[P]: ...
@overload
def for_own_record[**P](
    *, also_when_stopped: bool = False
) -> Callable[[OfRecord[P]], OfRequest[P]]: ...


def for_own_record[**P](
    view: OfRecord[P] | None = None, *, also_when_stopped: bool = False
) -> OfRequest[P] | Callable[[OfRecord[P]], OfRequest[P]]:
    """Hand the view the record it is about, or ask first which one.

    While a warning sign keeps the record from going on, the notice stands in the place of
    every page, unless the view says that it has nothing of the programme on it.
    """
    if view is None:
        return lambda later: _with_record(later, also_when_stopped=also_when_stopped)
    return _with_record(view, also_when_stopped=also_when_stopped)


def _with_record[**P](view: OfRecord[P], *, also_when_stopped: bool) -> OfRequest[P]:
    @wraps(view)
    @patient_required
    def with_record(
        request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        records = records_of(request)
        own = cast(OwnRecordRequest, request)
        chosen = _chosen(request, records)
        if len(chosen) != 1:
            return redirect("today:choose")
        if CHOSEN not in request.session:
            request.session[CHOSEN] = str(chosen[0].pk)
        if chosen[0].is_stopped and not also_when_stopped:
            return stop_page(request, chosen[0])
        return view(own, chosen[0], *args, **kwargs)

    return with_record


def _chosen(request: SignedInRequest, records: list[Patient]) -> list[Patient]:
    """The record that was chosen, else all. One that is theirs no longer is not taken for
    another: what is sent from its pages is refused, and they are asked to choose.
    """
    before = request.session.get(CHOSEN)
    chosen = [record for record in records if str(record.pk) == before]
    if before and not chosen and request.method == "POST":
        raise Http404
    return chosen or ([] if before else records)


def about(record: Patient, response: HttpResponse) -> HttpResponse:
    """Say to the phone whose exercises the page shows: should a warning sign be told without a
    network, it puts the notice in the place of what it has kept (static/js/offline/stopped.js).
    """
    response[ABOUT] = str(record.pk)
    return response


def stop_page(
    request: SignedInRequest,
    record: Patient,
    *,
    form: WhichSignForm | None = None,
    status: int = 200,
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

"""Ticking off a session, saying how it felt, taking it back. Only on one's own days."""

from datetime import date, datetime
from typing import Unpack
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

import clock
from accounts.access import patient_required
from accounts.requests import SignedInRequest, read_or_post
from patients.models import Day, HeldEntry, NotToday, Patient, Session
from patients.own_records import OWN_SESSION, own_record, posted, records_of, stop_page
from patients.results import in_plain
from patients.schedule import seconds_left
from patients.services import sessions, signs
from patients.services.pain import had_much_pain_on
from today.forms.results import ResultsForm
from today.forms.sessions import FeelingForm, SessionForm
from today.logged import Logged
from today.session_page import SessionPage
from today.views import guided
from today.views.guided import own_day
from today.which_day import WhichDay


@require_POST
@patient_required
def session_log(request: SignedInRequest, day_id: UUID) -> HttpResponse:
    day = own_day(request, day_id)
    record = next(one for one in records_of(request) if one.pk == day.assignment.patient_id)
    form = SessionForm(request.POST)
    if not form.is_valid():
        return _not_logged(request, record)
    now, said = clock.now(), form.cleaned_data
    if known := sessions.logged_before(client_id=said["client_id"], by=request.user):
        return redirect("today:session_describe", known.pk)
    shown = SessionPage(record, day, said["programme"], now)
    results = None
    if ResultsForm.is_in(request.POST):
        results = guided.results_form(shown, request.POST)
    if results and not results.is_valid() and not record.is_stopped:
        return guided.page(request, shown, form, results)
    if question := _question(request, record, day, form, now=now):
        return question
    return _log(request, shown, form, results)


def _log(
    request: SignedInRequest, shown: SessionPage, form: SessionForm, results: ResultsForm | None
) -> HttpResponse:
    went = results.results if results else None
    sent, by, now = form.sent(shown.day), request.user, shown.now
    try:
        session = sessions.log_session(shown.day, **sent, results=went, by=by, now=now)
    except sessions.Stopped:
        messages.info(
            request, _("That session does not count. Your clinic can see that you sent it.")
        )
        what, key = HeldEntry.What.SESSION, form.cleaned_data["client_id"]
        kept = in_plain(went or {}, shown.items)
        return _held(request, shown.record, shown.day, what=what, client_id=key, results=kept)
    except sessions.NotPossible as refusal:
        if results and went:
            context = {"record": shown.record, "form": results, "refusal": refusal}
            return render(request, "today/not_logged.html", context, status=422)
        messages.warning(request, str(refusal))
        return redirect("today:today")
    return redirect("today:session_describe", session.pk)


def _not_logged(request: SignedInRequest, record: Patient) -> HttpResponse:
    if record.is_stopped:
        return stop_page(request, record)
    return render(request, "today/not_logged.html", {"record": record}, status=422)


def _held(
    request: SignedInRequest,
    record: Patient,
    day: Day,
    *,
    what: HeldEntry.What,
    client_id: UUID,
    **sent: Unpack[signs.Sent],
) -> HttpResponse:
    """Pressed in spite of a warning sign: the clinician will see it, the day will not."""
    _hold(request, record, what=what, client_id=client_id, on=day.on, **sent)
    return redirect("today:warning", record.pk)


def _hold(
    request: SignedInRequest,
    record: Patient,
    *,
    what: HeldEntry.What,
    client_id: UUID,
    on: date,
    **sent: Unpack[signs.Sent],
) -> None:
    by, now = request.user, clock.now()
    try:
        signs.hold(record, what=what, client_id=client_id, on=on, by=by, now=now, **sent)
    except signs.TooMuch as refusal:
        messages.warning(request, str(refusal))


def _question(
    request: SignedInRequest, record: Patient, day: Day, form: SessionForm, *, now: datetime
) -> HttpResponse | None:
    """The page that asks what a tick leaves open; None if it leaves nothing open."""
    said = form.cleaned_data
    if record.is_stopped or said["guided"]:
        return None
    which = WhichDay(day, page_on=said["page_on"] or day.on, now=now)
    if which.is_open:
        choices = [(d, form.meant_for(d, shown=day, page_on=which.today)) for d in which.days]
        context = {"which": which, "choices": choices, "record": record}
        return render(request, "today/which_day.html", context)
    tick = {name: said[name] for name in ("client_id", "performed_at")}
    soon = sessions.is_soon_after_last(day, **tick, now=now)
    if soon and not said["confirmed"]:
        context = {"day": day, "form": form.again(), "record": record, "clinic": record.clinic}
        context["has_much_pain"] = had_much_pain_on(day.on, day.assignment)
        return render(request, "today/another.html", context)
    return None


def _own_session(request: SignedInRequest, session_id: UUID) -> Session:
    found = OWN_SESSION(user=request.user.pk, session=session_id)
    if not found:
        raise Http404
    return found[0]


@read_or_post
@patient_required
@transaction.atomic
def session_describe(request: SignedInRequest, session_id: UUID) -> HttpResponse:
    session = _own_session(request, session_id)
    if request.method == "POST":
        sessions.take_turn(session)
    now = clock.now()
    page = Logged(session, now)
    form = FeelingForm.of_session(
        session,
        posted(request),
        items=page.items,
        went=page.results,
        is_today=page.is_today,
        by=request.user,
        now=now,
    )
    if form.is_valid() and (answer := _describe(request, session, form)):
        return answer
    record = own_record(request.user, session.assignment.patient_id)
    if record.is_stopped:
        return _described_while_stopped(request, record, session, form)
    context = {
        "page": page,
        "form": form,
        "record": record,
        "day_ends_in": seconds_left(now, page.zone),
    }
    status = 422 if form.is_bound else 200
    return render(request, "today/session_saved.html", context, status=status)


def _describe(request: SignedInRequest, session: Session, form: FeelingForm) -> HttpResponse | None:
    """Where to go once it is saved; None if it cannot be, with the reason on the form."""
    try:
        said = {**form.feeling, "results": form.results}
        sessions.describe_session(session, by=request.user, now=clock.now(), **said)
    except sessions.NotPossible as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("Saved. Thank you."))
    page = Logged(session, clock.now())
    if not page.is_today and page.has_much_pain:  # what to do now stands there
        return redirect("today:session_describe", session.pk)
    return redirect("today:today")


def _described_while_stopped(
    request: SignedInRequest, record: Patient, session: Session, form: FeelingForm
) -> HttpResponse:
    """The notice; words that the form would refuse, being too long, are kept whole."""
    if form.is_bound:
        _hold(
            request,
            record,
            what=HeldEntry.What.FEELING,
            client_id=session.client_id,
            on=session.day.on,
            **form.as_typed(),
        )
    return stop_page(request, record)


@require_POST
@patient_required
def session_undo(request: SignedInRequest, session_id: UUID) -> HttpResponse:
    session = _own_session(request, session_id)
    try:
        sessions.undo_session(session, by=request.user, now=clock.now())
    except sessions.NotPossible as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Taken back. That session no longer counts."))
    return redirect("today:today")


@require_POST
@patient_required
def not_today(request: SignedInRequest, day_id: UUID) -> HttpResponse:
    """In one press, after much pain."""
    day = own_day(request, day_id)
    try:
        sessions.say_not_today(day, reason=NotToday.Reason.PAIN, by=request.user, now=clock.now())
    except sessions.Stopped:
        record, what = day.assignment.patient, HeldEntry.What.NOT_TODAY
        return _held(request, record, day, what=what, client_id=day.pk)
    except sessions.NotPossible as refusal:
        messages.warning(request, str(refusal))
    return redirect("today:today")


@require_POST
@patient_required
def not_today_undo(request: SignedInRequest, day_id: UUID) -> HttpResponse:
    day = own_day(request, day_id)
    try:
        sessions.take_back_not_today(day, by=request.user, now=clock.now())
    except sessions.NotPossible as refusal:
        messages.warning(request, str(refusal))
    return redirect("today:today")

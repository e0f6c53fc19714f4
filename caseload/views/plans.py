"""What a clinician decides about one patient's programme."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

import clock
from accounts.access import staff_required
from accounts.requests import SignedInRequest, read_or_post
from accounts.views.looks import note_listed
from caseload.forms import plans as forms
from patients.models import Assignment, Patient, Session
from patients.opening import open_record, patients_of
from patients.own_records import posted
from patients.services import plans, sessions
from patients.words import short_date
from programmes.models import Programme
from programmes.services import Changed, Frozen, NotPublishable
from programmes.views.drafts import programme_of


def running_of(request: SignedInRequest, patient_id: UUID, *, locked: bool = False) -> Assignment:
    """The running programme of a patient in my care; 404 if there is none.

    ``locked``: as it is now, and nobody else changes it until the transaction ends.
    """
    patient = open_record(request, patient_id)
    running = Assignment.objects.visible_to(request.user).running().filter(patient=patient)
    if locked:  # before anything is joined to it, as in ``open_record``
        plans.take_turn(patient)
    assignment = get_object_or_404(running.select_related("patient", "programme"))
    assignment.patient = patient
    return assignment


def today_of(patient: Patient) -> date:
    return clock.today(patient.time_zone)


def page(
    request: HttpRequest, template: str, form: Form, patient: Patient | None, **more: object
) -> HttpResponse:
    """A form about a patient, with what was typed and 422 if it was refused."""
    context = {"form": form, "patient": patient, **more}
    return render(request, template, context, status=422 if form.errors else 200)


@read_or_post
@staff_required
def assign(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    patient = open_record(request, patient_id)
    chosen = {"programme": request.GET.get("programme")}
    form = forms.AssignForm(
        posted(request), patient=patient, today=today_of(patient), initial=chosen
    )
    if form.is_valid() and _assign(request, form, form.cleaned_data["programme"], patient):
        return redirect("caseload:record", patient.pk)
    return page(request, "caseload/assign.html", form, patient)


@read_or_post
@staff_required
def assign_from(request: SignedInRequest) -> HttpResponse:
    """Begin with a programme, then choose whom it is for."""
    template = _template(request)
    mine = patients_of(request).filter(clinic=template.clinic)
    free = mine.living().without_running_programme().order_by("name", "pk")
    note_listed(request, free)
    today = clock.today(template.clinic.time_zone)
    form = forms.AssignFromForm(posted(request), patients=free, programme=template, today=today)
    if form.is_valid():
        patient = form.cleaned_data["patient"]
        if _assign(request, form, template, patient):
            return redirect("caseload:record", patient.pk)
    return page(request, "caseload/assign_from.html", form, None, programme=template, free=free)


def _template(request: SignedInRequest) -> Programme:
    programmes = Programme.objects.visible_to(request.user).templates().offered().published()
    try:
        return get_object_or_404(programmes.select_related("clinic"), pk=request.GET["programme"])
    except (KeyError, ValidationError) as wrong:
        raise Http404 from wrong


def _assign(request: SignedInRequest, form: Form, template: Programme, patient: Patient) -> bool:
    """True once it is assigned; otherwise the reason is on the form."""
    dates = {name: form.cleaned_data[name] for name in ("starts_on", "review_on")}
    try:
        plans.assign(template, to=patient, **dates, by=request.user, now=clock.now())
    except plans.NotAssignable as reason:
        form.add_error(None, str(reason))
        return False
    messages.success(request, assigned_in_words(template, **dates))
    return True


def assigned_in_words(programme: Programme, *, starts_on: date, review_on: date) -> str:
    """With the dates, so that a slip is seen at once."""
    words = _("“%(title)s” is assigned. It starts on %(start)s, with a review on %(review)s.")
    dates = {"start": short_date(starts_on), "review": short_date(review_on)}
    return words % {"title": programme.title, **dates}


@require_POST
@staff_required
def change_programme(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    assignment = running_of(request, patient_id)
    try:
        draft = plans.start_change(assignment, by=request.user, now=clock.now())
    except plans.NotPossible as reason:  # ended meanwhile
        messages.error(request, str(reason))
        return redirect("caseload:record", patient_id)
    return redirect("programmes:edit", draft.pk)


@require_POST
@staff_required
def publish_change(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """The builder's button for the next version of a patient's own programme."""
    draft = programme_of(request, programme_id, is_template=False, published_at=None, one_off=None)
    try:
        assignment = plans.publish_change(
            draft, by=request.user, now=clock.now(), seen=request.POST.get("seen")
        )
    except (plans.NotPossible, NotPublishable, Frozen, Changed) as reason:
        messages.error(request, str(reason))
        return redirect("programmes:edit", draft.pk)
    messages.success(request, _("The new version is published."))
    return redirect("caseload:record", assignment.patient_id)


@read_or_post
@staff_required
def pause(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    assignment = running_of(request, patient_id)
    form = forms.PauseForm(posted(request), today=today_of(assignment.patient))
    if form.is_valid() and _tried(
        form, plans.pause, assignment, **form.cleaned_data, by=request.user, now=clock.now()
    ):
        messages.success(request, _("Paused. Nothing is asked and no reminder goes out meanwhile."))
        return redirect("caseload:record", patient_id)
    return page(request, "caseload/pause.html", form, assignment.patient)


@require_POST
@staff_required
def resume(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    assignment = running_of(request, patient_id)
    try:
        plans.resume(assignment, by=request.user, now=clock.now())
    except plans.NotPossible as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("The pause is over."))
    return redirect("caseload:record", patient_id)


@read_or_post
@staff_required
def end(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    assignment = running_of(request, patient_id)
    form = forms.EndForm(posted(request), today=today_of(assignment.patient))
    if form.is_valid() and _tried(
        form, plans.end, assignment, **form.cleaned_data, by=request.user, now=clock.now()
    ):
        messages.success(request, _("The programme has ended. Everything logged is kept."))
        return redirect("caseload:record", patient_id)
    return page(request, "caseload/end.html", form, assignment.patient, assignment=assignment)


@read_or_post
@staff_required
@transaction.atomic
def change_review(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    assignment = running_of(request, patient_id, locked=request.method == "POST")
    today, by, now = today_of(assignment.patient), request.user, clock.now()
    form = forms.ChangeReviewForm(
        posted(request), today=today, assignment=assignment, by=by, now=now
    )
    if form.is_valid() and _tried(
        form, plans.change_review, assignment, **form.cleaned_data, by=by, now=now
    ):
        messages.success(request, _("Review date saved."))
        return redirect("caseload:record", patient_id)
    return page(request, "caseload/review.html", form, assignment.patient, assignment=assignment)


@read_or_post
@staff_required
def record_session(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    assignment = running_of(request, patient_id)
    today = today_of(assignment.patient)
    form = forms.RecordSessionForm(posted(request), assignment=assignment, today=today)
    if form.is_valid():
        values = form.values(now=clock.now())
        if _tried(form, sessions.log_session, form.day, **values, by=request.user):
            messages.success(request, _("Session recorded."))
            return redirect("caseload:record", patient_id)
    return page(request, "caseload/record_session.html", form, assignment.patient)


@require_POST
@staff_required
def take_back(request: SignedInRequest, patient_id: UUID, session_id: UUID) -> HttpResponse:
    """Undo what the clinic itself recorded; a patient's own words stay theirs."""
    patient = open_record(request, patient_id)
    recorded = Session.objects.visible_to(request.user).filter(source=Session.Source.STAFF)
    session = get_object_or_404(recorded.filter(assignment__patient=patient), pk=session_id)
    try:
        sessions.undo_session(session, by=request.user, now=clock.now())
    except sessions.NotPossible as reason:  # their own record: colleagues may, they may not
        messages.error(request, str(reason))
    else:
        messages.success(request, _("The session is taken back."))
    return redirect("caseload:record", patient_id)


def _tried[**P](form: Form, verb: Callable[P, object], *args: P.args, **values: P.kwargs) -> bool:
    """True once it is done; otherwise the reason is on the form."""
    try:
        verb(*args, **values)
    except plans.NotPossible as reason:
        form.add_error(None, str(reason))
        return False
    return True

"""Ticking off a session, saying how it felt, taking it back. Only on one's own days."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

import clock
from accounts.access import patient_required
from patients.forms.sessions import FeelingForm, SessionForm
from patients.models import Day, Session
from patients.services import sessions
from patients.today import Logged
from patients.views.own import own_records, posted


@require_POST
@patient_required
def session_log(request, day_id):
    days = Day.objects.visible_to(request.user).filter(assignment__patient__in=own_records(request))
    day = get_object_or_404(days, pk=day_id)
    form = SessionForm(request.POST)
    if not form.is_valid():
        return render(request, "patients/not_logged.html", status=422)
    now, said = clock.now(), form.cleaned_data
    if not said["confirmed"] and sessions.is_soon_after_last(
        day, client_id=said["client_id"], now=now
    ):
        return render(request, "patients/another.html", {"day": day, "form": form.again()})
    try:
        session = sessions.log_session(
            day,
            client_id=said["client_id"],
            programme_id=said["programme"],
            by=request.user,
            now=now,
        )
    except sessions.NotPossible as refusal:
        messages.warning(request, str(refusal))
        return redirect("patients:today")
    return redirect("patients:session_describe", session.pk)


def _own_session(request, session_id):
    own = Session.objects.visible_to(request.user).filter(
        assignment__patient__in=own_records(request)
    )
    return get_object_or_404(
        own.select_related("day", "assignment__patient__clinic"), pk=session_id
    )


@require_http_methods(["GET", "HEAD", "POST"])
@patient_required
def session_describe(request, session_id):
    session = _own_session(request, session_id)
    now = clock.now()
    form = FeelingForm.of_session(session, posted(request))
    if form.is_valid():
        try:
            sessions.describe_session(session, by=request.user, now=now, **form.cleaned_data)
        except sessions.NotPossible as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Saved. Thank you."))
        return redirect("patients:today")
    page = Logged(session, now)
    status = 422 if form.is_bound else 200
    return render(request, "patients/session.html", {"page": page, "form": form}, status=status)


@require_POST
@patient_required
def session_undo(request, session_id):
    session = _own_session(request, session_id)
    try:
        sessions.undo_session(session, by=request.user, now=clock.now())
    except sessions.NotPossible as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Taken back. That session no longer counts."))
    return redirect("patients:today")

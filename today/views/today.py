"""The patient's page: what to do now, and each exercise in full."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

import clock
from accounts.access import patient_required
from patients import chosen
from patients.models import Assignment
from patients.own_records import CHOSEN, for_own_record, own_records, posted, stop_page
from patients.schedule import seconds_left
from programmes import safety
from today.forms.sessions import SessionForm
from today.forms.settings import ChoiceForm
from today.progress import Progress
from today.today_page import Today, given_to_stopped, items_of
from today.views.help import general_help


@require_safe
@for_own_record
def today(request, record):
    if record.welcomed_at is None:
        return redirect("reminders:first_visit")
    now = clock.now()
    page = Today(record, now)
    context = {"page": page, "record": record, "day_ends_in": seconds_left(now, record.zone)}
    if page.day:
        context["form"] = SessionForm.of_day(page.day, page_on=page.on)
    if page.open_yesterday:
        context["yesterday_form"] = SessionForm.of_day(page.open_yesterday, page_on=page.on)
    return render(request, "today/today.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@patient_required
def choose(request):
    """Who is doing exercises: for people with more than one record."""
    records = own_records(request.user)
    form = ChoiceForm(posted(request), records=records)
    if form.is_valid():
        request.session[CHOSEN] = str(form.cleaned_data["record"].pk)
        return redirect("today:today")
    status = 422 if form.is_bound else 200
    return render(request, "today/choose.html", {"records": records, "form": form}, status=status)


@require_safe
@for_own_record
def item(request, record, item_id):
    if stopped := given_to_stopped(request.own_records, item_id):  # not the one that was chosen
        return stop_page(request, stopped)
    given = items_of(own_records(request.user)).prefetch_related("exercise_version__shown__photo")
    shown = get_object_or_404(
        given.select_related("exercise_version__exercise", "programme"), pk=item_id
    )
    context = {"item": shown, "record": record, "chosen": chosen_for(request, shown)}
    return render(request, "today/item.html", context)


def chosen_for(request, item):
    """Who chose the exercise for whichever of their records was given it."""
    plans = Assignment.objects.visible_to(request.user).filter(
        patient__in=own_records(request.user).order_by(), programme__line_id=item.programme.line_id
    )
    assignment = plans.select_related("programme", "patient__clinic", "assigned_by").first()
    return chosen.in_words([item], assignment)[item.pk] if assignment else ""


@require_safe
@for_own_record
def progress(request, record):
    now = clock.now()
    page, left = Progress(record, now), seconds_left(now, record.zone)
    context = {"page": page, "record": record, "day_ends_in": left}
    return render(request, "today/progress.html", context)


@require_safe
@login_not_required
def help_page(request):
    """Always one tap away, whichever record was chosen: each clinic's own numbers. Whoever has
    no record, or is signed out, reads the signs and whom to call all the same.
    """
    records = list(own_records(request.user)) if request.user.is_authenticated else []
    if not records:
        return general_help(request)
    clinics = sorted({record.clinic for record in records}, key=lambda clinic: clinic.name)
    context = {
        "clinics": clinics,
        "records": records,
        "emergency_signs": safety.EMERGENCY,
        "advice_signs": safety.ADVICE,
    }
    return render(request, "today/help.html", context)

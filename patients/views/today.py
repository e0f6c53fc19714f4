"""The patient's page: what to do now, and each exercise in full."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

import clock
from accounts.access import patient_required
from patients import chosen
from patients.forms.sessions import SessionForm
from patients.forms.settings import ChoiceForm
from patients.models import Assignment
from patients.progress import Progress
from patients.today import Today, items_of
from patients.views.own import CHOSEN, for_own_record, own_records, posted


@require_safe
@for_own_record
def today(request, record):
    page = Today(record, clock.now())
    context = {"page": page, "record": record}
    if page.day:
        context["form"] = SessionForm.of_day(page.day)
    if page.open_yesterday:
        context["yesterday_form"] = SessionForm.of_day(page.open_yesterday)
    return render(request, "patients/today.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@patient_required
def choose(request):
    """Who is doing exercises: for people with more than one record."""
    records = own_records(request)
    form = ChoiceForm(posted(request), records=records)
    if form.is_valid():
        request.session[CHOSEN] = str(form.cleaned_data["record"].pk)
        return redirect("patients:today")
    status = 422 if form.is_bound else 200
    return render(
        request, "patients/choose.html", {"records": records, "form": form}, status=status
    )


@require_safe
@for_own_record
def item(request, record, item_id):
    given = items_of(own_records(request)).prefetch_related("exercise_version__shown__photo")
    shown = get_object_or_404(
        given.select_related("exercise_version__exercise", "programme"), pk=item_id
    )
    context = {"item": shown, "record": record, "chosen": chosen_for(request, shown)}
    return render(request, "patients/item.html", context)


def chosen_for(request, item):
    """Who chose the exercise for whichever of their records was given it."""
    plans = Assignment.objects.visible_to(request.user).filter(
        patient__in=own_records(request).order_by(), programme__line_id=item.programme.line_id
    )
    assignment = plans.select_related("programme", "patient__clinic", "assigned_by").first()
    return chosen.in_words([item], assignment)[item.pk] if assignment else ""


@require_safe
@for_own_record
def progress(request, record):
    return render(
        request, "patients/progress.html", {"page": Progress(record, clock.now()), "record": record}
    )


@require_safe
@patient_required
def help_page(request):
    """Always one tap away, whichever record was chosen: each clinic's own numbers."""
    records = list(own_records(request))
    clinics = sorted({record.clinic for record in records}, key=lambda clinic: clinic.name)
    context = {"clinics": clinics, "records": records}
    return render(request, "patients/help.html", context)

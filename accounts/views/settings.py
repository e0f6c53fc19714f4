"""One's own settings, and those of a clinic one leads."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import clock
from accounts import services
from accounts.access import lead_required
from accounts.forms.clinic import ClinicForm, OwnNameForm
from accounts.proof import fresh_proof_required
from accounts.requests import SignedInRequest, read_or_post


@read_or_post
@transaction.atomic
def settings(request: SignedInRequest) -> HttpResponse:
    now, person = clock.now(), services.as_now(request.user)
    form = OwnNameForm(request.POST or None, instance=person, by=request.user, now=now)
    if form.is_valid():
        services.rename(request.user, name=form.cleaned_data["name"], now=now)
        messages.success(request, _("Name saved."))
        return redirect("accounts:settings")
    context = {"form": form, "led": request.user.clinics_as_lead().order_by("name")}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/settings.html", context, status=status)


@read_or_post
@lead_required
@fresh_proof_required(gettext_lazy("change the clinic’s settings"), is_typed=True)
@transaction.atomic
def clinic(request: SignedInRequest, pk: UUID) -> HttpResponse:
    now = clock.now()
    clinics = request.user.clinics_as_lead().select_for_update(of=("self",), no_key=True)
    led = get_object_or_404(clinics, pk=pk)
    form = ClinicForm(request.POST or None, instance=led, by=request.user, now=now)
    if form.is_valid():
        services.change_clinic(form.instance, by=request.user, now=now)
        messages.success(request, _("Clinic saved."))
        return redirect("accounts:clinic", pk=pk)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/clinic.html", {"form": form}, status=status)

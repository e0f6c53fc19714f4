"""One's own settings, and those of a clinic one leads."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

import clock
from accounts import services
from accounts.access import lead_required
from accounts.forms.clinic import ClinicForm, OwnNameForm


def settings(request: HttpRequest) -> HttpResponse:
    form = OwnNameForm(request.POST or None, initial={"name": request.user.name})
    if form.is_valid():
        services.rename(request.user, name=form.cleaned_data["name"], now=clock.now())
        messages.success(request, _("Name saved."))
        return redirect("accounts:settings")
    context = {"form": form, "led": request.user.clinics_as_lead().order_by("name")}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/settings.html", context, status=status)


@lead_required
def clinic(request: HttpRequest, pk) -> HttpResponse:
    led = get_object_or_404(request.user.clinics_as_lead(), pk=pk)
    form = ClinicForm(request.POST or None, instance=led)
    if form.is_valid():
        services.change_clinic(form.instance, by=request.user, now=clock.now())
        messages.success(request, _("Clinic saved."))
        return redirect("accounts:clinic", pk=pk)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/clinic.html", {"form": form}, status=status)

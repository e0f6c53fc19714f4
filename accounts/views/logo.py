"""A clinic's logo: its picture, and the page on which a lead changes it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

import clock
from accounts import clinic_logo as services
from accounts.access import lead_required
from accounts.forms.logo import FILES, LogoForm
from accounts.proof import fresh_proof_required
from accounts.requests import SignedInRequest, read_or_post
from pictures.serving import answer_with, kept
from pictures.uploads import has_too_many_files, takes_pictures


@require_safe
def logo(request: SignedInRequest, pk: UUID, mark: str) -> HttpResponse:
    """For people of the clinic: who works there, and its patients."""
    clinic = get_object_or_404(request.user.clinics_as_staff_or_patient(), pk=pk)
    if not clinic.logo:
        raise Http404
    return kept(answer_with(clinic.logo), is_it=mark == clinic.logo_mark)


@read_or_post
@lead_required
@takes_pictures(FILES)
@fresh_proof_required(gettext_lazy("change the clinic’s logo"))
def change_logo(request: SignedInRequest, pk: UUID) -> HttpResponse:
    clinic = get_object_or_404(request.user.clinics_as_lead(), pk=pk)
    form = LogoForm()
    if request.method == "POST":
        form = LogoForm(request.POST, request.FILES, has_too_many=has_too_many_files(request))
    if form.is_valid():
        services.change(clinic, form.cleaned_data["file"], by=request.user, now=clock.now())
        messages.success(request, _("Logo saved. Your patients see it from now on."))
        return redirect("accounts:change_logo", pk)
    context = {"form": form, "clinic": clinic}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/logo.html", context, status=status)


@require_POST
@lead_required
@fresh_proof_required(gettext_lazy("remove the clinic’s logo"))
def remove_logo(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Pressed twice, it is gone once."""
    clinic = get_object_or_404(request.user.clinics_as_lead(), pk=pk)
    if services.remove(clinic, by=request.user, now=clock.now()):
        messages.success(request, _("Logo removed."))
    else:
        messages.info(request, _("The logo has been removed already."))
    return redirect("accounts:change_logo", pk)

"""Sign a version of an exercise for a clinic, or take the signature back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

import clock
from accounts.access import staff_required
from accounts.context import Roles
from accounts.requests import SignedInRequest, read_or_post
from exercises.forms.review import SignForm
from exercises.models import ExerciseVersion, Signature
from exercises.services import review
from exercises.signed import may_sign, waits_for, with_signatures


@read_or_post
@staff_required
def sign(request: SignedInRequest, version_id: UUID) -> HttpResponse:
    """The words to read and what a signature means; then the signature."""
    version = version_of(request, version_id)
    form = form_of(request, version)
    if not form.is_valid():
        return ask(request, version, form)
    clinic = form.cleaned_data["clinic"]
    try:
        review.sign(version, clinic=clinic, by=request.user, now=clock.now())
    except review.NotSignable as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Signed. Thank you for reading it."))
    return redirect("exercises:history", version.pk)


def version_of(request: SignedInRequest, version_id: UUID) -> ExerciseVersion:
    versions = ExerciseVersion.objects.visible_to(request.user).published()
    whole = versions.select_related("exercise").prefetch_related("shown__photo")
    return get_object_or_404(with_signatures(whole, request.user), pk=version_id)


def form_of(request: SignedInRequest, version: ExerciseVersion) -> SignForm:
    clinics = Roles.of(request).clinics
    sent = request.POST if request.method == "POST" else None
    waiting = waits_for(version, clinics)
    return SignForm(sent, clinics=may_sign(version, clinics), waiting=waiting)


def ask(request: SignedInRequest, version: ExerciseVersion, form: SignForm) -> HttpResponse:
    waiting = waits_for(version, Roles.of(request).clinics)
    members = [m for m in Roles.of(request).memberships if m.clinic in waiting]
    dates = [(member, clock.today(member.clinic.time_zone)) for member in members]
    context = {"version": version, "form": form, "would_sign": dates}
    status = 422 if form.errors else 200
    return render(request, "exercises/review.html", context, status=status)


@require_POST
@staff_required
def withdraw(request: SignedInRequest, signature_id: UUID) -> HttpResponse:
    signatures = Signature.objects.visible_to(request.user).select_related("clinic", "version")
    signature = get_object_or_404(signatures, pk=signature_id)
    if review.withdraw(signature, by=request.user, now=clock.now()):
        messages.success(request, _("Your signature is taken back."))
    return redirect("exercises:history", signature.version_id)

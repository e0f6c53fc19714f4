"""Sign a version of an exercise, or take the signature back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

import clock
from accounts.access import staff_required
from accounts.context import Roles
from exercises.models import ExerciseVersion
from exercises.services import review


def version_of(request, version_id):
    versions = ExerciseVersion.objects.visible_to(request.user).published()
    with_names = versions.select_related("exercise__clinic", "reviewed_by", "written_by")
    return get_object_or_404(with_names.prefetch_related("shown__photo"), pk=version_id)


def clinic_of(request, version):
    """Where the signer works: the exercise's clinic; for a shared exercise, the signer's."""
    return version.exercise.clinic or Roles.of(request).memberships[0].clinic


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def sign(request, version_id):
    """The words to read and what a signature means; then the signature."""
    version = version_of(request, version_id)
    clinic = clinic_of(request, version)
    if request.method != "POST":
        today = clock.today(clinic.time_zone)
        return render(request, "exercises/review.html", {"version": version, "today": today})
    try:
        review.sign(version, clinic=clinic, by=request.user, now=clock.now())
    except review.NotSignable as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Signed. Thank you for reading it."))
    return redirect("exercises:history", version.pk)


@require_POST
@staff_required
def withdraw(request, version_id):
    version = version_of(request, version_id)
    clinic = clinic_of(request, version)
    if review.withdraw(version, clinic=clinic, by=request.user, now=clock.now()):
        messages.success(request, _("Your signature is taken back."))
    return redirect("exercises:history", version.pk)

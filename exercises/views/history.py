"""All versions of an exercise, and what each one changed."""

from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import staff_required
from accounts.context import Roles
from accounts.requests import SignedInRequest
from exercises.models import ExerciseVersion
from exercises.signed import waits_for, with_signatures
from exercises.words.versions import Change, changes

VERSIONS = 20  # a page


class Row(NamedTuple):
    """A version, what it changed, and whether it waits for a signature of the reader's clinic."""

    version: ExerciseVersion
    changes: list[Change]
    may_be_signed: bool


@require_safe
@staff_required
def history(request: SignedInRequest, version_id: UUID) -> HttpResponse:
    """``version_id`` is any version of the exercise."""
    visible = ExerciseVersion.objects.visible_to(request.user)
    version = get_object_or_404(visible.select_related("exercise__clinic"), pk=version_id)
    all_versions = visible.filter(exercise=version.exercise).for_history_page()
    versions = with_signatures(all_versions.select_related("exercise"), request.user)
    page = Paginator(versions, VERSIONS).get_page(request.GET.get("page"))
    # One more, for what the page's last one has changed.
    shown = list(versions[page.start_index() - 1 : page.end_index() + 1])
    changed = {new.pk: changes(old, new) for new, old in pairwise(shown)}
    clinics = Roles.of(request).clinics
    rows = [
        Row(each, changed.get(each.pk, []), bool(waits_for(each, clinics)))
        for each in shown[: page.end_index() - page.start_index() + 1]
    ]
    context = {"version": version, "rows": rows, "page": page, "zone": zone_of(request, version)}
    return render(request, "exercises/history.html", context)


def zone_of(request: SignedInRequest, version: ExerciseVersion) -> str:
    """The clinic's; for a shared exercise, that of the clinic where the reader works."""
    clinic = version.exercise.clinic or Roles.of(request).memberships[0].clinic
    return clinic.time_zone

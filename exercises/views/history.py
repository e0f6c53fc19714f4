"""All versions of an exercise, and what each one changed."""

from itertools import pairwise

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import staff_required
from accounts.context import Roles
from exercises.models import ExerciseVersion
from exercises.signed import waits_for, with_signatures
from exercises.words.versions import changes

VERSIONS = 20  # a page


@require_safe
@staff_required
def history(request, version_id):
    """``version_id`` is any version of the exercise."""
    visible = ExerciseVersion.objects.visible_to(request.user)
    version = get_object_or_404(visible.select_related("exercise__clinic"), pk=version_id)
    all_versions = visible.filter(exercise=version.exercise).for_history_page()
    versions = with_signatures(all_versions.select_related("exercise"), request.user)
    page = Paginator(versions, VERSIONS).get_page(request.GET.get("page"))
    # One more, for what the page's last one has changed.
    rows = list(versions[page.start_index() - 1 : page.end_index() + 1])
    changed = {new.pk: changes(old, new) for new, old in pairwise(rows)}
    for row in rows:
        row.changes = changed.get(row.pk, [])
        row.may_be_signed = bool(waits_for(row, Roles.of(request).clinics))
    context = {
        "version": version,
        "rows": rows[: page.end_index() - page.start_index() + 1],
        "page": page,
        "zone": zone_of(request, version),
    }
    return render(request, "exercises/history.html", context)


def zone_of(request, version) -> str:
    """The clinic's; for a shared exercise, that of the clinic where the reader works."""
    clinic = version.exercise.clinic or Roles.of(request).memberships[0].clinic
    return clinic.time_zone

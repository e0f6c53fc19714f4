"""Find an exercise: the library's first page, for staff."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import staff_required
from accounts.requests import SignedInRequest
from exercises import body_map
from exercises.forms.search import SearchForm
from exercises.models import ExerciseVersion
from exercises.search.facets import FACETS
from exercises.search.results import look


@require_safe
@staff_required
def exercise_list(request: SignedInRequest) -> HttpResponse:
    """While someone types, htmx gets the answers alone."""
    form = SearchForm(request.GET)
    asked = form.asked
    results = look(asked, by=request.user, page=request.GET.get("page"))
    form.offer(results.counts)
    context = {
        "form": form,
        "asked": asked,
        "page": results.page,
        "tiles": results.tiles,
        "views": body_map.views(asked),
    }
    if request.htmx.target == "results" and not request.htmx.history_restore_request:
        return render(request, "exercises/_answers.html", context)
    unlisted = ExerciseVersion.objects.visible_to(request.user).count_unlisted()
    context |= {"facets": FACETS, "unlisted": unlisted}
    return render(request, "exercises/exercise_list.html", context)

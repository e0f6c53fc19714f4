"""Find an exercise: the library's first page, for staff."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import staff_required
from exercises.forms.search import SearchForm
from exercises.models import ExerciseVersion
from exercises.search import find, kinds_found

PER_PAGE = 24


@require_safe
@staff_required
def exercise_list(request):
    form = SearchForm(request.GET)
    form.is_valid()  # what cannot be searched for is left out, never refused
    chosen = form.cleaned_data.get("kind", "")
    found = find(
        ExerciseVersion.objects.visible_to(request.user).current().for_list_page(),
        form.cleaned_data.get("q", ""),
    )
    of_kind = found.of_kind(chosen) if chosen else found
    context = {
        "form": form,
        "page": Paginator(of_kind, PER_PAGE).get_page(request.GET.get("page")),
        "kinds": kinds_found(found, chosen),
        "kind": chosen,
    }
    return render(request, "exercises/exercise_list.html", context)

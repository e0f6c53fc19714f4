"""The library's pages, for staff."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import staff_required
from exercises.forms import SearchForm
from exercises.models import ExerciseVersion
from exercises.search import find, kinds_found

PER_PAGE = 24


@require_safe
@staff_required
def exercise_list(request):
    form = SearchForm(request.GET)
    form.is_valid()  # what cannot be searched for is left out, never refused
    chosen = form.cleaned_data.get("kind", "")
    found = find(_current(request.user).for_list_page(), form.cleaned_data.get("q", ""))
    of_kind = found.of_kind(chosen) if chosen else found
    context = {
        "form": form,
        "page": Paginator(of_kind, PER_PAGE).get_page(request.GET.get("page")),
        "kinds": kinds_found(found, chosen),
        "kind": chosen,
    }
    return render(request, "exercises/exercise_list.html", context)


@require_safe
@staff_required
def exercise_detail(request, slug):
    current = _current(request.user)
    version = current.for_detail_page().filter(exercise__slug=slug).first()
    if version is None:
        raise Http404
    context = {
        "version": version,
        "easier": current.easier_than(version.exercise),
        "harder": current.harder_than(version.exercise),
    }
    return render(request, "exercises/exercise_detail.html", context)


def _current(user):
    return ExerciseVersion.objects.visible_to(user).current()

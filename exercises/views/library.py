"""Find an exercise: the library's first page, for staff."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import staff_required
from accounts.kept_query import KeptQuery
from accounts.models import User
from accounts.requests import SignedInRequest
from exercises.forms.search import OPEN, SearchForm
from exercises.models import ExerciseVersion
from exercises.search.facets import FACETS
from exercises.search.results import counts_of, look

UNLISTED = KeptQuery(
    lambda user: ExerciseVersion.objects.visible_to(User(pk=user)).unlisted(), user=UUID
)
SHOWN = "X-Shown"  # the header that names the filters on the page: static/js/search.js


@require_safe
@staff_required
def exercise_list(request: SignedInRequest) -> HttpResponse:
    """While someone types, htmx gets the answers alone.

    The boxes of a filter that is not open are fetched when it is (``filter_values``), or come
    with an address that names it in ``open``.
    """
    form = SearchForm(request.GET)
    asked = form.asked
    results = look(asked, by=request.user, page=request.GET.get("page"))
    context = {
        "asked": asked,
        "page": results.page,
        "tiles": results.tiles,
    }
    if request.htmx.target == "results" and not request.htmx.history_restore_request:
        shown = request.headers.get(SHOWN, "").split(",")
        context["offers"] = form.offers(results.counts, shown=shown)
        return render(request, "exercises/_answers.html", context)
    offers = form.offers(results.counts, shown=[*OPEN, *request.GET.getlist("open")])
    boxes = {offer.facet.name: offer for offer in offers}
    context |= {
        "form": form,
        "facets": [(facet, boxes.get(facet.name)) for facet in FACETS],
        "unlisted": UNLISTED(user=request.user.pk)[0],
    }
    return render(request, "exercises/exercise_list.html", context)


@require_safe
@staff_required
def filter_values(request: SignedInRequest, name: str) -> HttpResponse:
    """The boxes of one filter: a part of the library's page, fetched when it is opened there."""
    facet = next((facet for facet in FACETS if facet.name == name), None)
    if facet is None:
        raise Http404
    form = SearchForm(request.GET)
    offer = form.offer(facet, counts_of(form.asked, by=request.user))
    return render(request, "exercises/_facet_values.html", {"offer": offer})

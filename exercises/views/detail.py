"""One exercise, for staff."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import staff_required
from accounts.context import Roles
from accounts.requests import SignedInRequest
from exercises import mentions
from exercises.cards import card_of
from exercises.ladder import ladder
from exercises.models import ExerciseVersion
from exercises.search.at_hand import with_favourites
from exercises.signed import waits_for, with_signatures, with_who_signed


@require_safe
@staff_required
def exercise_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    current = ExerciseVersion.objects.visible_to(request.user).current()
    whole = with_favourites(current.for_detail_page(), request.user)
    signed = with_who_signed(with_signatures(whole, request.user), request.user)
    version = signed.filter(exercise__slug=slug).first()
    if version is None:
        raise Http404
    context = {
        "version": version,
        "card": card_of(version),
        "may_be_signed": bool(waits_for(version, Roles.of(request).clinics)),
        "beside": mentions.read(version.beside, by=request.user, apart_from=slug),
        "ladder": ladder(version, user=request.user),
    }
    return render(request, "exercises/exercise_detail.html", context)

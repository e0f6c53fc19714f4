"""The figures of the exercises that a patient was given; none while a sign is unchecked."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.access import patient_required
from accounts.requests import SignedInRequest
from exercises.serving import answer_with_motion, answer_with_sprite
from patients.own_records import own_records
from programmes.models import Item
from programmes.pictures import sprite_of
from today.today_page import items_of


@require_safe
@patient_required
def pictures(request: SignedInRequest, programme_id: UUID, mark: str) -> HttpResponse:
    """Those of one version of a programme that was theirs."""
    items = list(given_to(request).filter(programme_id=programme_id).distinct())
    if not items:
        raise Http404
    return answer_with_sprite(sprite_of(items), mark)


@require_safe
@patient_required
def item_motion(request: SignedInRequest, item_id: UUID, mark: str) -> HttpResponse:
    """The movement of the very version that this patient was given."""
    item = get_object_or_404(given_to(request), pk=item_id)
    return answer_with_motion(item.exercise_version, mark)


def given_to(request: SignedInRequest) -> QuerySet[Item]:
    records = own_records(request.user).filter(Q(is_stopped=False))
    return items_of(records).select_related("exercise_version__exercise")

"""The figures of a programme's exercises, as pages for staff show them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.access import staff_required
from accounts.requests import SignedInRequest
from exercises.serving import answer_with_motion, answer_with_sprite
from programmes.pictures import sprite_of
from programmes.views.drafts import programme_of


@require_safe
@staff_required
def pictures(request: SignedInRequest, programme_id: UUID, mark: str) -> HttpResponse:
    """Only what is published stays as it is."""
    programme = programme_of(request, programme_id, published_at__isnull=False)
    items = programme.items.select_related("exercise_version__exercise")
    return answer_with_sprite(sprite_of(items), mark)


@require_safe
@staff_required
def item_motion(
    request: SignedInRequest, programme_id: UUID, item_id: UUID, mark: str
) -> HttpResponse:
    items = programme_of(request, programme_id).items.select_related("exercise_version__exercise")
    return answer_with_motion(get_object_or_404(items, pk=item_id).exercise_version, mark)

"""The photos of an exercise that a patient was given."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.access import patient_required
from accounts.requests import SignedInRequest
from patients.own_records import own_records
from pictures.serving import answer_with
from today.today_page import items_of


@require_safe
@patient_required
def item_photo(request: SignedInRequest, item_id: UUID, photo_id: UUID) -> HttpResponse:
    """A photo of the very version that this patient was given; none while a sign is unchecked."""
    records = own_records(request.user).filter(Q(is_stopped=False))
    given = items_of(records).select_related("exercise_version")
    version = get_object_or_404(given, pk=item_id).exercise_version
    shown = get_object_or_404(version.shown.select_related("photo"), photo=photo_id)
    return answer_with(shown.photo.file)

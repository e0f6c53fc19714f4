"""The photos of an exercise that a patient was given."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.access import patient_required
from exercises.serving import answer_with
from patients.own_records import own_records
from today.today_page import items_of


@require_safe
@patient_required
def item_photo(request, item_id, photo_id):
    """A photo of the very version that this patient was given; none while a sign is unchecked."""
    records = [record for record in own_records(request.user) if not record.is_stopped]
    given = items_of(records).select_related("exercise_version")
    version = get_object_or_404(given, pk=item_id).exercise_version
    shown = get_object_or_404(version.shown.select_related("photo"), photo=photo_id)
    return answer_with(shown.photo)

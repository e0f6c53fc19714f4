"""The pictures of an exercise's figure, its movement for the script that plays it, and the body map."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.access import staff_required
from accounts.requests import SignedInRequest
from exercises.models import ExerciseVersion
from exercises.serving import answer_with_body, answer_with_motion, answer_with_picture


@require_safe
@staff_required
def motion(request: SignedInRequest, version_id: UUID, mark: str) -> HttpResponse:
    versions = ExerciseVersion.objects.visible_to(request.user).select_related("exercise")
    return answer_with_motion(get_object_or_404(versions, pk=version_id), mark)


@require_safe
@staff_required
def picture(request: SignedInRequest, version_id: UUID, shown: str, mark: str) -> HttpResponse:
    """One of ``drawing.PICTURES``."""
    versions = ExerciseVersion.objects.visible_to(request.user).for_pictures()
    return answer_with_picture(get_object_or_404(versions, pk=version_id), shown, mark)


@require_safe
@staff_required
def body(request: SignedInRequest, mark: str) -> HttpResponse:
    return answer_with_body(mark)

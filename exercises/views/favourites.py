"""Mark an exercise with a star, or take the star away."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import staff_required
from accounts.requests import SignedInRequest, is_page_of_ours
from exercises.cards import card_of
from exercises.models import Exercise, ExerciseVersion
from exercises.services import favourites


@require_POST
@staff_required
def favourite(request: SignedInRequest, exercise_id: UUID) -> HttpResponse:
    """Back to where it was pressed; htmx takes the button alone."""
    exercises = Exercise.objects.visible_to(request.user).in_use()
    exercise = get_object_or_404(exercises, pk=exercise_id)
    is_favourite = favourites.toggle_favourite(exercise, by=request.user)
    after = request.POST.get("next", "")
    if not is_page_of_ours(request, after):
        after = reverse("exercises:list")
    if not request.htmx:
        return redirect(after)
    versions = ExerciseVersion.objects.visible_to(request.user).current()
    version = get_object_or_404(versions.select_related("exercise"), exercise=exercise)
    context = {
        "card": card_of(version),
        "is_favourite": is_favourite,
        "icons": static("icons.svg"),
    }
    return render(request, "exercises/_favourite.html", context)

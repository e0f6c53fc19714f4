"""What a member of staff keeps at hand: favourites, and what was used last. Nobody else sees it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from exercises.models import Exercise, Favourite, LastUse


@transaction.atomic
def toggle_favourite(exercise: Exercise, *, by: User) -> bool:
    """Mark an exercise, or take its mark away; whether it is marked now.

    The mark may be on the shared exercise that the clinic's own one replaces.
    """
    User.objects.select_for_update().get(pk=by.pk)  # two presses take turns
    replaced = Q(exercise__clinic=None, exercise__slug=exercise.slug)
    marks = Favourite.objects.filter(Q(exercise=exercise) | replaced, user=by)
    if marks.exists():
        marks.delete()
        return False
    Favourite.objects.create(user=by, exercise=exercise)
    return True


def note_use(exercise: Exercise, *, by: User, now: datetime) -> None:
    """Remember when someone last put this exercise into a programme."""
    LastUse.objects.update_or_create(user=by, exercise=exercise, defaults={"used_at": now})

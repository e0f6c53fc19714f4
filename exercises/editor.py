"""What the page on which an exercise is written shows: its form, its neighbours, a search."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict

from accounts.models import User
from exercises.forms.writing import NEIGHBOURS, WritingForm
from exercises.models import Exercise, ExerciseVersion, ExerciseVersionQuerySet
from exercises.search import find
from exercises.services.neighbours import Neighbours

# Exercises offered as neighbours at a time; another word finds others.
OFFERED = 6


def library_for(draft: ExerciseVersion, user: User) -> ExerciseVersionQuerySet:
    """What may be a neighbour: current exercises, shared or the clinic's own, not itself."""
    usable = ExerciseVersion.objects.visible_to(user).usable_in(draft.exercise.clinic_id)
    return usable.exclude(exercise__slug=draft.exercise.slug).for_list_page()


def form_for(
    draft: ExerciseVersion,
    user: User,
    data: QueryDict | None = None,
    *,
    asks: str = "",
    now: datetime | None = None,
) -> WritingForm:
    """The draft's form as stored, or as typed; not checked if a button only ``asks``.

    ``now``: when the page is made, to know later who changed the draft since.
    """
    choices = library_for(draft, user).order_by().values("exercise")
    return WritingForm(
        data,
        instance=draft,
        library=Exercise.objects.filter(pk__in=choices),
        neighbours=Neighbours.of(draft.exercise) if data is None else None,
        asks=asks,
        by=user,
        now=now,
    )


def had(data: Any) -> Neighbours:
    """The neighbours that stood on the page when it was opened; ``data`` as sent."""
    easier, harder = (
        frozenset(key for typed in data.getlist(f"had_{name}") if (key := _key(typed)))
        for name in NEIGHBOURS
    )
    return Neighbours(easier, harder)


def page_of(
    draft: ExerciseVersion, user: User, form: WritingForm, *, is_stored: bool = False
) -> dict[str, Any]:
    """The whole page around a form; ``is_stored``: what it shows is what is saved."""
    stood = Neighbours.of(draft.exercise) if is_stored else had(form.data)
    keys = {name: form.keys_of(name) for name in NEIGHBOURS}
    library = library_for(draft, user)
    chosen = _by_key(library, [key for name in NEIGHBOURS for key in keys[name]])
    looked_for = form.data.get("find", "").strip()
    others = library.exclude(pk__in=[version.pk for version in chosen.values()])
    offers = list(find(others, looked_for)[:OFFERED]) if looked_for else []
    return {
        "draft": draft,
        "form": form,
        "zone": draft.exercise.clinic.time_zone,  # type: ignore[union-attr]  # shared has no draft
        "sides": [
            (form[name], [chosen[key] for key in keys[name] if key in chosen], getattr(stood, name))
            for name in NEIGHBOURS
        ],
        "looked_for": looked_for,
        "offers": offers,
    }


def _by_key(library: ExerciseVersionQuerySet, keys: Iterable[str]) -> dict[str, ExerciseVersion]:
    """Those of the library with these keys; what is no key is left out."""
    known = [key for typed in keys if (key := _key(typed))]
    return {str(version.exercise_id): version for version in library.filter(exercise__in=known)}


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None

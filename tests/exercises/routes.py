"""Who may open each page of the library."""

from exercises.models import Shown
from tests.access_routes import Audience, Route
from tests.exercises.photos import draft_of, with_photos
from tests.factories import ExerciseFactory, ExerciseVersionFactory

SLUG = "clinic-stretch"


def write_own(cast) -> None:
    """An exercise that belongs to the clinic alone."""
    ExerciseVersionFactory(exercise=ExerciseFactory(clinic=cast.clinic, slug=SLUG))


def show_photo(cast) -> None:
    """A draft of the clinic's own that shows a photo."""
    with_photos(draft_of(cast.clinic))


def the_draft(cast) -> dict:
    return {"draft_id": Shown.objects.get().version_id}


def the_shown(cast) -> dict:
    return the_draft(cast) | {"shown_id": Shown.objects.get().pk}


PHOTOS = [
    Route("exercises:photos", Audience.RECORD_STAFF, the_draft, prepare=show_photo),
    *(
        Route(
            f"exercises:{verb}_photo", Audience.RECORD_STAFF, the_shown, "post", prepare=show_photo
        )
        for verb in ("describe", "move", "remove")
    ),
    Route(
        "exercises:photo",
        Audience.RECORD_STAFF,
        lambda cast: {"photo_id": Shown.objects.get().photo_id},
        prepare=show_photo,
    ),
]
ROUTES = [
    *PHOTOS,
    Route("exercises:list", Audience.STAFF),
    Route(
        "exercises:detail", Audience.RECORD_STAFF, lambda cast: {"slug": SLUG}, prepare=write_own
    ),
]

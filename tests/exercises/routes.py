"""Who may open each page of the library."""

from tests.access_routes import Audience, Route
from tests.factories import ExerciseFactory, ExerciseVersionFactory

SLUG = "clinic-stretch"


def write_own(cast) -> None:
    """An exercise that belongs to the clinic alone."""
    ExerciseVersionFactory(exercise=ExerciseFactory(clinic=cast.clinic, slug=SLUG))


ROUTES = [
    Route("exercises:list", Audience.STAFF),
    Route(
        "exercises:detail", Audience.RECORD_STAFF, lambda cast: {"slug": SLUG}, prepare=write_own
    ),
]

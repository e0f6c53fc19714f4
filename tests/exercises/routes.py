"""Who may open each page of the library."""

from exercises.models import Exercise, ExerciseVersion, Shown, Signature
from tests.access_routes import Audience, Route
from tests.exercises.drawn import lying
from tests.exercises.photos import draft_of, with_photos
from tests.exercises.writing_desk import published, ready_draft
from tests.factories import ExerciseFactory, ExerciseVersionFactory, SignatureFactory

SLUG = "clinic-stretch"
WRITTEN = "Wall sit of the sweep"


def write_own(cast) -> None:
    """An exercise that belongs to the clinic alone."""
    ExerciseVersionFactory(exercise=ExerciseFactory(clinic=cast.clinic, slug=SLUG))


def own_exercise(cast) -> dict:
    return {"exercise_id": Exercise.objects.get(slug=SLUG).pk}


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


def write_draft(cast) -> None:
    """A draft of the clinic's, ready to be published."""
    ready_draft(cast.clinic, by=cast.clinician, name=WRITTEN)


def write_published(cast) -> None:
    published(cast.clinic, by=cast.clinician, name=WRITTEN)


def sign_published(cast) -> None:
    write_published(cast)
    version = ExerciseVersion.objects.get(name=WRITTEN)
    SignatureFactory(version=version, clinic=cast.clinic, by=cast.clinician)


def the_signature(cast) -> dict:
    return {"signature_id": Signature.objects.get().pk}


def the_version(cast) -> dict:
    return {"version_id": ExerciseVersion.objects.get(name=WRITTEN).pk}


WRITING = [
    Route("exercises:create", Audience.STAFF),
    Route("exercises:drafts", Audience.STAFF),
    *(
        Route(f"exercises:{name}", Audience.RECORD_STAFF, the_version, prepare=write_draft)
        for name in ("edit", "preview", "discard")
    ),
    *(
        Route(f"exercises:{name}", Audience.RECORD_STAFF, the_version, prepare=write_published)
        for name in ("make_own", "start_from", "remove", "history", "review")
    ),
    *(
        Route(f"exercises:{name}", Audience.RECORD_STAFF, the_version, "post", prepare=prepare)
        for name, prepare in [
            ("edit", write_draft),
            ("discard", write_draft),
            ("make_own", write_published),
            ("start_from", write_published),
            ("remove", write_published),
            ("review", write_published),
            ("revise", write_published),
            ("restore", write_published),
        ]
    ),
    Route(
        "exercises:withdraw", Audience.RECORD_STAFF, the_signature, "post", prepare=sign_published
    ),
]


def draw_draft(cast) -> None:
    """A draft of the clinic's that has a figure."""
    ready_draft(cast.clinic, by=cast.clinician, name=WRITTEN, figure=lying())


def the_drawn(cast) -> dict:
    return {"draft_id": ExerciseVersion.objects.get(name=WRITTEN).pk}


def draw_published(cast) -> None:
    """The clinic's own exercise that has a figure."""
    exercise = ExerciseFactory(clinic=cast.clinic, slug=SLUG)
    ExerciseVersionFactory(exercise=exercise, figure=lying())


def the_motion(cast) -> dict:
    return {"version_id": ExerciseVersion.objects.get(exercise__slug=SLUG).pk, "mark": "0"}


def the_picture(cast) -> dict:
    return the_motion(cast) | {"shown": "small"}


FIGURE = [
    Route("exercises:picture", Audience.RECORD_STAFF, the_picture, prepare=draw_published),
    Route("exercises:motion", Audience.RECORD_STAFF, the_motion, prepare=draw_published),
    *(
        Route(f"exercises:{name}", Audience.RECORD_STAFF, the_drawn, *method, prepare=draw_draft)
        for name in ("figure", "choose_figure")
        for method in ([], ["post"])
    ),
]
ROUTES = [
    *PHOTOS,
    *WRITING,
    *FIGURE,
    Route("exercises:list", Audience.STAFF),
    Route("exercises:filter", Audience.STAFF, lambda _cast: {"name": "muscle"}),
    Route("exercises:body", Audience.STAFF, lambda _cast: {"mark": "0"}),
    Route(
        "exercises:favourite", Audience.RECORD_STAFF, own_exercise, method="post", prepare=write_own
    ),
    Route(
        "exercises:detail", Audience.RECORD_STAFF, lambda cast: {"slug": SLUG}, prepare=write_own
    ),
]

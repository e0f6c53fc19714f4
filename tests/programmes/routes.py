"""Who may open which address of programmes."""

from exercises.models import ExerciseVersion
from programmes.models import Item, Programme
from tests.access_routes import Audience, Route
from tests.cast import Cast
from tests.exercises.drawn import lying
from tests.factories import (
    ExerciseVersionFactory,
    ItemFactory,
    ProgrammeFactory,
    published_programme,
)

TITLE = "The draft of the sweep"


def make_draft(cast: Cast) -> None:
    draft = ProgrammeFactory(clinic=cast.clinic, created_by=cast.clinician, title=TITLE)
    ItemFactory(programme=draft, position=1)


def a_draft(cast: Cast) -> dict:
    return {"programme_id": Programme.objects.get(title=TITLE).pk}


def an_item(cast: Cast) -> dict:
    item = Item.objects.get(programme__title=TITLE)
    return {"programme_id": item.programme_id, "item_id": item.pk}


def an_exercise(cast: Cast) -> dict:
    version = ExerciseVersion.objects.exclude(pk__in=Item.objects.values("exercise_version"))
    return {"version": (version.first() or ExerciseVersionFactory()).pk}


def publish(cast: Cast) -> None:
    published_programme(clinic=cast.clinic, created_by=cast.clinician, title=TITLE)


def draw_draft(cast: Cast) -> None:
    """With an exercise that has a figure."""
    draft = ProgrammeFactory(clinic=cast.clinic, created_by=cast.clinician, title=TITLE)
    ItemFactory(programme=draft, exercise_version=ExerciseVersionFactory(figure=lying()))


def a_motion(cast: Cast) -> dict:
    return an_item(cast) | {"mark": "0"}


def the_pictures(cast: Cast) -> dict:
    return a_draft(cast) | {"mark": "0"}


ROUTES = [
    Route("programmes:pictures", Audience.RECORD_STAFF, the_pictures, prepare=publish),
    Route("programmes:item_motion", Audience.RECORD_STAFF, a_motion, prepare=draw_draft),
    Route("programmes:item_how", Audience.RECORD_STAFF, an_item, prepare=make_draft),
    Route("programmes:item_fields", Audience.RECORD_STAFF, an_item, prepare=make_draft),
    Route("programmes:list", Audience.STAFF),
    Route("programmes:create", Audience.STAFF),
    *(
        Route(f"programmes:{name}", Audience.RECORD_STAFF, a_draft, prepare=make_draft)
        for name in ("edit", "avoid", "preview", "delete", "rename", "save_as_template")
    ),
    Route("programmes:handout", Audience.RECORD_STAFF, a_draft, prepare=publish),
    *(
        Route(f"programmes:{name}", Audience.RECORD_STAFF, a_draft, "post", prepare=make_draft)
        for name in (
            "publish",
            "revise",
            "copy",
            "archive",
            "bring_back",
            "rename",
            "save_as_template",
        )
    ),
    Route("programmes:add_item", Audience.RECORD_STAFF, a_draft, "post", an_exercise, make_draft),
    *(
        Route(f"programmes:{name}", Audience.RECORD_STAFF, an_item, "post", prepare=make_draft)
        for name in ("change_item", "move_item", "remove_item", "restore_item", "take_version")
    ),
]

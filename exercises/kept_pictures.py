"""Pictures of versions, each a file of its own, drawn before somebody asks: a worker does it
(``exercises.tasks.draw_pictures``), and every night keeps those of current exercises for longer.
"""

from exercises import drawing
from exercises.kept_drawings import drawn_once, keep_on
from exercises.models import ExerciseVersion, ExerciseVersionQuerySet

DAYS = 30  # that they are kept


def picture_of(version: ExerciseVersion, shown: str) -> str:
    """One of ``drawing.PICTURES``."""
    return drawn_once(_key(version, shown), lambda: drawing.picture(version, shown), days=DAYS)


def draw(versions: ExerciseVersionQuerySet) -> int:
    """Draw what is not kept, of versions with a figure; how many that were."""
    return sum(
        not keep_on(_key(version, shown), days=DAYS) and bool(picture_of(version, shown))
        for version in versions.exclude(figure={}).for_pictures().iterator()
        for shown in drawing.PICTURES
    )


def _key(version: ExerciseVersion, shown: str) -> str:
    return f"picture:{drawing.picture_mark(drawing.drawn(version))}:{shown}"

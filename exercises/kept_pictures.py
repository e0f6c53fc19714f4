"""Pictures of versions, each drawn once for all processes and servers: to draw one takes longer
than to render a page.

They are kept in the cache under the mark of what they show, so none there is ever out of date. A
worker draws them before somebody asks (``exercises.tasks.draw_pictures``); where that has not
been, or the cache does not answer, whoever asks waits for the drawing.
"""

import logging

from django.core.cache import cache
from redis.exceptions import RedisError

from exercises import drawing
from exercises.models import ExerciseVersion, ExerciseVersionQuerySet

KEPT = 30 * 24 * 3600  # seconds; every night those of current exercises are kept for longer
logger = logging.getLogger("pictures")


def picture_of(version: ExerciseVersion, shown: str) -> str:
    """One of ``drawing.PICTURES``."""
    try:
        kept: str | None = cache.get(_key(version, shown))
        return kept or _drawn(version, shown)
    except RedisError as error:
        logger.warning("pictures cannot be kept", extra={"why": type(error).__name__})
        return drawing.picture(version, shown)


def draw(versions: ExerciseVersionQuerySet) -> int:
    """Draw what is not kept, of versions with a figure; how many that were."""
    return sum(
        not cache.touch(_key(version, shown), KEPT) and bool(_drawn(version, shown))
        for version in versions.exclude(figure={}).for_pictures().iterator()
        for shown in drawing.PICTURES
    )


def _drawn(version: ExerciseVersion, shown: str) -> str:
    picture = drawing.picture(version, shown)
    cache.set(_key(version, shown), picture, KEPT)
    return picture


def _key(version: ExerciseVersion, shown: str) -> str:
    return f"picture:{drawing.picture_mark(drawing.drawn(version))}:{shown}"

"""What was drawn once is kept in the cache, for all processes and servers: to draw a figure takes
longer than to render a page.

It is kept under the mark of what it shows (``exercises.drawing``), so none there is ever out of
date. Where the cache does not answer, whoever asks waits for the drawing.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import cast

from django.core.cache import cache
from redis.exceptions import RedisError

DAY = 24 * 3600  # seconds
logger = logging.getLogger("pictures")


def drawn_once[Drawn](key: str, draw: Callable[[], Drawn], *, days: int = 7) -> Drawn:
    """What is kept under the key, or else what ``draw`` makes, which is never None; it is kept for
    so many days."""
    try:
        kept = cast(Drawn | None, cache.get(key))
    except RedisError as error:
        logger.warning("pictures cannot be kept", extra={"why": type(error).__name__})
        return draw()
    if kept is None:
        kept = draw()
        with suppress(RedisError):
            cache.set(key, kept, days * DAY)
    return kept


def keep_on(key: str, *, days: int) -> bool:
    """Keep it for so many days from now on, if it is there; whether it is."""
    return bool(cache.touch(key, days * DAY))

"""The pictures of a programme's exercises in one file, for the pages that show many of them."""

from collections.abc import Iterable

from exercises import drawing
from figures import sprite
from programmes.models import Item


def sprite_of(items: Iterable[Item]) -> str:
    """Each item's small picture and those of its steps, by its position; items come with
    their exercise version."""
    return sprite(
        symbol
        for item in items
        for symbol in drawing.symbols(item.exercise_version, item.side, f"p{item.position}")
    )

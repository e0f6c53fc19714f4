"""The pictures of a programme's exercises in one file, for the pages that show many of them."""

from collections.abc import Iterable

from exercises import drawing
from exercises.cards import card_of
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


def address_of(item: Item) -> str:
    """Where the small picture of an item is, for staff: with a letter where one side is
    prescribed. "" without a figure."""
    if item.side in drawing.PICTURES:
        return drawing.address(item.exercise_version, item.side)
    return card_of(item.exercise_version).small

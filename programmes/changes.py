"""What one list of exercises becomes when it is replaced by another. No database."""

from collections.abc import Iterable
from dataclasses import dataclass

from programmes.models import Item


@dataclass(frozen=True)
class Changed:
    """The same exercise, prescribed otherwise."""

    before: Item
    after: Item


@dataclass(frozen=True)
class Changes:
    removed: list[Item]
    added: list[Item]
    changed: list[Changed]
    same: list[Item]

    @property
    def is_nothing(self) -> bool:
        return not (self.removed or self.added or self.changed)


def between(before: Iterable[Item], after: Iterable[Item]) -> Changes:
    """Exercise by exercise, in whichever version; dose, side, note and version are compared."""
    old = {item.exercise_version.exercise_id: item for item in before}
    new = {item.exercise_version.exercise_id: item for item in after}
    both = [(old[key], item) for key, item in new.items() if key in old]
    return Changes(
        removed=[item for key, item in old.items() if key not in new],
        added=[item for key, item in new.items() if key not in old],
        changed=[Changed(*pair) for pair in both if not _is_same(*pair)],
        same=[item for was, item in both if _is_same(was, item)],
    )


def _is_same(was: Item, item: Item) -> bool:
    return _prescribed(was) == _prescribed(item)


def _prescribed(item: Item) -> tuple[object, ...]:
    return item.exercise_version_id, item.dose, item.side, item.note

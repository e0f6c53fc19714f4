"""Which exercises of a programme ask someone to ask first. No database."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from exercises.models import Precaution


class Tagged(Protocol):
    """An exercise version: its name, and who should ask before doing it."""

    name: str
    precautions: list[str]


class Prescribed(Protocol):
    @property
    def exercise_version(self) -> Tagged: ...


@dataclass(frozen=True)
class AsksFirst:
    """One exercise, and what of it concerns the person."""

    exercise: str
    tags: tuple[Precaution, ...]


def asking_first(items: Iterable[Prescribed], tags: Collection[str]) -> list[AsksFirst]:
    """The exercises that share a tag with this person, in the order of the programme.

    They are pointed out to staff; nothing is refused.
    """
    found = ((item.exercise_version, _shared(item.exercise_version, tags)) for item in items)
    return [AsksFirst(version.name, shared) for version, shared in found if shared]


def _shared(version: Tagged, tags: Collection[str]) -> tuple[Precaution, ...]:
    return tuple(tag for tag in Precaution if tag in tags and tag in version.precautions)

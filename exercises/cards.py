"""What lists show of a published version: the same for all who read one language.

A version never changes, and to draw and to word it takes longer than to find it: so each card
is made once in a process.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exercises import drawing
from exercises.models import ExerciseVersion, Kind
from exercises.words.dose import short

MOST = 10_000  # about 1 kB each; a library is half as many


class Key(NamedTuple):
    """All that a card depends on. An exercise may be said to be of another kind later."""

    version: UUID
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class Card:
    """A version in words, the labels of its buttons, and the addresses of its page, its star and
    its pictures.

    ``whole`` and ``small`` are "" of a version without a figure: the sign of its ``kind``
    stands in. ``pictured`` is what the pictures show, in words.
    """

    name: str
    summary: str
    dose: str
    kind: str
    kind_label: str
    page: str
    exercise: UUID
    star: str
    star_label: str
    whole: str
    small: str
    pictured: str
    up_label: str
    down_label: str
    remove_label: str


_made: dict[Key, Card] = {}


def cards_of(versions: Iterable[ExerciseVersion]) -> list[Card]:
    """A card for each, in their order. Versions come with their exercise, ``for_cards``.

    At most one query, for those that nobody has seen yet.
    """
    keys = [_key(version) for version in versions]
    kept = {key: _made[key] for key in keys if key in _made}
    if missing := [key.version for key in keys if key not in kept]:
        kept |= {_key(one): _card(one) for one in _worded(missing)}
        if len(_made) > MOST:
            _made.clear()
        for key, card in kept.items():
            _made[key] = card
    return [kept[key] for key in keys]


def card_of(version: ExerciseVersion) -> Card:
    """The card of a version that is all there; no query."""
    key = _key(version)
    return _made.get(key) or _made.setdefault(key, _card(version))


def _key(version: ExerciseVersion) -> Key:
    return Key(version.pk, version.exercise.kind, get_language() or "")


def _worded(keys: list[UUID]) -> Iterable[ExerciseVersion]:
    return ExerciseVersion.objects.filter(pk__in=keys).for_tiles()


def _card(version: ExerciseVersion) -> Card:
    return Card(
        name=version.name,
        summary=version.summary,
        dose=short(version.dose),
        kind=version.exercise.kind,
        kind_label=capfirst(str(Kind(version.exercise.kind).label)),
        page=reverse("exercises:detail", args=[version.exercise.slug]),
        exercise=version.exercise_id,
        star=reverse("exercises:favourite", args=[version.exercise_id]),
        star_label=_("Favourite: %(name)s") % {"name": version.name},
        whole=drawing.address(version, "whole"),
        small=drawing.address(version, "small"),
        pictured=drawing.says(version),
        up_label=_("Move %(name)s up") % {"name": version.name},
        down_label=_("Move %(name)s down") % {"name": version.name},
        remove_label=_("Remove %(name)s") % {"name": version.name},
    )

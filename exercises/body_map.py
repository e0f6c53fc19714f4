"""The body from the front and from behind, in parts to choose. No database."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from exercises.search.asked import Asked
from exercises.vocabulary import Region
from figures import Outline, outlines


@dataclass(frozen=True)
class Part:
    """A part of the body, and the address that chooses it or lets it go."""

    region: Region
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class View:
    """The front or the back: its outline, its parts, and the names of the chosen muscles."""

    outline: Outline
    parts: list[Part]
    muscles: list[str]


def views(asked: Asked) -> list[View]:
    """Front and back, with what was asked for."""
    return [_view(outline, asked) for outline in outlines()]


@lru_cache(maxsize=1)
def mark() -> str:
    """Stands in the address of the file of their paths: it changes whenever one does."""
    return sha256(repr(outlines()).encode()).hexdigest()[:16]


def _view(outline: Outline, asked: Asked) -> View:
    regions, muscles = asked.chosen.get("region", []), asked.chosen.get("muscle", [])
    return View(
        outline,
        parts=[
            Part(Region(region), asked.toggled("region", region), region in regions)
            for region in outline.regions
        ],
        muscles=[muscle for muscle in outline.muscles if muscle in muscles],
    )

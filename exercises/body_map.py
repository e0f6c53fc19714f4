"""The body from the front and from behind, in parts to choose. No database."""

from dataclasses import dataclass

from exercises.search.asked import Asked
from exercises.vocabulary import Region
from figures import Outline, outlines


@dataclass(frozen=True)
class Part:
    """A part of the body: its path, and the address that chooses it or lets it go."""

    region: Region
    query: str
    path: str
    is_chosen: bool


@dataclass(frozen=True)
class View:
    """The front or the back: its outline, its parts, and the paths of the chosen muscles."""

    outline: Outline
    parts: list[Part]
    muscles: list[str]


def views(asked: Asked) -> list[View]:
    """Front and back, with what was asked for."""
    return [_view(outline, asked) for outline in outlines()]


def _view(outline: Outline, asked: Asked) -> View:
    regions, muscles = asked.chosen.get("region", []), asked.chosen.get("muscle", [])
    return View(
        outline,
        parts=[
            Part(Region(region), asked.toggled("region", region), path, region in regions)
            for region, path in outline.regions.items()
        ],
        muscles=[path for muscle, path in outline.muscles.items() if muscle in muscles],
    )

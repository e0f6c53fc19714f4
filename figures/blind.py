"""Pictures for a blind test: each exercise under a random number, without its name or words."""

import random
from collections.abc import Collection, Mapping
from pathlib import Path

from figures.figure import Figure
from figures.sheet import strip


def numbered(names: Collection[str], seed: int) -> dict[int, str]:
    """Every name under a number from 1; the same seed gives the same numbers."""
    mixed = sorted(names)
    random.Random(seed).shuffle(mixed)  # noqa: S311  nothing is kept secret by it
    return dict(enumerate(mixed, 1))


def pictures(
    figures: Mapping[str, Figure], numbers: Mapping[int, str], width: int
) -> dict[str, str]:
    """The SVG of each exercise by the name of its file: ``17.png``."""
    return {f"{n}.png": strip(figures[name], width=width) for n, name in numbers.items()}


def key_beside(folder: Path) -> Path:
    """Where the key is written: not among the pictures."""
    return folder.with_name(f"{folder.name}-key.txt")


def key(numbers: Mapping[int, str]) -> str:
    return "".join(f"{number} {name}\n" for number, name in numbers.items())

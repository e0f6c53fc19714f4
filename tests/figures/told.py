"""The library's entries as words and as solved bodies, step by step."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from exercises import library
from figures import Figure
from figures.pose import Frame
from figures.skeleton import Body

# What is done after the last repetition, left out, or advised against is not in the picture.
NOT_DRAWN = re.compile(r"^(After the last|Halfway through|You may|Do not|Stop sooner|To finish)\b")


@dataclass(frozen=True)
class Told:
    """One entry: its steps from 1, and the frames that show them."""

    slug: str
    steps: Sequence[str]
    phases: Sequence[str]
    cautions: Sequence[str]
    sided: str
    figure: Figure

    def frames_of(self, step: int) -> list[int]:
        return [at for at, frame in enumerate(self.frames) if step in frame.steps]

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        return self.figure.frames

    def sentences(self, step: int) -> Iterator[str]:
        """What the picture of a step must agree with."""
        for sentence in re.findall(r"[^.!?]+[.!?]", self.steps[step - 1]):
            if not NOT_DRAWN.match(sentence.strip()):
                yield sentence.strip()


@dataclass(frozen=True)
class Shown:
    """A step's picture: its body, and the one that the step starts from."""

    told: Told
    step: int
    body: Body
    before: Body

    @property
    def words(self) -> str:
        return self.told.steps[self.step - 1]

    @property
    def side(self) -> str:
        """The side that works."""
        return str(self.told.figure.data.get("works", "near"))

    @property
    def other(self) -> str:
        return "far" if self.side == "near" else "near"


def shown(told: Told, step: int) -> Shown:
    """The last frame of a step, and the one before its first."""
    frames = told.frames_of(step)
    bodies = told.figure.bodies
    return Shown(told, step, bodies[frames[-1]], bodies[max(0, frames[0] - 1)])


def _told(entry: library.Entry) -> Told:
    columns = entry.columns
    phases = columns["phases"]
    return Told(
        entry.slug,
        columns["steps"],
        phases,
        columns["cautions"],
        columns["side_kind"],
        Figure.of(columns["figure"], phases),
    )


LIBRARY = {entry.slug: _told(entry) for entry in library.read() if entry.columns["figure"]}

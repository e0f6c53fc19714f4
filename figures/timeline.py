"""When a figure moves and when it stays: a beat for each frame, by the phases of the steps.

The same beats serve the moving picture of a page, a guided session, and print.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from figures.pose import HOLD, MOVE, REST, RETURN, SET_UP, Frame

# Seconds on the way to a frame.
GOING = {SET_UP: 1.2, MOVE: 1.4, HOLD: 1.2, RETURN: 1.6, REST: 1.2}
ROUND = 0.55  # of a movement that goes round and round
# Seconds there, at least. A hold is shown in little: the words say how long it really is.
THERE = {SET_UP: 1.6, MOVE: 0.0, HOLD: 4.0, RETURN: 0.0, REST: 1.2}


@dataclass(frozen=True)
class Beat:
    """On the way from one frame to another, then there. A frame that shows several steps
    has a beat for each: the first goes there, the others stay."""

    step: int  # the written step, from 1; 0 where none says it
    phase: str
    start: int
    frame: int
    seconds: float  # on the way; 0 where the pose is the same
    stays: float


@dataclass(frozen=True)
class Timeline:
    """Every beat once. After the last comes ``repeats_from`` again: setting up is done once."""

    beats: tuple[Beat, ...]
    repeats_from: int
    shown: int  # so many beats have frames of their own; one more may lead back

    @classmethod
    def of(cls, frames: Sequence[Frame], phases: Sequence[str], loop: int | None) -> "Timeline":
        """``phases`` are those of the written steps; ``loop`` is the frame from which the
        movement goes round and round, if it does."""
        beats = list(_beats(frames, phases, loop))
        first = _first_move(frames) if loop is None else loop + 1
        start = max(first - 1, 0)  # where a repetition begins
        repeats_from = next(n for n, beat in enumerate(beats) if beat.frame == first)
        shown = len(beats)
        if loop is not None:
            beats.append(_round(frames, start))
        elif frames[-1].pose != frames[start].pose:
            beats.append(_back(frames, start))
        return cls(tuple(beats), repeats_from, shown)

    @property
    def repetition(self) -> tuple[Beat, ...]:
        return self.beats[self.repeats_from :]

    def of_frame(self, frame: int) -> int:
        """The number of the last beat that ends in a frame, not counting the way back."""
        return max(n for n, beat in enumerate(self.beats[: self.shown]) if beat.frame == frame)


def _beats(frames: Sequence[Frame], phases: Sequence[str], loop: int | None) -> Iterator[Beat]:
    steps: tuple[int, ...] = (0,)
    for index, frame in enumerate(frames):
        steps = frame.steps or steps[-1:]
        start = max(index - 1, 0)
        seconds = GOING[frame.phase] if frame.pose != frames[start].pose else 0.0
        if loop is not None and index > loop:
            yield Beat(steps[0], frame.phase, start, index, ROUND, 0.0)
            continue
        for step in steps:
            phase = phases[step - 1] if 0 < step <= len(phases) else frame.phase
            stays = max(THERE[phase], frame.pause)
            yield Beat(step, phase, start, index, seconds, stays)
            start, seconds = index, 0.0


def _back(frames: Sequence[Frame], start: int) -> Beat:
    """To where a repetition begins, where no frame leads there."""
    return Beat(0, RETURN, len(frames) - 1, start, GOING[RETURN], frames[start].pause)


def _round(frames: Sequence[Frame], start: int) -> Beat:
    """On to the frame from which it goes round again."""
    step = (frames[start].steps or (0,))[0]
    return Beat(step, frames[start].phase, len(frames) - 1, start, ROUND, 0.0)


def _first_move(frames: Sequence[Frame]) -> int:
    """The frame that a repetition begins with; the second where none sets up."""
    moving = [index for index, frame in enumerate(frames) if frame.phase == MOVE and index]
    return moving[0] if moving else min(1, len(frames) - 1)

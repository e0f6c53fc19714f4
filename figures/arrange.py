"""Frames put in another order, copied or taken out: each keeps the pose it had."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from figures.pose import overlaid, pose_words, spelled_out, whole_poses
from figures.postures import POSTURES

type Data = Mapping[str, Any]


def restated(data: Data, frames: Sequence[Data], poses: Sequence[Data]) -> dict[str, Any]:
    """The figure with these frames in these whole poses: each says what the one before does not."""
    before = spelled_out(POSTURES[data["from"]])
    written = []
    for frame, wanted in zip(frames, poses, strict=True):
        written.append(_saying(frame, before, wanted))
        before = dict(wanted)
    return {**copy.deepcopy(dict(data)), "frames": written}


def _saying(frame: Data, before: Data, wanted: Data) -> dict[str, Any]:
    """The frame with every word added that it needs; twice, for a new angle may free a limb."""
    said = copy.deepcopy(dict(frame))
    for _ in range(2):
        pose = overlaid(before, spelled_out(pose_words(said)))
        said |= {word: value for word, value in wanted.items() if pose[word] != value}
    return said


def with_copy(data: Data, frame: int) -> dict[str, Any]:
    """The same pose once more, after this one; it shows no step yet."""
    order = list(range(len(data["frames"])))
    order.insert(frame + 1, frame)
    changed = _in_order(data, order)
    changed["frames"][frame + 1].pop("step", None)
    return changed


def without(data: Data, frame: int) -> dict[str, Any]:
    """The figure without this frame; it needs ``FEWEST_FRAMES`` others."""
    return _in_order(data, [index for index in range(len(data["frames"])) if index != frame])


def moved(data: Data, frame: int, *, to: int) -> dict[str, Any]:
    """The frame in another place; beyond either end nothing moves."""
    order = list(range(len(data["frames"])))
    if to in order:
        order.insert(to, order.pop(frame))
    return _in_order(data, order)


def _in_order(data: Data, order: Sequence[int]) -> dict[str, Any]:
    frames, poses = data["frames"], whole_poses(data)
    changed = restated(data, [frames[index] for index in order], [poses[index] for index in order])
    for word, last in (("cover", len(order)), ("loop", len(order) - 1)):
        if word in changed:
            number = _number_after(changed.pop(word), order)
            changed |= {word: number} if 1 <= number <= last else {}
    return changed


def _number_after(number: int, order: Sequence[int]) -> int:
    """Where a frame has gone, counted from 1; 0 if it is no more."""
    return order.index(number - 1) + 1 if number - 1 in order else 0


def for_steps(data: Data, count: int) -> dict[str, Any]:
    """The figure for an exercise of so many written steps: it shows none beyond them."""
    changed = copy.deepcopy(dict(data))
    for frame in changed["frames"]:
        shown = frame.pop("step", [])
        if kept := [step for step in as_list(shown) if step <= count]:
            frame["step"] = kept
    return changed


def as_list(step: int | list[int]) -> list[int]:
    """A frame's ``step`` may be one number."""
    return [step] if isinstance(step, int) else list(step)

"""Hands and feet that go to something: what they may go to, and setting them free where they are."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from figures.arrange import restated
from figures.body import SIDES
from figures.figure import Figure
from figures.geometry import Vec, cross, dot
from figures.pose import LIMBS, resolved, whole_poses
from figures.skeleton import Body, Limb

# What a hand may be sent to in any figure; a leg may lie on the other one.
FOR_HANDS = (
    "near knee",
    "far knee",
    "behind near knee",
    "behind far knee",
    "behind near thigh",
    "behind far thigh",
    "own hip",
    "tummy",
    "chest",
    "behind head",
)
FOR_ANKLES = ("other thigh", "other knee")
FREE, FLAT = "free", "flat"


class Hold(NamedTuple):
    """A limb's end: where it goes now, and all that it may be told instead."""

    key: str
    target: str
    choices: list[str]


def holds(data: Mapping[str, Any], frame: int) -> list[Hold]:
    """Hands, legs and feet of a frame; a foot is flat on the floor or free."""
    poses = whole_poses(data)
    found = []
    for side in SIDES:
        for key, usual in ((f"{side} ankle", FOR_ANKLES), (f"{side} hand", FOR_HANDS)):
            used = [pose[key] for pose in (poses[frame], *poses)]
            stay = ["stay"] if frame else []
            found.append(Hold(key, used[0], _once([FREE, *used, *usual, *stay], key)))
        foot = f"{side} foot"
        now = FLAT if poses[frame][foot] == FLAT else FREE
        found.append(Hold(foot, now, [FREE, FLAT]))
    return found


def _once(targets: list[str], limb: str) -> list[str]:
    """Each target once, however it is written."""
    meant: dict[str, str] = {}
    for target in targets:
        meant.setdefault(resolved(target, limb), target)
    return list(meant.values())


def held(data: Mapping[str, Any], frame: int, targets: Mapping[str, str]) -> dict[str, Any]:
    """The data with limbs of one frame sent elsewhere. One that is freed stays where it was."""
    now = {hold.key: hold.target for hold in holds(data, frame)}
    changes = {key: target for key, target in targets.items() if now[key] != target}
    if not changes:
        return dict(data)
    poses = whole_poses(data)
    body = Figure(data).bodies[frame]
    for key, target in changes.items():
        poses[frame] |= dict(_told(key, target, body))
    return restated(data, data["frames"], poses)


def _told(key: str, target: str, body: Body) -> Iterator[tuple[str, Any]]:
    """The words of a pose for a limb's new target."""
    side, _space, end = key.partition(" ")
    if end == "foot":
        yield key, _flex(body.legs[side]) if target == FREE else target
        return
    yield key, target
    if target == FREE:
        upper, lower = LIMBS["leg" if end == "ankle" else "arm"][:2]
        limb = (body.legs if end == "ankle" else body.arms)[side]
        yield f"{side} {upper}", _angle(limb.upper)
        yield f"{side} {lower}", _angle(limb.lower)


def _angle(bone: Vec) -> int | list[int]:
    """Whole degrees in the picture; towards the viewer too, if it goes there."""
    across = round(math.degrees(math.atan2(bone[1], bone[0])))
    out = round(math.degrees(math.asin(max(-1.0, min(1.0, bone[2])))))
    return [across, out] if out else across


def _flex(leg: Limb) -> int:
    """How far the foot is from square to the shin."""
    square = cross(leg.hinge, leg.lower)
    return round(
        math.degrees(math.atan2(dot(cross(square, leg.tip), leg.hinge), dot(square, leg.tip)))
    )

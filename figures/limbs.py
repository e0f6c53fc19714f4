"""Arms and legs: two bones of fixed length, by direction or towards a point."""

import math

from figures.body import FOREARM, SHANK, SIDES, THIGH, UPPER_ARM
from figures.geometry import (
    UP,
    Vec,
    across,
    add,
    cross,
    dot,
    length,
    scale,
    sub,
    turned,
    unit,
)
from figures.skeleton import Limb

LENGTHS = {"leg": (THIGH, SHANK), "arm": (UPPER_ARM, FOREARM)}

type Bones = tuple[Vec, Vec]


def reach(root: Vec, target: Vec, lengths: tuple[float, float], pole: Vec) -> Bones:
    """The two bones' directions that bring the end to the target, bending towards the pole.

    A target out of reach is pointed at: bones never stretch.
    """
    upper, lower = lengths
    way = unit(sub(target, root), scale(UP, -1))
    near, far = abs(upper - lower) + 0.01, upper + lower - 0.001
    distance = max(near, min(far, length(sub(target, root))))
    share = (upper**2 + distance**2 - lower**2) / (2 * upper * distance)
    bend = math.acos(max(-1.0, min(1.0, share)))
    side = across(pole, way, across(UP, way, (1.0, 0.0, 0.0)))
    middle = add(scale(way, upper * math.cos(bend)), side, upper * math.sin(bend))
    return unit(middle), unit(sub(scale(way, distance), middle))


def pole(kind: str, side: str, way: Vec, near: Vec, front: Vec, swivel: float) -> Vec:
    """Where the knee or elbow goes: knees forward, elbows back, ``swivel`` degrees outwards."""
    bend = 1.0 if kind == "leg" else -1.0
    forward = across(scale(cross(near, way), bend), way, scale(front, bend))
    outward = across(scale(near, sign(side)), way, forward)
    angle = math.radians(swivel)
    return add(scale(forward, math.cos(angle)), outward, math.sin(angle))


def sign(side: str) -> float:
    return 1.0 if side == SIDES[0] else -1.0


def hinge(kind: str, bones: Bones, near: Vec) -> Vec:
    """The axis a limb bends about, pointing to the near side like the trunk's own."""
    upper, lower = bones
    bent = cross(lower, upper) if kind == "leg" else cross(upper, lower)
    own = across(near, lower, UP)
    amount = min(1.0, length(bent) * 2.5)
    if amount < 1e-6:
        return own
    axis = unit(bent)
    if dot(axis, own) < 0:
        axis = scale(axis, -1)
    return across(add(scale(own, 1 - amount), axis, amount), lower, own)


def tip(kind: str, lower: Vec, axis: Vec, flex: float | None) -> Vec:
    """Along the sole, or along the hand. Flex is from square (foot) or straight (hand).

    Without a flex it lies level: flat on the floor.
    """
    square = cross(axis, lower)
    if flex is None:
        ahead = add(square, lower, 0.6)
        level = (ahead[0], 0.0, ahead[2])
        return unit(level, square) if length(level) > 0.05 else square
    if kind == "leg":
        return turned(square, axis, flex)
    return turned(lower, axis, flex)


def limb(kind: str, root: Vec, bones: Bones, axis: Vec, along: Vec) -> Limb:
    upper, lower = LENGTHS[kind]
    middle = add(root, bones[0], upper)
    return Limb(root, middle, add(middle, bones[1], lower), axis, along)

"""Hands: a palm, a thumb and a group of fingers, laid flat, hooked round, or clasped."""

from dataclasses import dataclass

from figures.body import PALM
from figures.geometry import Vec, across, add, cross, dot, mix, scale, unit
from figures.limbs import sign
from figures.skeleton import Body, Limb

DOWN: Vec = (0.0, -1.0, 0.0)
LYING = 0.5  # how far up the chest faces, or the head is
LOW = 3.5  # a hand lower than this lies on the floor
UNDER = 6.0  # a hand that is nearer to the trunk's middle than this lies under the back
HUGS = ("shin", "ankle", "foot")
RAILS = ("support", "chair back", "seat", "strap", "towel")


@dataclass(frozen=True)
class Grip:
    """How a hand lies: where its palm faces, where its fingers point, and what it bends round."""

    faces: Vec
    points: Vec
    hooked: bool = False
    on: str = ""  # the piece of the body that it bends round


@dataclass(frozen=True)
class Hand:
    """The points of a hand; the thumb is on the side that the real one's is on."""

    palm: Vec
    knuckles: Vec
    tips: Vec
    thumb: tuple[Vec, Vec]
    grip: Grip


def hand(body: Body, side: str, holding: str = "") -> Hand:
    """``holding`` is a prop that runs from both hands, whatever they reach for."""
    arm = body.arms[side]
    grip = _grip(body, side, holding)
    palm = add(arm.end, grip.points if under_the_back(body, side) else arm.tip, PALM - 0.6)
    aside = scale(cross(grip.points, grip.faces), sign(side))
    if grip.hooked:
        knuckles = add(palm, grip.points, 2.0)
        tips = add(add(knuckles, grip.faces, 3.4), grip.points, 0.6)
        base, way = add(palm, grip.points, -1.4), add(scale(grip.faces, 0.9), aside, 0.5)
        return Hand(palm, knuckles, tips, (base, add(base, unit(way), 5.3)), grip)
    base = add(add(palm, grip.points, -1.0), aside, 1.0)
    way = add(scale(aside, 0.72), grip.points, 0.7)
    thumb = (base, add(base, unit(way), 3.6))
    return Hand(palm, add(palm, grip.points, 1.6), add(palm, grip.points, 5.1), thumb, grip)


def clasped(body: Body) -> bool:
    """Whether both hands hold the same thing."""
    held = body.held.get("near hand", "")
    return bool(held) and held == body.held.get("far hand", "") and _is_leg(held)


def through_the_gap(body: Body, side: str) -> bool:
    """Whether the hand goes between the legs, to the thigh that the own ankle is crossed over."""
    other = {"near": "far", "far": "near"}[side]
    held, crossed = body.held.get(f"{side} hand", ""), body.held.get(f"{side} ankle", "")
    return held.startswith(f"behind {other}") and crossed in (f"{other} thigh", f"{other} knee")


def under_the_back(body: Body, side: str) -> bool:
    """Whether someone lies on the hand."""
    trunk, wrist = body.trunk, body.arms[side].end
    if trunk.chest_front[1] < LYING:
        return False
    if body.held.get(f"{side} hand") == "low back":
        return True
    off = add(wrist, trunk.waist, -1)
    beside, along = abs(dot(off, trunk.chest_near)), abs(dot(off, trunk.chest_up))
    return wrist[1] < trunk.waist[1] and beside < UNDER and along < 12.0


def _is_leg(target: str) -> bool:
    return target.split()[-1] in ("thigh", "knee", *HUGS)


def _grip(body: Body, side: str, holding: str) -> Grip:
    target = body.held.get(f"{side} hand", "")
    arm, trunk = body.arms[side], body.trunk
    medial = scale(trunk.chest_near, -sign(side))
    if under_the_back(body, side):
        return Grip(trunk.chest_front, unit(add(scale(medial, 0.5), trunk.pelvis_up, -0.9)))
    if holding:
        return Grip(across(medial, arm.tip, trunk.chest_front), arm.tip, hooked=True)
    if target and _is_leg(target):
        return _on_leg(body, side, target)
    if target.startswith(RAILS):
        level = unit((arm.lower[0], 0.0, arm.lower[2]), (1.0, 0.0, 0.0))
        return Grip(DOWN, level, hooked=True)
    if target.endswith("hip"):
        return Grip(medial, unit(add(trunk.pelvis_front, trunk.pelvis_up, -0.7)))
    return _on_trunk(body, side, target) or _flat(arm, medial)


def _on_leg(body: Body, side: str, target: str) -> Grip:
    held, part = target.split()[-2:]
    leg = body.legs[held]
    behind = target.startswith("behind")
    low = part in HUGS or (part == "knee" and not behind)
    bone = leg.lower if low else leg.upper
    front = leg.front(bone)
    if not behind and part not in HUGS and body.trunk.chest_up[1] > LYING:
        return Grip(scale(front, -1), leg.upper)
    round_it = scale(leg.hinge, -sign(side))
    return Grip(front if behind else scale(front, -1), round_it, True, f"{held} leg")


def _on_trunk(body: Body, side: str, target: str) -> Grip | None:
    trunk = body.trunk
    medial, back = scale(trunk.chest_near, -sign(side)), scale(trunk.chest_front, -1)
    ways = {
        "low back": (trunk.chest_front, add(scale(medial, 0.9), trunk.chest_up, -0.5)),
        "tummy": (back, add(scale(medial, 0.8), trunk.chest_up, -0.6)),
        "chest": (back, add(scale(medial, 0.9), trunk.chest_up, 0.4)),
        "behind head": (trunk.face, add(medial, trunk.head_up, 0.4)),
        "temple": (medial, trunk.head_up),
    }
    if target not in ways:
        return None
    faces, points = ways[target]
    return Grip(faces, unit(points))


def _flat(arm: Limb, medial: Vec) -> Grip:
    """Along the hand's own direction: palm down on the floor, against a wall, else inwards."""
    palm = add(arm.end, arm.tip, PALM)
    if palm[1] < LOW and abs(arm.tip[1]) < 0.6:
        return Grip(across(DOWN, arm.tip, medial), arm.tip)
    return Grip(across(medial, arm.tip, DOWN), arm.tip)


def cut(body: Body, side: str) -> Vec:
    """Where the forearm of a hand under the back goes out of sight."""
    arm = body.arms[side]
    return mix(arm.middle, arm.end, 0.55)

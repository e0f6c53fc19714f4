"""A body in space: every joint of one moment, and how far it reaches down."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from figures.body import FINGERS, HEEL, RADIUS, SECTIONS, SIDES, SOLE, TOE
from figures.geometry import Vec, add, cross, mix, scale, unit


@dataclass(frozen=True)
class Trunk:
    """Pelvis, rib cage and head: points along the spine and the directions of each part."""

    hips: Vec
    waist: Vec
    chest: Vec
    neck: Vec
    head: Vec
    pelvis_up: Vec
    pelvis_front: Vec
    pelvis_near: Vec
    chest_up: Vec
    chest_front: Vec
    chest_near: Vec
    head_up: Vec
    face: Vec
    drawn_in: float = 0.0  # the tummy, from where it is at rest

    @property
    def tummy(self) -> Vec:
        """The skin of the lower tummy."""
        at = add(self.waist, self.pelvis_up, -3.0)
        return add(at, self.pelvis_front, SECTIONS["waist"][0] - self.drawn_in)

    def reach(self, name: str) -> tuple[float, float, float]:
        """How far a section reaches to the front, to the back and to each side."""
        forward, back, side = SECTIONS[name]
        share = {"hips": 0.4, "waist": 1.0}.get(name, 0.0)
        return forward - share * self.drawn_in, back, side

    def section(self, name: str) -> tuple[Vec, Vec, Vec, Vec]:
        """Middle of a section, and its directions up, front and near."""
        at = {
            "hips": self.hips,
            "waist": mix(self.waist, mix(self.hips, self.chest, 0.5), 0.3),
            "chest": self.chest,
            "shoulders": add(self.neck, self.chest_up, -1.6),
        }[name]
        if name == "hips":
            return at, self.pelvis_up, self.pelvis_front, self.pelvis_near
        return at, self.chest_up, self.chest_front, self.chest_near


@dataclass(frozen=True)
class Limb:
    """Root, middle and end joint, and where the foot or hand goes from there."""

    root: Vec
    middle: Vec
    end: Vec
    hinge: Vec  # the axis it bends about
    tip: Vec  # a direction: along the sole to the toes, or along the hand

    @property
    def upper(self) -> Vec:
        return unit(add(self.middle, self.root, -1))

    @property
    def lower(self) -> Vec:
        return unit(add(self.end, self.middle, -1))

    def front(self, bone: Vec) -> Vec:
        return cross(self.hinge, bone)


@dataclass(frozen=True)
class Body:
    """One moment of the figure."""

    trunk: Trunk
    legs: dict[str, Limb]
    arms: dict[str, Limb]
    held: Mapping[str, str] = field(default_factory=dict)  # "near hand": what it reaches for
    effort: float = 0.0  # how much the muscles are at what they do, 0 to 1

    def moved(self, by: Vec) -> "Body":
        old = self.trunk
        trunk = replace(
            old,
            hips=add(old.hips, by),
            waist=add(old.waist, by),
            chest=add(old.chest, by),
            neck=add(old.neck, by),
            head=add(old.head, by),
        )
        return replace(self, trunk=trunk, legs=_moved(self.legs, by), arms=_moved(self.arms, by))

    def lowest(self) -> float:
        return min(at[1] - radius for at, radius in self.rounds())

    def rounds(self) -> Iterator[tuple[Vec, float]]:
        """Every part as a point and how far it reaches down from there."""
        for name in SECTIONS:
            yield trunk_round(self.trunk, name)
        yield self.trunk.head, RADIUS["head"]
        for side in SIDES:
            yield from leg_rounds(self.legs[side])
            yield from arm_rounds(self.arms[side])


def _moved(limbs: dict[str, Limb], by: Vec) -> dict[str, Limb]:
    return {
        side: replace(
            limb, root=add(limb.root, by), middle=add(limb.middle, by), end=add(limb.end, by)
        )
        for side, limb in limbs.items()
    }


def trunk_round(trunk: Trunk, name: str) -> tuple[Vec, float]:
    """A section's middle, and how far its ellipse reaches down."""
    at, _up, front, near = trunk.section(name)
    forward, back, side = trunk.reach(name)
    depth = (forward + back) / 2
    middle = add(at, front, (forward - back) / 2)
    return middle, math.hypot(side * near[1], depth * front[1])


def foot_points(leg: Limb) -> tuple[Vec, Vec]:
    """The middles of the heel and of the toes."""
    down = sole_down(leg)
    heel = add(add(leg.end, leg.tip, -HEEL), down, SOLE)
    level = RADIUS["heel"] - RADIUS["toe"]
    return heel, add(add(leg.end, leg.tip, TOE), down, SOLE + level)


def sole_down(leg: Limb) -> Vec:
    """From the ankle square to the sole, on the side away from the shin."""
    return unit(cross(leg.tip, leg.hinge), scale(leg.lower, 1.0))


def leg_rounds(leg: Limb) -> Iterator[tuple[Vec, float]]:
    heel, toe = foot_points(leg)
    yield leg.middle, RADIUS["knee"]
    yield leg.end, RADIUS["ankle"]
    yield heel, RADIUS["heel"]
    yield toe, RADIUS["toe"]


def arm_rounds(arm: Limb) -> Iterator[tuple[Vec, float]]:
    yield arm.middle, RADIUS["elbow"]
    yield arm.end, RADIUS["wrist"]
    yield add(arm.end, arm.tip, FINGERS), RADIUS["fingers"]

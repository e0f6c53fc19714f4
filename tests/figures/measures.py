"""What can be measured on a solved body, to be compared with words. Angles are degrees."""

import math

from figures.body import HEAD, PALM, RADIUS, SIDES
from figures.geometry import Vec, add, dot, mix, sub
from figures.skeleton import Body, Limb, foot_points, trunk_round

SKIN = 1.0  # hundredths of the height: nearer than this touches


def angle(a: Vec, b: Vec) -> float:
    return math.degrees(math.acos(max(-1.0, min(1.0, dot(a, b)))))


def bend(limb: Limb) -> float:
    """Of a knee or an elbow: 0 is straight."""
    return angle(limb.upper, limb.lower)


def knees(body: Body) -> list[float]:
    return [bend(body.legs[side]) for side in SIDES]


def elbows(body: Body) -> list[float]:
    return [bend(body.arms[side]) for side in SIDES]


def elevation(way: Vec) -> float:
    """How far a direction points up: 90 is straight up, 0 level."""
    return math.degrees(math.asin(max(-1.0, min(1.0, way[1]))))


# --- head


def chin_in(body: Body) -> float:
    """How far the face is turned down towards the chest; negative: up and back."""
    trunk = body.trunk
    towards_feet = -dot(trunk.face, trunk.chest_up)
    return math.degrees(math.atan2(towards_feet, dot(trunk.face, trunk.chest_front)))


def head_off_floor(body: Body) -> float:
    return body.trunk.head[1] - HEAD


# --- trunk


def off_floor(body: Body, section: str) -> float:
    at, radius = trunk_round(body.trunk, section)
    return at[1] - radius


def gap_under_back(body: Body) -> float:
    """Of someone who lies on their back: between the low back and what they lie on."""
    return off_floor(body, "waist") - min(off_floor(body, "hips"), off_floor(body, "chest"))


def bend_of_back(body: Body) -> float:
    return angle(body.trunk.pelvis_up, body.trunk.chest_up)


def upright(body: Body) -> float:
    """How far the rib cage leans from straight up."""
    return 90.0 - elevation(body.trunk.chest_up)


def line(body: Body, side: str) -> float:
    """The angle at the hips between knee and shoulders: 180 is one line."""
    knee, hips, neck = body.legs[side].middle, body.legs[side].root, body.trunk.neck
    return angle(_unit(sub(knee, body.trunk.hips)), _unit(sub(neck, hips)))


def _unit(a: Vec) -> Vec:
    size = math.sqrt(dot(a, a)) or 1.0
    return (a[0] / size, a[1] / size, a[2] / size)


# --- hands and feet


def palm(body: Body, side: str) -> Vec:
    arm = body.arms[side]
    return add(arm.end, arm.tip, PALM)


def palms(body: Body) -> list[Vec]:
    return [palm(body, side) for side in SIDES]


def is_behind(body: Body, hand: str, leg: str) -> bool:
    """The palm is at the thigh's back, between the buttock and the knee."""
    limb = body.legs[leg]
    along = dot(sub(palm(body, hand), limb.root), limb.upper)
    at = add(limb.root, limb.upper, along)
    back = dot(sub(palm(body, hand), at), limb.front(limb.upper))
    return 5.0 < along < 29.0 and -9.0 < back < -1.0


def is_at(body: Body, hand: str, place: Vec, within: float = 5.0) -> bool:
    return math.dist(palm(body, hand), place) < within


def thigh_skin(body: Body, side: str) -> tuple[Vec, Vec]:
    """From the groin to the knee, on the front of a thigh."""
    limb = body.legs[side]
    front = limb.front(limb.upper)
    return add(limb.root, front, 5.2), add(limb.middle, front, 4.4)


def is_on_thigh(body: Body, hand: str) -> bool:
    start, end = thigh_skin(body, hand)
    return any(is_at(body, hand, mix(start, end, share / 8)) for share in range(9))


def is_flat(body: Body, side: str) -> bool:
    """Heel and toes on the floor."""
    heel, toe = foot_points(body.legs[side])
    return heel[1] - RADIUS["heel"] < SKIN and toe[1] - RADIUS["toe"] < SKIN


def toes_above_heel(body: Body, side: str) -> float:
    heel, toe = foot_points(body.legs[side])
    return toe[1] - heel[1]


def heel_off_floor(body: Body, side: str) -> float:
    return foot_points(body.legs[side])[0][1] - RADIUS["heel"]


# --- two moments


def joints(body: Body) -> dict[str, Vec]:
    trunk = body.trunk
    found = {"hips": trunk.hips, "waist": trunk.waist, "neck": trunk.neck, "head": trunk.head}
    for name, limbs in (("leg", body.legs), ("arm", body.arms)):
        for side, limb in limbs.items():
            found[f"{side} {name}'s middle"] = limb.middle
            found[f"{side} {name}'s end"] = limb.end
    return found


def apart(one: Body, other: Body) -> dict[str, float]:
    """How far each joint is from where it was, in hundredths of the height."""
    there = joints(other)
    return {name: math.dist(at, there[name]) for name, at in joints(one).items()}

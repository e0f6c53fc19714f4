"""Where a hand or a foot goes: the points that the words of a target stand for."""

from collections.abc import Mapping

from figures.body import BANISTER, RADIUS, RAIL, RISE, SEAT, STEP, TO_BANISTER
from figures.geometry import Vec, add, mix, scale
from figures.limbs import sign
from figures.skeleton import Limb, Trunk

type Places = Mapping[str, float]


def floor_point(words: list[str], root: Vec, height: float) -> Vec:
    """``floor 30``: that far right of where the hips began; a second number is towards us."""
    depth = float(words[2]) if len(words) > 2 else root[2]
    return (float(words[1]), height, depth)


def on_prop(target: str, places: Places, root: Vec, height: float) -> Vec | None:
    """A point on a prop, or nothing if the target is none of them."""
    words = target.split()
    if target == "second chair":
        return (places.get(target, 60.0), SEAT + height, root[2])
    if target == "step":
        return (places.get(target, 45.0), STEP + height, root[2])
    if target.startswith("door frame"):
        return (places.get("door frame", 20.0) - height, float(words[2]), root[2])
    if target.startswith("wall"):
        return (places.get("wall", 30.0) - height, float(words[1]), root[2])
    if target == "chair back":
        return (places.get("chair", 0.0) - 12.0, SEAT + 27 + height, root[2] * 0.8)
    if target == "support":
        return (places.get(target, 40.0), RAIL + height, root[2] * 0.4)
    if target == "banister":
        x = root[0] + TO_BANISTER
        return (x, BANISTER + RISE * (x - places.get(target, 20.0)) + height, root[2] * 0.7)
    return None


def on_trunk(target: str, trunk: Trunk, side: str) -> Vec | None:
    out = sign(side)
    if target == "low back":
        low = add(add(trunk.waist, trunk.pelvis_up, -3.0), trunk.chest_near, out * 3.5)
        x, y, z = add(low, trunk.chest_front, -6.4)
        return (x, max(y, RADIUS["wrist"]), z)
    if target == "tummy":
        low = add(trunk.tummy, trunk.chest_near, out * 2.0)
        return add(add(low, trunk.chest_front, 0.9), trunk.chest_up, 2.0)
    if target == "chest":
        return add(add(trunk.chest, trunk.chest_front, 7.0), trunk.chest_near, out * 2.0)
    if target == "behind head":
        return add(add(trunk.head, trunk.face, -RADIUS["head"]), trunk.chest_near, out * 2.0)
    if target == "temple":
        return add(trunk.head, trunk.chest_near, out * RADIUS["head"])
    if target == "seat":
        return add(add(trunk.hips, trunk.chest_near, out * 9.0), trunk.chest_up, -4.5)
    return None


def on_leg(part: str, leg: Limb, trunk: Trunk, side: str, behind: bool) -> Vec | None:
    """A point on the skin of a leg; two hands stay side by side."""
    aside = scale(leg.hinge, sign(side) * 1.4)
    upper_front, lower_front = leg.front(leg.upper), leg.front(leg.lower)
    if behind:
        share = 0.9 if part == "knee" else 0.7
        at = mix(leg.root, leg.middle, share)
        return add(add(at, upper_front, -4.6), aside)
    points = {
        "thigh": add(mix(leg.root, leg.middle, 0.66), upper_front, 5.2),
        "knee": add(add(leg.middle, lower_front, 4.6), leg.lower, 1.0),
        "shin": add(mix(leg.middle, leg.end, 0.3), lower_front, 4.4),
        "ankle": add(mix(leg.middle, leg.end, 0.86), lower_front, 3.4),
        "foot": add(leg.end, leg.tip, 5.0),
        "hip": add(add(leg.root, trunk.pelvis_up, 5.5), trunk.pelvis_near, sign(side) * 3.4),
    }
    return add(points[part], aside) if part in points else None


def on_arm(part: str, arm: Limb) -> Vec | None:
    return {
        "shoulder": arm.root,
        "elbow": arm.middle,
        "hand": add(arm.end, arm.tip, 3.0),
    }.get(part)


def of_ankle_on_leg(target: str, leg: Limb) -> Vec:
    """An ankle crossed over the other thigh, or next to the other ankle."""
    part = target.split()[-1]
    front = leg.front(leg.upper)
    if part == "thigh":
        return add(mix(leg.root, leg.middle, 0.8), front, RADIUS["knee"] + 2.2)
    if part == "knee":
        return add(leg.middle, front, RADIUS["knee"] + RADIUS["ankle"])
    return leg.end

"""The working muscles: a tint on the proper side of what they move."""

from figures.body import SECTIONS, SIDES
from figures.draw import Piece, circle
from figures.geometry import Vec, add, mix, scale
from figures.limbs import sign
from figures.shapes import capsule, curve
from figures.skeleton import Body, Limb, Trunk
from figures.view import View

# along the bone from, to; how far to the front (-: back); radius at either end
ON_LEG = {
    "hamstrings": ("upper", 0.16, 0.84, -3.2, -2.2, 2.3, 1.6),
    "quadriceps": ("upper", 0.2, 0.84, 3.0, 2.0, 2.3, 1.7),
    "calf": ("lower", 0.12, 0.55, -2.6, -1.7, 1.9, 1.3),
    "shin": ("lower", 0.16, 0.7, 1.8, 1.1, 1.5, 1.0),
}


def tint(view: View, body: Body, muscle: str) -> Piece:
    """One muscle; its name says which limb or trunk it lies on."""
    side, _, name = muscle.partition(" ")
    if side not in body.legs or not name:
        return _on_trunk(view, body, muscle)
    if name == "upper arm":
        arm = body.arms[side]
        ends = mix(arm.root, arm.middle, 0.2), mix(arm.root, arm.middle, 0.8)
        return _band(view, muscle, ends, (1.8, 1.5))
    leg = body.legs[side]
    if name == "sciatic nerve":
        return _nerve(view, body, leg, muscle)
    if name in ON_LEG:
        return _on_leg(view, leg, muscle, name)
    return _on_hip(view, body, side, muscle, name)


def _band(view: View, muscle: str, ends: tuple[Vec, Vec], radii: tuple[float, float]) -> Piece:
    a, b = (circle(view, at, radius) for at, radius in zip(ends, radii, strict=True))
    return Piece(muscle, "d-muscle", capsule(a, b), 0)


def _on_leg(view: View, leg: Limb, muscle: str, name: str) -> Piece:
    bone, first, last, off, off_end, thick, thin = ON_LEG[name]
    upper = bone == "upper"
    ends = (leg.root, leg.middle) if upper else (leg.middle, leg.end)
    front = leg.front(leg.upper if upper else leg.lower)
    return _band(
        view,
        muscle,
        (add(mix(*ends, first), front, off), add(mix(*ends, last), front, off_end)),
        (thick, thin),
    )


def _on_hip(view: View, body: Body, side: str, muscle: str, name: str) -> Piece:
    trunk, leg = body.trunk, body.legs[side]
    front, up = trunk.pelvis_front, trunk.pelvis_up
    out = scale(trunk.pelvis_near, sign(side))
    thigh_front = leg.front(leg.upper)
    bands: dict[str, tuple[Vec, Vec, float]] = {
        "buttock": (
            add(add(leg.root, front, -3.4), up, 2.6),
            add(add(leg.root, thigh_front, -3.0), leg.upper, 3.4),
            2.6,
        ),
        "hip flexor": (
            add(add(leg.root, front, 2.8), up, 4.0),
            add(add(leg.root, thigh_front, 3.0), leg.upper, 6.5),
            2.0,
        ),
        "outer hip": (
            add(add(leg.root, out, 3.0), up, 3.8),
            add(add(leg.root, out, 4.0), leg.upper, 3.0),
            2.6,
        ),
        "inner thigh": (
            add(mix(leg.root, leg.middle, 0.25), out, -3.0),
            add(mix(leg.root, leg.middle, 0.8), out, -2.0),
            1.8,
        ),
    }
    start, end, radius = bands[name]
    return _band(view, muscle, (start, end), (radius, radius * 0.85))


def _on_trunk(view: View, body: Body, muscle: str) -> Piece:
    if muscle == "spine":
        return _spine(view, body.trunk)
    trunk = body.trunk
    front, up = trunk.chest_front, trunk.chest_up
    low_front, low_up = trunk.pelvis_front, trunk.pelvis_up
    bands = {
        "tummy": (
            add(add(trunk.waist, low_front, 3.2 - trunk.drawn_in), low_up, -5.5),
            add(add(trunk.waist, front, 3.3 - trunk.drawn_in), up, 4.0),
        ),
        "low back": (
            add(add(trunk.waist, low_front, -2.8), low_up, -4.5),
            add(add(trunk.waist, front, -2.6), up, 4.5),
        ),
        "side": (
            add(add(trunk.hips, trunk.pelvis_near, -5.5), low_up, 3.5),
            add(add(trunk.chest, trunk.chest_near, -5.5), up, 2.0),
        ),
        "chest": (
            add(add(trunk.chest, front, 4.0), up, -2.5),
            add(add(trunk.chest, front, 4.0), up, 4.0),
        ),
    }
    start, end = bands[muscle]
    return _band(view, muscle, (start, end), (2.2, 2.0))


def _spine(view: View, trunk: Trunk) -> Piece:
    """Along the back, under the skin."""
    points = []
    for name, (_forward, back, _side) in SECTIONS.items():
        at, _up, front, _near = trunk.section(name)
        points.append(view.at(add(at, front, 2.6 - back)))
    return Piece("spine", "d-spine", curve(points), 0)


def _nerve(view: View, body: Body, leg: Limb, muscle: str) -> Piece:
    """From the low back behind the hip down to the calf, as a dotted line."""
    trunk = body.trunk
    upper, lower = leg.front(leg.upper), leg.front(leg.lower)
    points = [
        add(trunk.waist, trunk.chest_front, -2.6),
        add(add(leg.root, trunk.pelvis_front, -4.0), trunk.pelvis_up, 1.0),
        add(mix(leg.root, leg.middle, 0.4), upper, -3.2),
        add(mix(leg.root, leg.middle, 0.92), upper, -2.4),
        add(mix(leg.middle, leg.end, 0.4), lower, -2.2),
        add(mix(leg.middle, leg.end, 0.9), lower, -1.0),
    ]
    return Piece(muscle, "d-nerve", curve([view.at(at) for at in points]), 0)


def lies_on(muscle: str) -> set[str]:
    """The pieces that a muscle is drawn on."""
    side, _, name = muscle.partition(" ")
    if side not in SIDES or not name:
        return {"pelvis"}
    if name == "upper arm":
        return {f"{side} forearm"}
    if name in ON_LEG:
        return {f"{side} shank"}
    return {f"{side} shank", "pelvis"}

"""The anchor of a pose: what of the body rests where, and keeps its place."""

from figures.body import CUSHION, SEAT, SIDES
from figures.geometry import Vec, mix
from figures.moment import Moment, Scene
from figures.skeleton import Body, arm_rounds, leg_rounds, trunk_round


def root(moment: Moment, loose: Body) -> Vec:
    """How far to move the loose body so that its anchor rests where it should."""
    if moment.start.anchor != moment.end.anchor:
        ends = (
            _rest(moment, loose, moment.start.anchor),
            _rest(moment, loose, moment.end.anchor),
        )
        return mix(*ends, moment.share)
    return _rest(moment, loose, moment.end.anchor)


def _rest(moment: Moment, loose: Body, anchor: str) -> Vec:
    points = resting(loose, anchor)
    held = points[0][0] if anchor != "hips" or moment.before is None else loose.trunk.hips
    if moment.before is None:
        x, z = 0.0, 0.0
    else:
        was = resting(moment.before, anchor)[0][0]
        x, z = was[0] - held[0], was[2] - held[2]
    words = anchor.split()
    if len(words) > 1 and words[0] == "hips":
        x = float(words[2]) if len(words) > 2 else x
        return (x, float(words[1]) - loose.trunk.hips[1], z)
    lowest = min(at[1] - radius for at, radius in points)
    return (x, _height(moment.scene, anchor) - lowest, z)


def _height(scene: Scene, anchor: str) -> float:
    if anchor == "seat":
        return SEAT
    under = scene.cushion and (anchor == scene.cushion or {anchor, scene.cushion} <= KNEES)
    return CUSHION if under else 0.0


KNEES = {"knees", "near knee"}


def resting(body: Body, anchor: str) -> list[tuple[Vec, float]]:
    """The parts that an anchor's word stands for; the first keeps its place along the floor."""
    trunk = body.trunk
    sections = {
        "back": ("hips", "waist", "chest", "shoulders"),
        "shoulders": ("shoulders", "chest"),
        "hips": ("hips",),
        "front": ("hips", "waist", "chest"),
        "side": ("hips", "waist", "chest"),
        "seat": ("hips",),
    }.get(anchor.split()[0] if anchor.startswith("hips") else anchor)
    if sections:
        return [trunk_round(trunk, name) for name in sections]
    if anchor == "knees":
        return [next(leg_rounds(body.legs[side])) for side in SIDES]
    side, part = anchor.split()
    if part == "elbow":
        return list(arm_rounds(body.arms[side]))
    return list(leg_rounds(body.legs[side]))[0 if part == "knee" else 1 :]

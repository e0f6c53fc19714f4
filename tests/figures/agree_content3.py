"""What the pictures of the seated and standing entries must show, step by step."""

import math
from collections.abc import Callable

from figures.body import RADIUS, SIDES
from figures.skeleton import foot_points
from tests.figures import measures as m
from tests.figures.told import Shown

type Row = tuple[str, int, str, Callable[[Shown], bool]]


def _heels(shown: Shown) -> list[float]:
    """How high the heels are."""
    return [m.heel_off_floor(shown.body, side) for side in SIDES]


def _toes(shown: Shown) -> list[float]:
    """How high the toes are."""
    toes = (foot_points(leg)[1] for leg in shown.body.legs.values())
    return [toe[1] - RADIUS["toe"] for toe in toes]


def _hips_moved(shown: Shown) -> float:
    """Across the picture, towards the wall."""
    return shown.body.trunk.hips[0] - shown.before.trunk.hips[0]


def _stays(*joints: str) -> Callable[[Shown], bool]:
    def check(shown: Shown) -> bool:
        moved = m.apart(shown.body, shown.before)
        return all(moved[joint] < 3 for joint in joints)

    return check


def _heel_to_bottom(shown: Shown) -> float:
    heel, _toe = foot_points(shown.body.legs["near"])
    return math.dist(heel, shown.body.trunk.hips)


ROWS: list[Row] = [
    ("heel-raise", 3, "both heels are up", lambda it: min(_heels(it)) > 4),
    ("heel-raise", 3, "the toes stay down", lambda it: max(_toes(it)) < 0.6),
    ("heel-raise", 3, "the knees are straight", lambda it: max(m.knees(it.body)) < 8),
    ("heel-raise", 4, "both heels are down", lambda it: max(_heels(it)) < 0.3),
    ("quadriceps-stretch", 3, "the heel is at the bottom", lambda it: _heel_to_bottom(it) < 14),
    (
        "quadriceps-stretch",
        3,
        "that knee points at the floor",
        lambda it: m.elevation(it.body.legs["near"].upper) < -80,
    ),
    ("quadriceps-stretch", 4, "one stands tall", lambda it: abs(m.upright(it.body)) < 3),
    (
        "seated-figure-four",
        2,
        "the ankle is over the other thigh, near the knee",
        lambda it: math.dist(it.body.legs["near"].end, it.body.legs["far"].middle) < 12,
    ),
    ("seated-figure-four", 4, "the back is flat", lambda it: m.bend_of_back(it.body) < 5),
    ("seated-figure-four", 4, "one leans forward", lambda it: m.upright(it.body) > 20),
    ("seated-slump-slider", 2, "the back is round", lambda it: m.bend_of_back(it.body) > 30),
    ("seated-slump-slider", 3, "the back stays round", lambda it: m.bend_of_back(it.body) > 30),
    (
        "seated-slump-slider",
        3,
        "one looks up",
        lambda it: m.elevation(it.body.trunk.face) > 15,
    ),
    (
        "seated-slump-slider",
        4,
        "one looks down",
        lambda it: m.elevation(it.body.trunk.face) < -30,
    ),
    ("seated-back-bend", 3, "the low back arches", lambda it: m.bend_of_back(it.body) > 20),
    (
        "seated-back-bend",
        4,
        "one looks ahead",
        lambda it: abs(m.elevation(it.body.trunk.face)) < 5,
    ),
    ("standing-side-glide", 4, "the hips go to the wall", lambda it: _hips_moved(it) > 5),
    ("standing-side-glide", 5, "the hips come back", lambda it: _hips_moved(it) < -5),
    (
        "standing-side-glide",
        4,
        "the elbow at the wall and both feet stay",
        _stays("far arm's middle", "near leg's end", "far leg's end"),
    ),
    ("standing-side-glide", 4, "the knees are straight", lambda it: max(m.knees(it.body)) < 5),
]

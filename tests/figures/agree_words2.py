"""What the pictures of particular steps must show: entry, step, what, and how it is seen."""

import itertools
import math
from collections.abc import Callable

from figures.body import SEAT, STEP
from figures.geometry import dot, scale, sub
from tests.figures import measures as m
from tests.figures.told import Shown

NEAR, FAR = SIDES = ("near", "far")

type Row = tuple[str, int, str, Callable[[Shown], bool]]


def _spine(it: Shown) -> float:
    """Between pelvis and chest: more than 0 bends forward."""
    trunk = it.body.trunk
    bent = m.bend_of_back(it.body)
    return bent if dot(trunk.chest_up, trunk.pelvis_front) > 0 else -bent


def _stays(*names: str) -> Callable[[Shown], bool]:
    """Joints that are where they were before the step."""
    return lambda it: all(m.apart(it.body, it.before)[name] < 1 for name in names)


def _hips_come(it: Shown) -> float:
    """How far to the picture's right the hips have come."""
    return it.body.trunk.hips[0] - it.before.trunk.hips[0]


def _foot_outside_knee(it: Shown) -> bool:
    foot, knee = it.body.legs[NEAR].end, it.body.legs[FAR].middle
    return foot[2] < knee[2] - 4 and m.is_flat(it.body, NEAR)


def _through_the_gap(it: Shown) -> bool:
    """Both hands are behind the thigh; the crossed leg's side comes from between the legs."""
    thigh = it.body.legs[FAR].middle[2]
    behind = all(m.is_behind(it.body, side, FAR) for side in SIDES)
    return behind and m.palm(it.body, NEAR)[2] > thigh > m.palm(it.body, FAR)[2]


def _beside_shoulders(it: Shown) -> bool:
    arms = it.body.arms.values()
    return all(arm.end[1] < 3 and math.dist(arm.end, arm.root) < 10 for arm in arms)


def _on_back_of_hips(it: Shown) -> bool:
    trunk = it.body.trunk
    hands = [sub(palm, trunk.waist) for palm in m.palms(it.body)]
    return all(dot(hand, trunk.pelvis_front) < -3 and abs(hand[1]) < 9 for hand in hands)


def _as_wide_as_shoulders(it: Shown) -> bool:
    feet = math.dist(it.body.legs[NEAR].end, it.body.legs[FAR].end)
    return abs(feet - math.dist(it.body.arms[NEAR].root, it.body.arms[FAR].root)) < 4


def _heels_in_line(it: Shown) -> bool:
    near, far = (it.body.legs[side].end for side in SIDES)
    return math.dist(near, far) < 6 and abs(near[2] - it.body.trunk.hips[2]) < 3


def _knee_rises(it: Shown) -> bool:
    return it.body.legs[NEAR].middle[1] > it.before.legs[NEAR].middle[1] + 2


def _one_line(it: Shown) -> bool:
    """Head, chest, pelvis and the lower thigh."""
    trunk = it.body.trunk
    parts = (trunk.head_up, trunk.chest_up, trunk.pelvis_up, scale(it.body.legs[FAR].upper, -1))
    return all(m.angle(one, after) < 8 for one, after in itertools.pairwise(parts))


def _toes_ahead_of_knee(it: Shown) -> bool:
    leg = it.body.legs[NEAR]
    return leg.end[0] < leg.middle[0] < leg.end[0] + 11


ROWS: list[Row] = [
    ("knee-across-buttock-stretch", 2, "the foot is outside the other knee", _foot_outside_knee),
    (
        "knee-across-buttock-stretch", 4, "the knee comes across",
        lambda it: it.body.legs[NEAR].middle[2] < it.before.legs[NEAR].middle[2] - 8,
    ),
    ("knee-across-buttock-stretch", 4, "the foot stays", _stays("near leg's end", "hips")),
    (
        "figure-four-stretch", 2, "the ankle is just above the knee",
        lambda it: 5 < math.dist(it.body.legs[NEAR].end, it.body.legs[FAR].middle) < 12,
    ),
    ("figure-four-stretch", 3, "the hands are behind, one through the gap", _through_the_gap),
    ("figure-four-stretch", 4, "the hands are behind, one through the gap", _through_the_gap),
    ("figure-four-stretch", 5, "the head is down", lambda it: m.head_off_floor(it.body) < 2),
    ("back-press-up", 2, "the hands are beside the shoulders", _beside_shoulders),
    ("back-press-up", 4, "the hips are down", lambda it: m.off_floor(it.body, "hips") < 1),
    ("back-press-up", 4, "the hands stay", _stays("near arm's end", "far arm's end")),
    ("back-press-up", 5, "the arms are straight", lambda it: max(m.elbows(it.body)) <= 25),
    ("standing-back-bend", 1, "the feet are as wide as the shoulders", _as_wide_as_shoulders),
    ("standing-back-bend", 2, "the hands are on the back of the hips", _on_back_of_hips),
    ("standing-back-bend", 3, "the hands are on the back of the hips", _on_back_of_hips),
    ("standing-back-bend", 3, "the back bends backwards", lambda it: _spine(it) < -10),
    ("standing-back-bend", 4, "the face is level", lambda it: abs(m.elevation(it.body.trunk.face)) < 10),
    ("clamshell", 2, "the heels are together, in line with the bottom", _heels_in_line),
    ("clamshell", 3, "a hand is on the floor", lambda it: m.palm(it.body, NEAR)[1] < 4),
    ("clamshell", 4, "the top knee rises", _knee_rises),
    ("clamshell", 4, "the heels stay", _stays("near leg's end", "far leg's end", "hips")),
    ("clamshell", 5, "the top knee rises", _knee_rises),
    ("clamshell", 5, "the heels stay", _stays("near leg's end", "far leg's end", "hips")),
    ("side-plank-on-knees", 1, "the hips are down", lambda it: m.off_floor(it.body, "hips") < 1),
    (
        "side-plank-on-knees", 1, "the top hand is on the hip",
        lambda it: m.is_at(it.body, NEAR, it.body.legs[NEAR].root, 11),
    ),
    ("side-plank-on-knees", 3, "head, hips and knees are in line", _one_line),
    ("side-plank-on-knees", 4, "the hips are up", lambda it: m.off_floor(it.body, "hips") > 4),
    (
        "lying-on-elbows", 2, "the chest lifts",
        lambda it: it.body.trunk.chest[1] > it.before.trunk.chest[1] + 6,
    ),
    ("lying-on-elbows", 2, "the hips are down", lambda it: m.off_floor(it.body, "hips") < 1),
    ("lying-on-elbows", 5, "the chest is down", lambda it: m.off_floor(it.body, "chest") < 1),
    (
        "bird-dog", 2, "the back is level and the face looks down",
        lambda it: abs(m.elevation(it.body.trunk.chest_up)) < 15
        and m.elevation(it.body.trunk.face) < -60,
    ),
    ("bird-dog", 3, "the leg is straight", lambda it: m.bend(it.body.legs[NEAR]) < 10),
    ("bird-dog", 4, "the arm is straight", lambda it: m.bend(it.body.arms[FAR]) < 10),
    ("bottom-to-heels", 2, "the hands stay", _stays("near arm's end", "far arm's end")),
    ("bottom-to-heels", 2, "the bottom goes back", lambda it: _hips_come(it) < -8),
    ("bottom-to-heels", 3, "the bottom goes back", lambda it: _hips_come(it) < -6),
    ("bottom-to-heels", 5, "the bottom comes forward", lambda it: _hips_come(it) > 15),
    ("cat-camel", 2, "the back is round", lambda it: _spine(it) > 40),
    ("cat-camel", 3, "the back sags", lambda it: _spine(it) < -30),
    ("cat-camel", 3, "the head lifts", lambda it: m.chin_in(it.body) < m.chin_in(it.before) - 20),
    ("cat-camel", 4, "the back is level", lambda it: abs(_spine(it)) < 5),
    ("hip-flexor-stretch", 2, "a knee is down", lambda it: it.body.legs[NEAR].middle[1] < 8),
    (
        "hip-flexor-stretch", 3, "the other foot goes forward",
        lambda it: it.body.legs[FAR].end[0] > it.before.legs[FAR].end[0] + 8,
    ),
    ("hip-flexor-stretch", 4, "the tail is tucked", lambda it: _spine(it) > 5),
    ("hip-flexor-stretch", 5, "the hips glide forward", lambda it: _hips_come(it) > 6),
    (
        "hip-flexor-stretch", 5, "it stays tall, the tail tucked",
        lambda it: m.upright(it.body) < 6 and _spine(it) > 5,
    ),
    (
        "standing-hamstring-stretch", 2, "the heel is on the step",
        lambda it: STEP < it.body.legs[NEAR].end[1] < SEAT,
    ),
    (
        "standing-hamstring-stretch", 2, "the knee is soft",
        lambda it: 10 < m.bend(it.body.legs[NEAR]) < 45,
    ),
    ("standing-hamstring-stretch", 3, "the back is flat", lambda it: m.bend_of_back(it.body) < 3),
    ("standing-hamstring-stretch", 3, "it tips forward", lambda it: m.upright(it.body) > 20),
    (
        "walking", 4, "the face is turned the other way",
        lambda it: it.body.trunk.face[0] < -0.9 < 0.9 < it.before.trunk.face[0],
    ),
    (
        "wall-squat", 3, "the hips are well above the knees",
        lambda it: it.body.trunk.hips[1] > it.body.legs[NEAR].middle[1] + 8,
    ),
    ("wall-squat", 4, "the knees are in line with the toes", _toes_ahead_of_knee),
]  # fmt: skip

"""Words that say what rests on what, what is under what, and which limb moves."""

import math
from collections.abc import Callable

from figures.body import SIDES
from figures.skeleton import Limb
from tests.figures import measures as m
from tests.figures.told import Shown

type Check = Callable[[Shown], bool]
NEAR_FLOOR = 4.6  # hundredths of the height: a joint of a limb that lies there


def aside(limb: Limb, part: str) -> float:
    """How far a joint is from being right under the shoulder or hip that it hangs from."""
    at = getattr(limb, part)
    return math.hypot(at[0] - limb.root[0], at[2] - limb.root[2])


def moves(it: Shown, limbs: str, side: str) -> float:
    """How far a limb has come in the step."""
    was, now = getattr(it.before, limbs)[side], getattr(it.body, limbs)[side]
    return max(math.dist(was.middle, now.middle), math.dist(was.end, now.end))


def _on_all_fours(it: Shown) -> bool:
    knees = [leg.middle[1] for leg in it.body.legs.values()]
    hands = [arm.end[1] for arm in it.body.arms.values()]
    return max(*knees, *hands) < NEAR_FLOOR and abs(m.elevation(it.body.trunk.chest_up)) < 20


def _squared(it: Shown) -> bool:
    hands = [aside(arm, "end") for arm in it.body.arms.values()]
    return max(*hands, *(aside(leg, "middle") for leg in it.body.legs.values())) < 5


def _elbows_under(it: Shown) -> bool:
    under = [arm for arm in it.body.arms.values() if aside(arm, "middle") < 5]
    return len(under) >= (2 if "elbows" in it.words else 1)


def _forearms_lie(it: Shown) -> bool:
    arms = it.body.arms.values()
    lying = [arm for arm in arms if max(arm.middle[1], arm.end[1]) < NEAR_FLOOR]
    return len(lying) >= (2 if "forearms" in it.words else 1)


def _working_leg_moves(it: Shown) -> bool:
    """It comes farther than the other one, or bends: nothing comes before the first picture."""
    if it.step == 1:
        return True
    ways = {side: moves(it, "legs", side) for side in SIDES}
    bends = m.bend(it.body.legs[it.side]) - m.bend(it.before.legs[it.side])
    return ways[it.side] > 3 and (ways[it.side] > ways[it.other] or abs(bends) > 15)


def _other_arm_moves(it: Shown) -> bool:
    return moves(it, "arms", it.other) > max(5, moves(it, "arms", it.side))


CONTACTS: list[tuple[str, str, Check]] = [
    (
        r"^Lie on the side", "one side is up",
        lambda it: abs(it.body.trunk.pelvis_near[1]) > 0.8,
    ),
    (
        r"^Stand (tall|with|facing)", "the trunk is upright",
        lambda it: m.upright(it.body) < 9 and it.body.trunk.hips[1] > 48,
    ),
    (r"^Kneel on your hands and knees", "hands and knees are down", _on_all_fours),
    (r"hands under your shoulders and your knees under your hips", "they are", _squared),
    (r"elbows? under your shoulder", "an elbow is under its shoulder", _elbows_under),
    (r"forearms? flat on the floor", "a forearm lies on the floor", _forearms_lie),
    (
        r"your legs (out )?straight|^Keep your knees straight", "both knees are straight",
        lambda it: max(m.knees(it.body)) < 12,
    ),
    (
        r"[Ll]ook at the floor|head hang", "the face looks down",
        lambda it: m.elevation(it.body.trunk.face) < -30,
    ),
    (r"hips? on the floor", "the hips are on the floor", lambda it: m.off_floor(it.body, "hips") < 1),
    (
        r"no higher than your hip", "the foot is not above the hip",
        lambda it: it.body.legs[it.side].end[1] <= it.body.legs[it.side].root[1] + 1,
    ),
    (
        r"(?<!with the )(?<! on the )(knee|heel|leg|ankle) of the side to (stretch|work)", "the leg of that side moves",
        _working_leg_moves,
    ),
    (r"[Oo]pposite (arm|hand)", "the other side's arm moves", _other_arm_moves),
    (
        r"hand on the bent knee", "a hand is at the knee",
        lambda it: m.is_at(it.body, it.other, it.body.legs[it.side].middle, 10),
    ),
]  # fmt: skip

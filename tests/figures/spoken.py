"""Words of a step that can be compared with its picture: what they ask of the body.

Each row: words, what they ask for, and how it is seen. They hold for every entry.
"""

import math
import re
from collections.abc import Callable

from figures.body import SIDES
from figures.skeleton import Body
from figures.targets import on_trunk
from tests.figures import measures as m
from tests.figures.spoken_contacts import CONTACTS
from tests.figures.told import Shown

type Check = Callable[[Shown], bool]


def _either(check: Callable[[Shown, str], bool]) -> Check:
    """One limb or the other: the words do not say which."""
    return lambda it: any(check(it, side) for side in SIDES)


def _both(check: Callable[[Shown, str], bool]) -> Check:
    return lambda it: all(check(it, side) for side in SIDES)


def _straight(most: float) -> Callable[[Shown, str], bool]:
    return lambda it, side: m.bend(it.body.legs[side]) <= most


def _on_trunk(place: str) -> Callable[[Shown, str], bool]:
    def check(it: Shown, side: str) -> bool:
        there = on_trunk(place, it.body.trunk, side)
        return there is not None and m.is_at(it.body, side, there)

    return check


def _under_back(it: Shown, side: str) -> bool:
    x, y, _z = m.palm(it.body, side)
    trunk = it.body.trunk
    low, high = sorted((trunk.hips[0], trunk.chest[0]))
    return y < 3.5 and low <= x <= high


def _over_hip(it: Shown, side: str) -> bool:
    leg = it.body.legs[side]
    return abs(leg.middle[0] - leg.root[0]) < 4 and leg.middle[1] > leg.root[1] + 20


def _straighter(it: Shown) -> bool:
    return any(m.bend(it.body.legs[side]) < m.bend(it.before.legs[side]) - 10 for side in SIDES)


def _leans_forward(it: Shown) -> bool:
    return m.upright(it.body) > m.upright(it.before) + 12 and m.bend_of_back(it.body) < 10


def _puts_down(it: Shown, side: str) -> bool:
    fell = m.heel_off_floor(it.before, side) - m.heel_off_floor(it.body, side)
    return fell > 2 and m.heel_off_floor(it.body, side) < 2


def _nearer_chest(it: Shown, side: str) -> bool:
    now, was = (
        math.dist(body.legs[side].middle, body.trunk.chest) for body in (it.body, it.before)
    )
    return now < was - 3


def _elbow_under(it: Shown, side: str) -> bool:
    arm = it.body.arms[side]
    return abs(arm.middle[0] - arm.root[0]) < 5 and arm.middle[1] < 4


SPOKEN: list[tuple[str, str, Check]] = [
    # --- lying
    (
        r"Lie on your back", "the front is up and the hips are down",
        lambda it: it.body.trunk.chest_front[1] > 0.8 and m.off_floor(it.body, "hips") < 0.6,
    ),
    (
        r"Lie on your front", "the front is down",
        lambda it: it.body.trunk.chest_front[1] < -0.6,
    ),
    (
        r"Lie on your side", "one side is up",
        lambda it: abs(it.body.trunk.pelvis_near[1]) > 0.8,
    ),
    (
        r"[Pp]ress your low back into the floor|[Ff]latten your low back",
        "the gap under the back closes",
        lambda it: m.gap_under_back(it.body) < min(0.8, m.gap_under_back(it.before) - 1),
    ),
    (r"arch in your (low )?back", "there is a gap", lambda it: m.gap_under_back(it.body) > 1.2),
    (
        r"shoulders on the floor|both shoulders down", "the shoulders are on the floor",
        lambda it: m.off_floor(it.body, "shoulders") < 2.5,
    ),
    (
        r"^Lift your hips", "the hips go up",
        lambda it: it.body.trunk.hips[1] > it.before.trunk.hips[1] + 2.5,
    ),
    (
        r"knees, hips and shoulders (make a straight|are in) line", "they are in line",
        lambda it: max(m.line(it.body, side) for side in SIDES) > 165,
    ),
    (
        r"^Lower your hips", "the hips go down",
        lambda it: it.body.trunk.hips[1] < it.before.trunk.hips[1] - 2.5,
    ),
    # --- sitting and standing
    (r"\b[Ss]it (up )?tall|\b[Ss]tand tall", "the trunk is upright", lambda it: m.upright(it.body) < 9),
    (r"back long|long back|back flat", "the back is in one line", lambda it: m.bend_of_back(it.body) < 10),
    (
        r"^([Ll]ean|[Tt]ip) forward from your hips|^Tip your hips forward|tip forward from your hips", "it leans, the back in one line",
        _leans_forward,
    ),
    (
        r"\b[Ss]it (tall )?(on|near) ",
        "the hips are as high as a seat",
        lambda it: 24 < it.body.trunk.hips[1] < 33,
    ),
    (
        r"^Stand (tall|facing|with|behind|in front)",
        "the body is up",
        lambda it: it.body.trunk.hips[1] > 40 and m.upright(it.body) < 20,
    ),
    (
        r"on your hands and knees",
        "hands and knees are on the floor",
        _both(lambda it, side: max(m.palm(it.body, side)[1], it.body.legs[side].middle[1]) < 6),
    ),
    # --- head
    (r"[Ll]ook(ing)? (straight )?ahead", "the face is level", lambda it: abs(m.elevation(it.body.trunk.face)) < 16),
    (r"look up and back", "the face is turned up and back", lambda it: m.chin_in(it.body) < -15),
    (r"tuck your chin in|Tuck your chin in", "the chin is in", lambda it: m.chin_in(it.body) > 8),
    (r"head (stays|is) down|head on the floor", "the head rests", lambda it: m.head_off_floor(it.body) < 2),
    (
        r"head and shoulders just off the floor", "they are lifted a little",
        lambda it: 1 < m.head_off_floor(it.body) - m.head_off_floor(it.before) < 8,
    ),
    (
        r"Lower your head and shoulders", "they are down",
        lambda it: m.head_off_floor(it.body) < 2,
    ),
    (
        r"look (down )?at the floor",
        "the face is turned to the floor",
        lambda it: m.elevation(it.body.trunk.face) < -35,
    ),
    # --- legs
    (r"([Pp]ut|bring) (that|your|the|the other) foot down(?! on)", "a foot comes down", _either(_puts_down)),
    (
        r"[Bb]ring (that|one|the) knee.* towards your chest|Draw your knees in",
        "a knee comes closer to the chest",
        _either(_nearer_chest),
    ),
    (r"both knees bent|with the knee bent", "a knee is bent", _either(lambda it, side: m.bend(it.body.legs[side]) > 60)),
    (r"both knees bent", "both knees are bent", _both(lambda it, side: m.bend(it.body.legs[side]) > 60)),
    (r"your feet flat|both (your )?feet flat", "both feet are flat", _both(lambda it, side: m.is_flat(it.body, side))),
    (r"(that|your other) foot flat", "a foot is flat", _either(lambda it, side: m.is_flat(it.body, side))),
    (
        r"knee (almost |nearly )?straight|(other|that) leg (is )?(nearly |almost )?straight|knees? is nearly straight",
        "a knee is straight", _either(_straight(30)),
    ),
    (r"straight but not locked", "nearly straight", _either(_straight(22))),
    (
        r"[Ss]traighten (that|the same|the|your \w+) (knee|leg)|straighten the knee",
        "a knee becomes straighter", _straighter,
    ),
    (
        r"knee points (straight up )?at the ceiling", "the thigh points up",
        _either(lambda it, side: m.elevation(it.body.legs[side].upper) > 78),
    ),
    (
        r"lower leg starts to point at the ceiling", "the lower leg points up",
        lambda it: m.elevation(it.body.legs[it.side].lower) > 55,
    ),
    (r"knee is over your hip|knee over your hip|knees over your hips", "a knee is over its hip", _either(_over_hip)),
    (r"toes up", "the toes are above the heel", _either(lambda it, side: m.toes_above_heel(it.body, side) > 2)),
    (
        r"heel .* along the floor|slide both heels", "a heel stays on the floor",
        _either(lambda it, side: m.heel_off_floor(it.body, side) < 2),
    ),
    (
        r"knees together", "the knees are together",
        lambda it: math.dist(it.body.legs["near"].middle, it.body.legs["far"].middle) < 11,
    ),
    # --- arms
    (
        r"arms (are )?(almost |nearly )?straight", "the elbows are nearly straight",
        lambda it: max(m.elbows(it.body)) <= 25,
    ),
    (
        r"arms straight up at the ceiling", "the arms point up",
        _both(lambda it, side: m.elevation(it.body.arms[side].upper) > 80),
    ),
    (
        r"arms out to the sides", "the hands are wide",
        _both(lambda it, side: abs(m.palm(it.body, side)[2]) > 20),
    ),
    (
        r"arms (are )?by your sides", "the hands are beside the hips",
        _both(lambda it, side: math.dist(m.palm(it.body, side), it.body.legs[side].root) < 16),
    ),
    (
        r"both hands, gently hold behind the knee|[Hh]old behind the thigh|hold behind it with both hands",
        "both hands are behind the thigh",
        lambda it: any(all(m.is_behind(it.body, hand, leg) for hand in SIDES) for leg in SIDES),
    ),
    (r"hands on your (lower )?tummy", "the hands are on the tummy", _both(_on_trunk("tummy"))),
    (r"hands on your lower ribs", "the hands are on the ribs", _both(_on_trunk("chest"))),
    (r"hands on your thighs", "the hands are on the thighs", _both(lambda it, side: m.is_on_thigh(it.body, side))),
    (r"under the small of your back", "the hands are under the low back", _both(_under_back)),
    (r"elbows? (are )?under your shoulders?", "an elbow is under its shoulder", _either(_elbow_under)),
    # --- tummy
    (
        r"[Tt]ighten your (lower )?tummy|[Dd]raw your lower tummy in", "the tummy is drawn in",
        lambda it: it.body.trunk.drawn_in > 0.9,
    ),
]  # fmt: skip

# What holds from the first movement on.
THROUGHOUT: list[tuple[str, str, Callable[[Body], bool]]] = [
    (
        r"Keep your head (on the floor|down)",
        "the head stays down",
        lambda body: m.head_off_floor(body) < 2,
    ),
    (
        r"Keep your bottom on the floor|Keep both hips on the floor|your other hip down on the floor",
        "the hips stay down",
        lambda body: m.off_floor(body, "hips") < 0.8,
    ),
    (
        r"Keep both shoulders down",
        "the shoulders stay down",
        lambda body: m.off_floor(body, "shoulders") < 2.5,
    ),
    (
        r"Do not round your back",
        "the back stays in one line",
        lambda body: m.bend_of_back(body) < 10,
    ),
]

RULES = [(re.compile(words), what, check) for words, what, check in (*SPOKEN, *CONTACTS)]


def asked(it: Shown) -> list[tuple[str, Check]]:
    """What the words of a step ask its picture to show."""
    sentences = list(it.told.sentences(it.step))
    return [
        (what, check)
        for words, what, check in RULES
        if any(words.search(sentence) for sentence in sentences)
    ]

"""What the pictures of particular steps must show: entry, step, what, and how it is seen."""

from collections.abc import Callable

from figures.geometry import dot
from tests.figures import measures as m
from tests.figures.told import Shown

type Row = tuple[str, int, str, Callable[[Shown], bool]]


def _nearer(shown: Shown) -> bool:
    """The working knee has come closer to the chest."""
    now, was = (
        m.math.dist(body.legs[shown.side].middle, body.trunk.chest)
        for body in (shown.body, shown.before)
    )
    return now < was - 2


def _still(*names: str) -> Callable[[Shown], bool]:
    def check(shown: Shown) -> bool:
        moved = m.apart(shown.body, shown.before)
        return all(far < 0.3 for name, far in moved.items() if not names or name in names)

    return check


def _held_behind(shown: Shown) -> bool:
    return all(m.is_behind(shown.body, hand, shown.side) for hand in ("near", "far"))


def _skin(shown: Shown) -> float:
    """How far the skin of the tummy has come in."""
    return shown.body.trunk.drawn_in - shown.before.trunk.drawn_in


ROWS: list[Row] = [
    ("lying-hamstring-stretch", 2, "nothing but the tummy moves", _still()),
    ("lying-hamstring-stretch", 3, "the knee comes towards the chest", _nearer),
    (
        "lying-hamstring-stretch",
        5,
        "the knee stays over the hip",
        lambda it: abs(it.body.legs["near"].middle[0] - it.body.legs["near"].root[0]) < 2,
    ),
    (
        "lying-hamstring-stretch",
        5,
        "the other foot stays down",
        lambda it: m.is_flat(it.body, "far"),
    ),
    *(
        ("lying-hamstring-stretch", step, "both hands hold behind the knee", _held_behind)
        for step in (4, 5, 6, 7, 8)
    ),
    ("tummy-tightening", 3, "the back does not move", _still()),
    ("tummy-tightening", 3, "the gap stays", lambda it: m.gap_under_back(it.body) > 1.2),
    ("tummy-tightening", 3, "away from the hands", lambda it: _skin(it) > 2),
    ("tummy-tightening", 5, "it comes back", lambda it: _skin(it) < -2),
    ("pelvic-tilt", 3, "the bottom stays down", lambda it: m.off_floor(it.body, "hips") < 0.5),
    ("pelvic-tilt", 3, "the gap closes", lambda it: m.gap_under_back(it.body) < 0.8),
    ("pelvic-tilt", 5, "the gap opens again", lambda it: m.gap_under_back(it.body) > 1.2),
    ("sciatic-nerve-slider", 3, "the leg is still", _still("near leg's end", "head")),
    ("sciatic-nerve-slider", 4, "the head does not lift", lambda it: m.head_off_floor(it.body) < 2),
    ("modified-curl-up", 1, "the head is down", lambda it: m.head_off_floor(it.body) < 2),
    ("modified-curl-up", 2, "the head is down", lambda it: m.head_off_floor(it.body) < 2),
    ("modified-curl-up", 3, "the head is not lifted yet", _still()),
    (
        "modified-curl-up",
        4,
        "in one piece",
        lambda it: abs(m.chin_in(it.body) - m.chin_in(it.before)) < 3,
    ),
    (
        "modified-curl-up",
        4,
        "the hips and the low back stay",
        _still("hips", "waist", "near leg's middle", "far leg's end"),
    ),
    (
        "double-knee-to-chest",
        2,
        "one foot is still down",
        lambda it: m.is_flat(it.body, "far") and not m.is_flat(it.body, "near"),
    ),
    (
        "double-knee-to-chest",
        3,
        "both feet are up",
        lambda it: min(m.heel_off_floor(it.body, side) for side in ("near", "far")) > 10,
    ),
    ("double-knee-to-chest", 4, "the knees come closer", _nearer),
    (
        "double-knee-to-chest",
        6,
        "one foot at a time",
        lambda it: m.is_flat(it.body, "far") and not m.is_flat(it.body, "near"),
    ),
    ("single-knee-to-chest", 3, "the knee comes closer", _nearer),
    (
        "heel-slide",
        3,
        "the heel stays on the floor",
        lambda it: m.heel_off_floor(it.body, "near") < 1,
    ),
    ("heel-slide", 3, "the back is still", _still("hips", "waist", "neck", "far leg's end")),
    ("heel-slide", 4, "the knee is bent again", lambda it: m.knees(it.body)[0] > 90),
    ("dead-bug", 2, "one foot first", lambda it: m.is_flat(it.body, "near")),
    (
        "dead-bug",
        5,
        "the leg and the opposite arm, nothing else",
        _still("hips", "waist", "head", "near arm's end", "far leg's end"),
    ),
    (
        "dead-bug",
        6,
        "the arm is past the ear",
        lambda it: dot(it.body.arms["far"].upper, it.body.trunk.chest_up) > 0.8,
    ),
    ("dead-bug", 6, "the back stays down", lambda it: m.gap_under_back(it.body) < 1.6),
    ("bridge", 2, "the hips are still down", lambda it: m.off_floor(it.body, "hips") < 0.5),
    (
        "knee-rolls",
        3,
        "the knees go one way",
        lambda it: it.body.legs["near"].middle[2] > it.before.legs["near"].middle[2] + 8,
    ),
    (
        "knee-rolls",
        6,
        "the knees go the other way",
        lambda it: it.body.legs["near"].middle[2] < it.before.legs["near"].middle[2] - 8,
    ),
    (
        "strap-hamstring-stretch",
        4,
        "the leg is drawn further up",
        lambda it: it.body.legs["near"].end[0] < it.before.legs["near"].end[0] - 5,
    ),
    (
        "doorway-hamstring-stretch",
        4,
        "the hips slide closer",
        lambda it: it.body.trunk.hips[0] > it.before.trunk.hips[0] + 4,
    ),
    ("sitting-hamstring-stretch", 4, "the leg stays", _still("near leg's end", "far leg's end")),
    (
        "two-chair-hamstring-stretch",
        2,
        "the heel is on the chair",
        lambda it: 20 < m.foot_points(it.body.legs["near"])[0][1] < 27,
    ),
    ("two-chair-hamstring-stretch", 4, "the leg stays", _still("near leg's end", "far leg's end")),
]

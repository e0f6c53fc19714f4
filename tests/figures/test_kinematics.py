"""Whatever the pose: limbs keep their length, nothing sinks, contacts hold."""

import json
import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from figures import Figure, check
from figures import pose as words
from figures.body import (
    CHEST,
    FOREARM,
    PALM,
    PELVIS,
    SHANK,
    SIDES,
    THIGH,
    UPPER_ARM,
)
from figures.geometry import add, sub
from figures.limbs import reach
from figures.postures import POSTURES

LENGTHS = {"legs": (THIGH, SHANK), "arms": (UPPER_ARM, FOREARM)}
TARGETS = {
    "ankle": ["free", "stay", "floor 30", "floor -40 20", "second chair", "step", "door frame 60"],
    "hand": [
        "free", "stay", "floor 20", "behind near thigh", "behind far knee", "own knee", "near foot",
        "other ankle", "own hip", "low back", "tummy", "chest", "behind head", "seat", "support",
        "chair back", "wall 80",
    ],
}  # fmt: skip

angles = st.one_of(
    st.integers(-360, 360), st.tuples(st.integers(-360, 360), st.integers(-90, 90)).map(list)
)
numbers = st.integers(-180, 180)


def sides_of(*names):
    return [f"{side} {name}" for side in SIDES for name in names]


def some(names, values):
    return st.dictionaries(st.sampled_from(names), values, max_size=3)


poses = st.builds(
    lambda *parts: {word: value for part in parts for word, value in part.items()},
    some(["pelvis", "chest", "trunk", "thighs", *sides_of(*words.BONES)], angles),
    some(["turn", "twist", "head", "nod", "face", *sides_of("elbow", "knee")], numbers),
    some(["tummy"], st.integers(-4, 4)),
    some(sides_of("foot", "wrist"), st.one_of(numbers, st.just("flat"))),
    some([*sides_of("ankle"), "ankles"], st.sampled_from(TARGETS["ankle"])),
    some([*sides_of("hand"), "hands"], st.sampled_from(TARGETS["hand"])),
    some(
        ["anchor"],
        st.sampled_from(
            ["back", "shoulders", "hips", "hips 40", "front", "side", "seat", "knees"]
            + ["near foot", "far knee", "near elbow"]
        ),
    ),
)
frames = st.lists(poses.map(lambda pose: {"says": "A pose.", **pose}), min_size=2, max_size=3)
figures = st.fixed_dictionaries(
    {
        "from": st.sampled_from(sorted(POSTURES)),
        "seen": st.sampled_from(sorted(words.SEEN)),
        "props": st.lists(
            st.sampled_from(["chair", "mat", {"step": 20}, {"cushion": "near knee"}]), max_size=2
        ),
        "muscles": st.lists(
            st.sampled_from(["tummy", "spine", "near calf", "far sciatic nerve"]), max_size=2
        ),
        "arrow": st.sampled_from(
            [*words.ARROW_JOINTS, "near ankle, both", ["near knee", "far hand"]]
        ),
        "frames": frames,
    }
)
many = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def moments(figure):
    """Every frame's body and those on the way between them."""
    for index in range(len(figure.frames) - 1):
        for step in range(7):
            yield figure.between(index, step / 6)
    yield from figure.bodies


@many
@given(figures)
def test_limbs_keep_their_length_at_every_moment(data):
    assert check(data) == []
    for body in moments(Figure(data)):
        for name, (upper, lower) in LENGTHS.items():
            for limb in getattr(body, name).values():
                assert math.dist(limb.root, limb.middle) == pytest.approx(upper, abs=1e-6)
                assert math.dist(limb.middle, limb.end) == pytest.approx(lower, abs=1e-6)
        trunk = body.trunk
        assert math.dist(trunk.hips, trunk.waist) == pytest.approx(PELVIS, abs=1e-6)
        assert math.dist(trunk.waist, trunk.neck) == pytest.approx(CHEST, abs=1e-6)


@many
@given(figures)
def test_nothing_is_below_the_floor_at_any_moment(data):
    for body in moments(Figure(data)):
        lowest = body.lowest()
        assert math.isfinite(lowest)
        assert lowest >= -1e-6


@many
@given(figures)
def test_every_valid_figure_is_drawn_with_numbers_and_inside_the_picture(data):
    figure = Figure(data)
    drawn = "".join(figure.still(index) for index in range(len(figure.frames)))
    drawn += json.dumps(figure.motion())
    assert "nan" not in drawn
    assert "inf" not in drawn
    for body in figure.bodies:
        for at, radius in body.rounds():
            x, y = figure.view.at(at)
            grown = radius * figure.view.size
            assert grown <= x <= 320 - grown
            assert grown - 1e-6 <= y <= 240 - grown + 1e-6


@many
@given(figures)
def test_mirrored_twice_is_the_same(data):
    figure = Figure(data)
    right, left = figure.still(side="right"), figure.still(side="left")
    assert figure.still() == right
    assert left == figure.sided(right, "left")
    unmirrored = left.removeprefix('<g transform="matrix(-1 0 0 1 320 0)">').removesuffix("</g>")
    assert unmirrored == right != left


points = st.tuples(*[st.floats(-200, 200)] * 3)


@many
@given(points, points, points)
def test_a_reach_never_stretches_and_points_to_what_is_too_far(root, target, pole):
    upper, lower = reach(root, target, (THIGH, SHANK), pole)
    end = tuple(r + THIGH * u + SHANK * w for r, u, w in zip(root, upper, lower, strict=True))
    away = math.dist(root, target)
    if away >= THIGH + SHANK:
        assert math.dist(root, end) == pytest.approx(THIGH + SHANK, abs=0.01)
        along = sub(target, root)
        assert math.dist(end, target) == pytest.approx(away - THIGH - SHANK, abs=0.01), along
    elif away >= 0.2:
        assert math.dist(end, target) < 0.02


def held(*changes, start="supine-knees-bent", **more):
    frames = [{"says": "A pose.", **change} for change in ({}, *changes)]
    return Figure({"from": start, "frames": frames, **more})


def test_hands_behind_a_knee_stay_there_while_it_straightens():
    figure = held(
        {"near thigh": 90, "near shank": 0, "hands": "behind near knee"}, {"near shank": 75}
    )
    for step in range(9):
        body = figure.between(1, step / 8)
        leg, arm = body.legs["near"], body.arms["near"]
        palm = tuple(end + tip * 3.4 for end, tip in zip(arm.end, arm.tip, strict=True))
        assert math.dist(palm, leg.middle) < 6.5


def test_planted_feet_do_not_slide_while_the_hips_lift():
    figure = held({"trunk": 206, "anchor": "shoulders"})
    feet = [figure.between(0, step / 8).legs["far"].end for step in range(9)]
    assert max(math.dist(feet[0], foot) for foot in feet) < 0.01
    assert figure.bodies[1].trunk.hips[1] > figure.bodies[0].trunk.hips[1] + 9


def test_what_stays_is_where_the_frame_before_had_it():
    figure = held({"trunk": -10, "thighs": -30, "hands": "stay"}, start="hands-and-knees")
    before, after = (body.arms["near"].end for body in figure.bodies)
    assert math.dist(before, after) < 0.01


def test_the_neck_gives_way_instead_of_lifting_the_shoulders():
    figure = held({"trunk": 206, "anchor": "shoulders"})
    body = figure.bodies[1]
    assert body.trunk.head[1] >= 6.3 - 1e-6
    assert body.lowest() < 0.5


def test_an_elbow_turns_outwards_instead_of_lifting_the_body():
    arms = {"near hand": "floor -24 30", "far hand": "floor -24 -30", "elbows": 0}
    body = held({**arms, "head": 6}).bodies[1]
    assert body.trunk.hips[1] == pytest.approx(6.8, abs=0.1)


@pytest.mark.parametrize("start", sorted(POSTURES))
def test_each_posture_touches_what_it_rests_on(start):
    body = held({"face": 10}, start=start).bodies[0]
    assert body.lowest() == pytest.approx(0, abs=0.35)


def test_a_drawn_in_tummy_moves_the_skin_and_nothing_else():
    before, after = held({"tummy": 2.5}).bodies
    assert before.trunk.tummy[1] - after.trunk.tummy[1] == pytest.approx(2.5, abs=0.2)
    assert after.trunk.waist == pytest.approx(before.trunk.waist)
    for side in SIDES:
        assert after.legs[side].end == pytest.approx(before.legs[side].end)


def test_a_hand_holds_the_back_of_a_chair():
    data = {
        "from": "standing",
        "props": [{"chair": 40}],
        "frames": [
            {"says": "Standing."},
            {"says": "Holding on.", "far hand": "chair back", "chest": 70, "pelvis": 70},
        ],
    }
    assert check(data) == []
    arm = Figure(data).bodies[1].arms["far"]
    assert add(arm.end, arm.lower, PALM)[:2] == pytest.approx((28, 49), abs=3)

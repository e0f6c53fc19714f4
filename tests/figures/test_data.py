"""A figure's data: everything wrong is said in words, and nothing makes the check fall over."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.words.figures import JOINTS
from figures import Figure, adjustable, adjusted, check
from figures.rules import FIGURE_WORDS, POSE_WORDS

GOOD = {
    "from": "supine-knees-bent",
    "muscles": ["near hamstrings"],
    "arrow": "near ankle",
    "props": ["mat", {"door frame": 20}, {"strap": "near foot"}],
    "frames": [
        {"says": "Lying on the back.", "step": 1},
        {"says": "One knee up.", "step": [2, 3], "near thigh": [90, 5], "near shank": 0},
        {"says": "That leg straight.", "step": 4, "near shank": 75.5, "pause": 2},
    ],
}

leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from([*FIGURE_WORDS, *POSE_WORDS, "stay", "floor 30", "near knee", 10**400]),
)
keys = st.one_of(st.text(max_size=8), st.sampled_from([*FIGURE_WORDS, *POSE_WORDS, "says"]))
anything = st.recursive(
    leaves,
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(keys, inner, max_size=6)),
    max_leaves=25,
)
close_to_good = st.builds(
    lambda frame, more: GOOD | more | {"frames": [*GOOD["frames"][:1], frame]},
    st.dictionaries(keys, anything, max_size=5),
    st.dictionaries(st.sampled_from([word for word in FIGURE_WORDS if word != "frames"]), anything),
)


@settings(max_examples=400, derandomize=True)
@given(st.one_of(anything, close_to_good))
def test_check_answers_whatever_it_is_given(data):
    problems = check(data)
    assert all(isinstance(problem, str) and problem for problem in problems)
    if not problems:
        assert Figure(data).still()


def test_a_good_figure_has_no_problems():
    assert check(GOOD) == []
    assert check(json.loads(json.dumps(GOOD))) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"from": "flying"}, "from is 'flying', must be one of: standing"),
        ({"form": "supine"}, "'form' is not a word of a figure; did you mean 'from'?"),
        ({"seen": [200, 0]}, "seen must be [degrees round"),
        ({"works": "left"}, "works is 'left'"),
        ({"arrow": "near nose"}, "arrow is 'near nose'"),
        ({"arrow": "near knee, sideways"}, "arrow is 'near knee, sideways'"),
        ({"arrow": ["near knee"]}, "arrow must be one joint, or a list of two"),
        ({"arrow": ["near knee", "nose"]}, "arrow is 'nose'"),
        ({"props": ["piano"]}, "props: 'piano' is not one of"),
        ({"props": ["wall"]}, "props: wall needs a place"),
        ({"props": [{"cushion": "sofa"}]}, "props: cushion is 'sofa'"),
        ({"props": ["mat"] * 7}, "props must be a list of at most 6"),
        ({"muscles": ["biceps"]}, "muscles: is 'biceps'"),
        ({"cover": 4}, "cover must be the number of a frame, 1 to 3"),
        ({"loop": 3}, "loop must be the number of a frame before the last, 1 to 2"),
        ({"frames": []}, "frames must be a list of 2 to 12 frames"),
        ({"frames": [GOOD["frames"][0]] * 13}, "frames must be a list of 2 to 12 frames"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_figure_is_said(change, said):
    assert any(problem.startswith(said) for problem in check(GOOD | change)), check(GOOD | change)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"says": ""}, "says is missing"),
        ({"says": "word " * 26}, "says must be at most 25 words"),
        ({"step": 0}, "step must be the number"),
        ({"step": [1, "two"]}, "step must be the number"),
        ({"pause": -1}, "pause must be seconds"),
        ({"near thigh": 400}, "near thigh must be degrees"),
        ({"near thigh": True}, "near thigh must be degrees"),
        ({"near thigh": [10, 95]}, "near thigh must be degrees"),
        ({"near thigh": float("nan")}, "near thigh must be degrees"),
        ({"head": float("inf")}, "head must be degrees"),
        ({"near foot": "pointed"}, "near foot must be degrees"),
        ({"tummy": 20}, "tummy must be how far it is drawn in, -4 to 4"),
        ({"hands": "the moon"}, "hands is 'the moon'"),
        ({"hands": "near elbow"}, "hands is 'near elbow'"),
        ({"near hand": "near shoulder"}, "near hand is 'near shoulder'"),
        ({"near ankle": "own knee"}, "near ankle is 'own knee'"),
        ({"ankles": "other knee"}, "ankles is 'other knee'"),
        ({"anchor": "nose"}, "anchor is 'nose'"),
        ({"near tigh": 90}, "'near tigh' is not a word of a figure; did you mean 'near thigh'?"),
    ],
)
def test_what_is_wrong_with_a_frame_is_said_with_its_place(change, said):
    data = copy.deepcopy(GOOD)
    data["frames"][1] |= change
    assert any(problem.startswith(f"frame 2: {said}") for problem in check(data)), check(data)


def test_a_frame_says_only_what_differs():
    first, second, third = Figure(GOOD).frames
    assert third.pose.bones["near thigh"] == second.pose.bones["near thigh"] == (90, 5)
    assert first.pose.reaches["near ankle"] == "floor 27"
    assert "near ankle" not in second.pose.reaches
    assert second.pose.reaches["far ankle"] == "floor 27"


def test_the_frame_of_a_step_is_the_last_that_shows_it():
    figure = Figure(GOOD)
    assert [figure.frame_for(step) for step in (1, 2, 3, 4, 5)] == [0, 1, 1, 2, None]


def test_side_shown_follows_what_works():
    assert Figure(GOOD).side_shown == "right"
    assert Figure(GOOD | {"works": "far"}).side_shown == "left"


def test_sliders_are_the_joints_that_are_not_solved():
    keys = [joint.key for joint in adjustable(GOOD, 1)]
    assert {"near hip", "near knee", "near ankle", "low back"} <= set(keys)
    assert not {"far hip", "far knee", "near elbow"} & set(keys)
    for joint in adjustable(GOOD, 1):
        assert joint.least <= joint.value <= joint.most
        assert str(JOINTS[joint.key])


def test_a_turned_joint_changes_its_frame_only_and_takes_the_shin_along():
    changed = adjusted(GOOD, 1, {"near hip": 60})
    assert check(changed) == []
    values = {joint.key: joint.value for joint in adjustable(changed, 1)}
    was = {joint.key: joint.value for joint in adjustable(GOOD, 1)}
    assert values == was | {"near hip": 60}
    before, after = Figure(GOOD), Figure(changed)
    assert after.frames[0].pose == before.frames[0].pose
    assert after.frames[1].pose != before.frames[1].pose
    assert after.frames[2].pose == before.frames[2].pose


def test_sliders_left_alone_change_nothing():
    for frame in range(3):
        same = {joint.key: joint.value for joint in adjustable(GOOD, frame)}
        assert adjusted(GOOD, frame, same) == GOOD


@settings(max_examples=60, derandomize=True)
@given(st.integers(0, 2), st.data())
def test_any_sliders_leave_a_figure_that_can_be_drawn(frame, draw):
    joints = adjustable(GOOD, frame)
    values = {
        joint.key: draw.draw(st.integers(joint.least, joint.most), label=joint.key)
        for joint in joints
    }
    changed = adjusted(GOOD, frame, values)
    assert check(changed) == []
    was, now = (
        {joint.key: joint.value for joint in adjustable(each, frame)} for each in (GOOD, changed)
    )
    tilted = sum(now[part] - was[part] for part in ("lean", "low back"))
    for key, value in values.items():
        turned = value - tilted if key.endswith("hip") else value
        assert abs((now[key] - turned + 180) % 360 - 180) <= 1 or now[key] in (-40, 150)

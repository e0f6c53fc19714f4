"""Poses put in another order, copied, taken out, and limbs set free: the others stay as they were."""

import itertools

import pytest

from exercises import library
from figures import (
    Figure,
    adjusted,
    check,
    for_steps,
    held,
    holds,
    moved,
    with_copy,
    without,
)
from figures.geometry import length, sub
from figures.pose import whole_poses

DRAWN = {entry.slug: entry.columns["figure"] for entry in library.read()}
FRAMES = [
    pytest.param(data, frame, id=f"{slug}-{frame + 1}")
    for slug, data in DRAWN.items()
    for frame in range(len(data["frames"]))
]
STEPS = [1, [2, 3], 5, 6]
LYING = {
    "from": "supine-knees-bent",
    "frames": [{"says": f"Pose {at}.", "step": step} for at, step in enumerate(STEPS, 1)],
}


def said(data) -> list[str]:
    return [frame["says"] for frame in data["frames"]]


@pytest.mark.parametrize(("data", "frame"), FRAMES)
def test_whatever_is_done_to_a_figure_it_can_be_drawn_and_the_poses_stay(data, frame):
    poses = whole_poses(data)
    arranged = {
        (*range(frame + 1), *range(frame, len(poses))): with_copy(data, frame),
        tuple(index for index in range(len(poses)) if index != frame): without(data, frame),
    }
    if frame + 1 < len(poses):
        order = list(range(len(poses)))
        order[frame : frame + 2] = frame + 1, frame
        arranged[tuple(order)] = moved(data, frame, to=frame + 1)
    for order, changed in arranged.items():
        assert whole_poses(changed) == [poses[index] for index in order]
        assert said(changed) == [said(data)[index] for index in order]
        if 2 <= len(order) <= 6:
            assert check(changed) == []
            assert Figure(changed).bodies


@pytest.mark.parametrize(("data", "frame"), FRAMES)
def test_a_limb_set_free_stays_where_it_was(data, frame):
    freed = held(data, frame, {hold.key: "free" for hold in holds(data, frame)})
    assert check(freed) == []
    assert {hold.target for hold in holds(freed, frame)} == {"free"}
    before, after = Figure(data).bodies[frame], Figure(freed).bodies[frame]
    for limbs, side in itertools.product(("legs", "arms"), ("near", "far")):
        was, now = getattr(before, limbs)[side], getattr(after, limbs)[side]
        assert length(sub(was.end, now.end)) < 1.5
    others = [pose for index, pose in enumerate(whole_poses(data)) if index != frame]
    assert others == [pose for index, pose in enumerate(whole_poses(freed)) if index != frame]


@pytest.mark.parametrize("slug", ["lying-hamstring-stretch", "strap-hamstring-stretch", "walking"])
def test_all_that_a_limb_is_offered_can_be_drawn(slug):
    data = DRAWN[slug]
    for hold in holds(data, 1):
        assert hold.target in hold.choices
        for target in hold.choices:
            changed = held(data, 1, {hold.key: target})
            assert check(changed) == [], target
            assert Figure(changed).bodies


def test_an_arm_comes_along_with_the_trunk_and_a_leg_stays():
    standing = {
        "from": "standing",
        "frames": [{"says": "Standing."}, {"says": "Bent.", "near foot": 0}],
    }
    bent = whole_poses(adjusted(standing, 1, {"lean": 50}))[1]
    assert (bent["chest"], bent["pelvis"]) == (50, 50)
    assert (bent["near upper arm"], bent["near thigh"]) == (-132, -90)


def test_a_pose_whose_joint_is_beyond_its_slider_is_left_alone():
    far = {"from": "standing", "frames": [{"says": "A."}, {"says": "B.", "near thigh": 100}]}
    assert adjusted(far, 1, {"near hip": -40, "near knee": -10}) == far


def test_cover_and_loop_go_with_their_poses():
    data = LYING | {"cover": 2, "loop": 3}
    assert _numbers(moved(data, 1, to=0)) == (1, 3)
    assert _numbers(with_copy(data, 0)) == (3, 4)
    assert _numbers(without(data, 1)) == (None, 2)
    assert _numbers(without(data, 3)) == (2, None)


def _numbers(data) -> tuple[int | None, int | None]:
    return data.get("cover"), data.get("loop")


def test_steps_that_are_not_written_are_left_out():
    kept = [frame.get("step") for frame in for_steps(LYING, 3)["frames"]]
    assert kept == [[1], [2, 3], None, None]
    assert LYING["frames"][3]["step"] == 6

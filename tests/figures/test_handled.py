"""A stair's rail, a weight, a towel under the heels, and hips that go to a place."""

import math

import pytest

from figures import Figure, check
from figures.body import BANISTER, RISE, TO_BANISTER
from figures.geometry import add, mix
from figures.skeleton import foot_points


def figure(*changes, start="standing", **more) -> Figure:
    frames = [{"says": "A pose.", **change} for change in changes]
    data = {"from": start, "frames": frames, **more}
    assert check(data) == []
    return Figure(data)


def held(body) -> tuple[float, float, float]:
    near, far = (add(arm.end, arm.tip, 3.0) for arm in body.arms.values())
    return mix(near, far, 0.5)


def test_the_hips_go_to_a_place_while_the_feet_stay():
    """Getting up: the feet are planted, the hips rise and come forward over them."""
    rising = figure(
        {"ankles": "floor 20", "feet": "flat", "anchor": "hips 26.5 0"},
        {"anchor": "hips 53.3 20"},
        start="sitting",
    )
    sat, stood = rising.bodies
    assert sat.trunk.hips[:2] == pytest.approx((0, 26.5))
    assert stood.trunk.hips[:2] == pytest.approx((20, 53.3))
    for step in range(9):
        body = rising.between(0, step / 8)
        assert body.legs["near"].end[:2] == pytest.approx(sat.legs["near"].end[:2], abs=0.05)


def test_hips_without_a_place_stay_above_where_they_were():
    body = figure({"anchor": "hips 53 6"}, {"anchor": "hips 50"}).bodies[1]
    assert body.trunk.hips[0] == pytest.approx(6, abs=0.1)


def test_a_hand_slides_up_the_rail_as_the_body_goes_up_the_step():
    up = figure(
        {"far hand": "banister", "anchor": "hips 53 0", "ankles": "floor 0", "feet": "flat"},
        {"anchor": "hips 65 17", "ankles": "step"},
        props=[{"step": 17}, {"banister": 17}],
    )
    for body in up.bodies:
        arm = body.arms["far"]
        x = arm.root[0] + TO_BANISTER
        palm = add(arm.end, arm.lower, 3.4)
        assert palm[:2] == pytest.approx((x, BANISTER + RISE * (x - 17)), abs=3)


def test_both_feet_stand_on_the_step():
    body = figure(
        {"anchor": "hips 53 0"},
        {"anchor": "hips 65.3 17", "ankles": "step", "feet": "flat"},
        props=[{"step": 17}],
    ).bodies[1]
    for leg in body.legs.values():
        heel, _toe = foot_points(leg)
        assert heel[1] == pytest.approx(12 + 1.9, abs=0.1)


def test_a_weight_hangs_below_both_hands_wherever_they_go():
    lifting = figure(
        {"upper arms": -86}, {"trunk": 30, "upper arms": -95}, props=[{"weight": "hands"}]
    )
    for body in lifting.bodies:
        [weight] = [each for each in lifting.pieces(body) if each.name == "weight"]
        x, y = lifting.view.at(held(body))
        numbers = [float(word) for word in weight.path.removeprefix("M").split("l")[0].split()]
        assert math.dist(numbers, (x, y)) < 14 * lifting.view.size
        assert numbers[1] > y, "below the hands"


def test_a_towel_goes_where_the_heels_go():
    sliding = figure(
        {"ankles": "floor 30", "feet": 12},
        {"ankles": "floor 46"},
        start="supine-knees-bent",
        props=[{"slider": "heels"}],
    )
    places = []
    for body in sliding.bodies:
        [towel] = [each for each in sliding.pieces(body) if each.name == "slider"]
        places.append(float(towel.path.removeprefix("M").split()[0]))
    assert places[1] - places[0] == pytest.approx(16 * sliding.view.size, rel=0.1)


@pytest.mark.parametrize("prop", [{"weight": "knees"}, {"slider": "hands"}, "banister"])
def test_a_prop_in_the_wrong_place_is_named(prop):
    data = {"from": "standing", "props": [prop], "frames": [{"says": "A pose."}] * 2}
    [problem] = check(data)
    assert "props" in problem

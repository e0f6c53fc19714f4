"""Arrows of what hardly goes anywhere: the pelvis that turns, the tummy, the head, the trunk."""

import math

import pytest

from figures import check
from figures.free import taken
from figures.picture import pointers
from figures.view import WIDTH
from tests.figures.shown import figure

TILTED = {"pelvis": 190, "chest": 180}
HOLLOW = {"pelvis": 166, "chest": 192}


def turned(pointer, about):
    """By how many degrees an arrow goes round a point, clockwise in the picture."""
    angles = [math.degrees(math.atan2(y - about[1], x - about[0])) for x, y in pointer.points]
    steps = zip(angles, angles[1:], strict=False)
    return sum((after - before + 180) % 360 - 180 for before, after in steps)


def test_a_curved_arrow_shows_which_way_the_pelvis_turns():
    drawn = figure(HOLLOW, TILTED, HOLLOW, arrow="pelvis, round")
    hips = drawn.view.at(drawn.bodies[2].trunk.hips)
    [flatter], [hollower] = pointers(drawn, 2), pointers(drawn, 3)
    assert turned(flatter, hips) < -90, "the front of the pelvis goes towards the head"
    assert turned(hollower, hips) > 90
    assert max(y for _x, y in flatter.points) < drawn.view.floor


def test_a_pelvis_that_stays_has_no_curved_arrow():
    assert pointers(figure({"near thigh": 90}, arrow="pelvis, round"), 1) == []


def test_two_small_arrows_point_inwards_where_the_tummy_is_drawn_in():
    drawn = figure({"tummy": 2.6}, {"tummy": 0}, arrow="tummy, in")
    inwards = pointers(drawn, 1)
    assert len(inwards) == 2
    for arrow in inwards:
        assert arrow.points[-1][1] > arrow.points[0][1], "towards the back, which is below"
        assert arrow.size < 0.7
    assert pointers(drawn, 2) == [], "let out again, it has no arrow inwards"


def test_a_nod_has_an_arrow_that_curves_with_it():
    drawn = figure({"head": 32}, {"head": -30}, arrow="head")
    for index in (1, 2):
        [nod] = pointers(drawn, index)
        way = turned(nod, drawn.view.at(drawn.bodies[index].trunk.head))
        assert way > 40 if index == 1 else way < -40


@pytest.mark.parametrize("joint", ["low back", "hips", "chest", "tummy"])
@pytest.mark.parametrize(
    "pose", [{"pelvis": 176, "chest": 184, "tummy": 1.5}, {"anchor": "hips 9"}], ids=str
)
def test_an_arrow_of_a_tiny_movement_starts_at_the_body_and_never_pushes_it(joint, pose):
    drawn = figure(pose, arrow=joint)
    for arrow in pointers(drawn, 1):
        circles = taken(drawn.view, drawn.bodies[1])
        start = min(math.dist(arrow.points[0], at[:2]) - at[2] for at in circles)
        assert start < 6, "it begins in the body or at its skin, not beside it"


def test_two_arrows_of_a_frame_keep_clear_of_each_other():
    drawn = figure(
        {"near thigh": 92, "near shank": 0, "far thigh": 92, "far shank": 0},
        arrow=["near knee", "far knee"],
    )
    one, other = pointers(drawn, 1)
    assert min(math.dist(a, b) for a in one.points for b in other.points) > 10
    assert all(0 < x < WIDTH for arrow in (one, other) for x, _y in arrow.points)


@pytest.mark.parametrize("word", ["pelvis", "hips, round", "chest, in", "pelvis, ahead"])
def test_round_belongs_to_the_pelvis_and_in_to_the_tummy(word):
    data = figure({"tummy": 1}).data | {"arrow": word}
    [problem] = check(data)
    assert "pelvis, round; tummy, in" in problem


def test_hips_that_come_down_have_an_arrow_on_them_and_no_push_from_above():
    lifted = {"trunk": 200, "near thigh": 20, "far thigh": 20, "anchor": "shoulders"}
    drawn = figure(lifted, {"trunk": 180, "thighs": 50, "anchor": "back"}, arrow="hips")
    [down] = pointers(drawn, 2)
    circles = taken(drawn.view, drawn.bodies[2])
    assert down.points[-1][1] > down.points[0][1] + 10
    assert min(math.dist(down.points[0], at[:2]) - at[2] for at in circles) < 0

"""Left and right: the limb that is asked for is the one that works, and it says so."""

import math

import pytest

from figures import Figure, check
from figures.free import balls
from figures.geometry import cross, dot
from figures.picture import limb
from tests.figures.shown import ENTRIES, figure, of_class, phases, root, words

SIDED = [slug for slug, entry in ENTRIES.items() if entry["sided"]]
one_sided = pytest.mark.parametrize("slug", SIDED)
sides = pytest.mark.parametrize(("side", "tag"), [("right", "R"), ("left", "L")])


def of_entry(slug):
    return Figure(ENTRIES[slug]["figure"], phases(ENTRIES[slug]))


def disc(shapes):
    """Where the letter's disc is, and how large."""
    [ring] = of_class(shapes, "d-tag")
    parents = {child: parent for parent in root(shapes).iter() for child in parent}
    place = next(parent for child, parent in parents.items() if child.get("class") == "d-tag")
    x, y = place.get("transform").removeprefix("translate(").split(")")[0].split()
    radius = -float(ring.get("d").removeprefix("M").split()[0])
    return float(x), float(y), radius


@one_sided
def test_near_is_the_person_s_right_in_every_pose(slug):
    """Seen from within: right is square to ahead and up. Mirrored, the same limb is the left."""
    for body in of_entry(slug).bodies:
        trunk = body.trunk
        for front, up, near in (
            (trunk.chest_front, trunk.chest_up, trunk.chest_near),
            (trunk.pelvis_front, trunk.pelvis_up, trunk.pelvis_near),
        ):
            assert dot(cross(front, up), near) > 0.99


@one_sided
def test_the_side_that_works_is_the_one_that_is_asked_for(slug):
    drawn = of_entry(slug)
    shown = {"near": "right", "far": "left"}[drawn.works]
    other = {"right": "left", "left": "right"}[shown]
    assert "matrix(-1" not in drawn.still(side=shown)
    assert drawn.still(side=other).startswith('<g transform="matrix(-1 0 0 1 320 0)">')


@one_sided
def test_what_is_said_of_a_side_is_said_of_the_one_that_works(slug):
    """The muscles that are drawn, or else what moves: the leg that one stands on has no arrow.

    What is done on a side of the trunk names no limb.
    """
    drawn = of_entry(slug)
    muscles = {muscle.split()[0] for muscle in drawn.muscles} & {"near", "far"}
    moved = {arrow.joint.split()[0] for frame in drawn.frames for arrow in frame.arrows}
    if ENTRIES[slug]["sided"] != "side":
        assert drawn.works in (muscles or moved)


@one_sided
@sides
@pytest.mark.parametrize("small", [False, True])
def test_the_letter_is_at_the_limb_that_works_in_every_picture(slug, side, tag, small):
    drawn = of_entry(slug)
    own_side, kind = limb(drawn)
    for index, body in enumerate(drawn.bodies):
        shapes = drawn.still(index, side, tag=tag, small=small)
        assert words(shapes) == [tag]
        x, y, radius = disc(shapes)
        gaps = {}
        for part, at, thick in balls(body):
            px, py = drawn.view.at(at)
            gap = math.hypot(x - px, y - py) - thick * drawn.view.size
            gaps[part] = min(gap, gaps.get(part, gap))
        assert gaps[f"{own_side} {kind}"] < radius, "it touches its limb"
        assert (4 if small else 9) < radius < 30


@one_sided
def test_a_letter_is_read_the_right_way_round_in_a_mirrored_picture(slug):
    drawn = of_entry(slug)
    for side, tag in (("right", "R"), ("left", "L")):
        [letter] = of_class(drawn.still(side=side, tag=tag), "d-letter")
        assert ("scale(-1 1)" in letter.get("transform")) is drawn.is_mirrored(side)


def test_the_letter_goes_along_with_the_limb_that_moves():
    drawn = figure({"near thigh": 100, "near shank": 0})
    places, _numbers = drawn.motion()["letter"]["place"]
    assert len(places) > 4
    for index in (0, 1):
        x, y, _radius = disc(drawn.still(index, tag="R"))
        assert [x, y] == places[index][:2]


def test_without_a_letter_there_is_none_and_no_letter_leaves_its_place():
    assert "d-tag" not in figure({}).still(side="left")
    assert "<b>" not in figure({}).still(side="left", tag="<b>")


def test_an_arm_that_works_has_the_letter():
    drawn = figure({"near upper arm": 90}, arrow="near hand")
    assert check(drawn.data) == []
    assert limb(drawn) == ("near", "arm")
    assert limb(figure({"near thigh": 90}, arrow="near knee")) == ("near", "leg")

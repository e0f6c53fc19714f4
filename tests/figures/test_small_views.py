"""A lens that enlarges, a second view, a ring where something touches, and crops for lists."""

import math

import pytest

from figures import check
from figures.free import Box, taken
from figures.picture import pointers
from tests.figures.shown import figure, numbers, of_class, root

HOLLOW = {"pelvis": 166, "chest": 192, "lens": "low back"}
FLAT = {"pelvis": 190, "chest": 180}


def tilting():
    return figure(HOLLOW, FLAT | {"lens": "low back"}, FLAT, arrow=["pelvis, round", "low back"])


def drawing_in(**words):
    return figure({"tummy": 2.6, "lens": "tummy"}, arrow="tummy, in", **words)


def insets(shapes):
    return list(root(shapes).iter("svg"))[1:]


def window(inset):
    return [float(n) for n in inset.get("viewBox").split()]


def box_of(inset):
    x, y, wide, high = (float(inset.get(name)) for name in ("x", "y", "width", "height"))
    return Box(x + wide / 2, y + high / 2, wide, high)


def corners(box):
    across, down = box.wide / 2, box.high / 2
    return [(box.x + dx * across, box.y + dy * down) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]


def test_a_lens_is_there_on_its_frames_and_enlarges_twice():
    counts = [len(insets(tilting().still(index))) for index in range(4)]
    assert counts == [0, 1, 1, 0]
    [lens] = insets(tilting().still(1))
    assert float(lens.get("width")) / window(lens)[2] > 2
    assert box_of(lens).wide > 100


def test_the_lens_keeps_its_place_and_shows_the_floor_below_the_low_back():
    drawn = tilting()
    [one], [other] = insets(drawn.still(1)), insets(drawn.still(2))
    assert box_of(one) == box_of(other)
    assert window(one) == window(other)
    left, top, wide, high = window(one)
    x, y = drawn.view.at(drawn.bodies[1].trunk.waist)
    assert left < x < left + wide
    assert top < y < top + high
    assert drawn.view.floor + 1.8 < top + high
    assert [each.get("class") for each in one][0] == "d-floor"


def test_the_gap_under_the_low_back_is_open_and_then_closed_in_the_lens():
    drawn = tilting()
    gaps = []
    for index in (1, 2):
        [lens] = insets(drawn.still(index))
        assert "d-trunk" in [each.get("class") for each in lens]
        body = drawn.bodies[index].trunk
        at, _up, front, _near = body.section("waist")
        gaps.append(at[1] + front[1] * -body.reach("waist")[1])
    assert gaps[0] > gaps[1] + 1


def test_arms_do_not_hide_what_the_lens_shows():
    [lens] = insets(drawing_in(seen="front").still(1))
    drawn = drawing_in(seen="front")
    pieces = [each for each in drawn.pieces(drawn.bodies[1]) if each.css != "d-shadow"]
    arms = [piece.path for piece in pieces if "arm" in piece.name]
    inside = [each.get("d") for each in lens]
    assert arms
    assert not set(arms) & set(inside)


def test_a_lens_on_a_foot_shows_legs_and_no_more_of_the_person():
    drawn = figure({"near thigh": 100, "lens": "near foot"}, arrow="near knee")
    [lens] = insets(drawn.still(1))
    by_name = {piece.name: piece.path for piece in drawn.pieces(drawn.bodies[1])}
    inside = {each.get("d") for each in lens}
    assert by_name["near leg"] in inside
    assert not {by_name["trunk"], by_name["head"], by_name["near arm"]} & inside


def test_the_tummy_s_skin_before_is_dashed_beside_two_arrows_inside_the_lens():
    shapes = drawing_in().still(1)
    [lens] = insets(shapes)
    names = [each.get("class") for each in lens.iter()]
    assert names.count("d-before") == 1
    assert names.count("d-arrow d-small") == 2
    assert len(of_class(shapes, "d-arrow")) == 2, "they are nowhere else"
    before = figure({"tummy": 0, "lens": "tummy"}, arrow="tummy, in").still(1)
    assert "d-before" not in before


def test_two_lenses_on_a_page_share_no_name():
    for shapes in (tilting().still(1), drawing_in().still(1)):
        assert all(each.get("id") is None for each in root(shapes).iter())
        assert "clip" not in shapes


@pytest.mark.parametrize(
    "words",
    [
        {"from": "standing"},
        {"from": "hands-and-knees"},
        {"from": "side-lying", "also": "feet"},
        {"seen": "corner", "also": "above"},
        {"also": "front"},
        {"seen": "above", "also": [30, 20]},
    ],
    ids=str,
)
def test_small_views_cover_neither_the_body_nor_its_arrows(words):
    raised = {"near thigh": 100, "near shank": 20, "lens": "hips"}
    drawn = figure(raised, {"near shank": 80, "lens": "hips"}, arrow="near ankle", **words)
    assert check(drawn.data) == []
    for index in (1, 2):
        boxes = [box_of(inset) for inset in insets(drawn.still(index))]
        assert all(one.gap((*at, 0)) > 0 for one in boxes[1:] for at in corners(boxes[0]))
        for box in boxes:
            assert 0 < box.x - box.wide / 2 < box.x + box.wide / 2 < 320
            assert 0 < box.y - box.high / 2 < box.y + box.high / 2 < 240
            assert all(box.gap(circle) > 0 for circle in taken(drawn.view, drawn.bodies[index]))
            for arrow in pointers(drawn, index):
                assert all(box.gap((x, y, 2.0)) > 0 for x, y in arrow.points)


def test_two_parts_of_a_movement_have_a_lens_each_with_the_same_corner():
    drawn = figure({"tummy": 2.6, "lens": "tummy"}, {"head": 30, "lens": "head"}, {})
    one, other = drawn.motion()["lenses"]
    assert [one["there"], other["there"]] == [
        [False, True, False, False],
        [False, False, True, False],
    ]
    [tummy], [head] = insets(one["frame"]), insets(other["frame"])
    assert box_of(tummy) == box_of(head)
    assert window(tummy) != window(head)
    [still] = insets(drawn.still(2))
    assert window(still) == window(head)
    left, top, wide, high = window(head)
    x, y = drawn.view.at(drawn.bodies[2].trunk.head)
    assert left < x < left + wide
    assert top < y < top + high


def test_a_second_view_shows_the_same_moment_from_elsewhere_with_its_own_ground():
    drawn = figure({"near thigh": 100}, also="above", arrow="near knee")
    for index in (0, 1):
        [inset] = insets(drawn.still(index))
        other = drawn.second
        assert other.bodies is drawn.bodies
        legs = [piece.path for piece in other.pieces(drawn.bodies[index]) if "leg" in piece.name]
        inside = [each.get("d") for each in inset.iter()]
        assert set(legs) <= set(inside)
        assert [each for each in inset if each.get("class") == "d-mat"]
    assert of_class(drawn.still(1), "d-arrow")
    level = figure({"near thigh": 100}, seen="above", also="side")
    [inset] = insets(level.still(0))
    assert [each for each in inset if each.get("class") == "d-floor"]


def test_a_ring_marks_where_a_foot_touches_the_ground():
    drawn = figure({"near ankle": "floor 30", "mark": "near foot"}, seen="corner")
    assert not of_class(drawn.still(0), "d-mark")
    [mark] = of_class(drawn.still(1), "d-mark")
    x, y = numbers(mark.get("d"))[:2]
    ankle = drawn.view.at(drawn.bodies[1].legs["near"].end)
    assert math.dist((x, y), ankle) < 15 * drawn.view.size


def test_a_small_picture_shows_the_part_that_tells_most():
    whole = crop(figure({"near thigh": 100}))
    hips = crop(figure({"near thigh": 100}, thumb="hips"))
    knees = crop(figure({"near thigh": 100}, thumb=["near knee", "far knee"]))
    assert hips.wide < 0.6 * whole.wide
    assert knees.wide > hips.wide
    drawn = figure({"near thigh": 100}, thumb="hips")
    x, y = drawn.view.at(drawn.bodies[1].trunk.hips)
    assert hips.gap((x, y, 0.0)) < -10


def crop(drawn, side="", frame=1):
    left, top, wide, high = map(float, drawn.crop(frame, side).split())
    return Box(left + wide / 2, top + high / 2, wide, high)


def test_a_small_picture_may_be_the_lens_or_the_second_view():
    drawn = drawing_in(thumb="lens")
    [lens] = insets(drawn.still(1, small=True))
    assert crop(drawn).gap((box_of(lens).x, box_of(lens).y, 0.0)) < -40
    assert crop(drawn, frame=0).wide > crop(drawn).wide, "without a lens it is the person"
    mirrored = crop(drawn, "left")
    assert mirrored.x == pytest.approx(320 - crop(drawn).x, abs=1)
    plain = figure({"tummy": 2.6, "lens": "tummy"})
    assert insets(plain.still(1, small=True)) == [], "half a lens at the edge would tell nothing"


def test_the_lens_moves_along_with_its_own_arrows_where_it_rests():
    data = tilting().motion()
    [lens] = data["lenses"]
    assert lens["there"] == [bool(frame.lens) for frame in tilting().frames]
    moving = [data["shapes"][number] for number in lens["of"]]
    assert any(not isinstance(shape["d"], int) and len(shape["d"]) > 1 for shape in moving), (
        "the trunk moves inside the lens"
    )
    [inside] = insets(lens["frame"])
    assert any("data-live" in each.attrib for each in inside.iter())
    [drawn_in] = drawing_in().motion()["lenses"]
    assert "d-arrow" in drawn_in["signs"][1]
    assert "d-before" in drawn_in["signs"][1]


def test_a_second_view_moves_along():
    also = figure({"near thigh": 100}, also="above").motion()["also"]
    own = [shape["place"] for shape in also["shapes"] if not isinstance(shape["place"], int)]
    assert any(len(place[0]) > 2 for place in own)
    [inside] = insets(also["frame"])
    assert any("data-live" in each.attrib for each in inside.iter())
    assert figure({"near thigh": 100}).motion()["also"] is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"also": "behind"}, "also is 'behind', must be one of: side"),
        ({"also": [200, 0]}, "also must be [degrees round"),
        ({"thumb": "nose"}, "thumb is 'nose', must be one of"),
        ({"thumb": ["hips"] * 9}, "thumb must be a joint, or a list"),
    ],
)
def test_small_views_that_cannot_be(change, said):
    [problem] = check(tilting().data | change)
    assert problem.startswith(said)


@pytest.mark.parametrize("word", ["lens", "mark"])
def test_a_lens_and_a_mark_need_a_part(word):
    data = figure({word: "low nose"}).data
    [problem] = check(data)
    assert problem.startswith(f"frame 2: {word} is 'low nose', must be one of")

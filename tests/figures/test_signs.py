"""Signs beside a pose: an arrow where something moves, a badge where it is held or done again."""

import math

import pytest

from figures import Figure, check
from figures.free import taken
from figures.picture import pointers
from figures.pose import HOLD, MOVE, REST, RETURN, SET_UP
from tests.figures.shown import ENTRIES, figure, numbers, of_class, phases, words

UP = {"near thigh": 92, "near shank": -6}
HELD = [SET_UP, MOVE, HOLD, RETURN, REST]


def held():
    frames = (UP, {}, {"near thigh": 56, "near shank": -60}, {})
    return figure(*frames, phases=HELD, arrow="near knee")


def signs(shapes):
    return len(of_class(shapes, "d-sign"))


def test_each_phase_has_its_own_sign():
    arrows = [len(of_class(held().still(index), "d-arrow")) for index in range(5)]
    badges = [signs(held().still(index)) for index in range(5)]
    assert arrows == [0, 1, 0, 1, 0]
    assert badges == [0, 0, 1, 0, 0]


def test_the_way_back_has_the_arrow_turned_round():
    [there], [back] = pointers(held(), 1), pointers(held(), 3)
    (x, y), (back_x, back_y) = (
        (arrow.points[-1][0] - arrow.points[0][0], arrow.points[-1][1] - arrow.points[0][1])
        for arrow in (there, back)
    )
    assert x * back_x + y * back_y < -0.8 * math.hypot(x, y) * math.hypot(back_x, back_y)


def test_what_is_counted_is_done_again_and_what_is_held_is_not():
    again = figure(UP, {"near thigh": 56, "near shank": -60}, phases=[SET_UP, MOVE, RETURN])
    assert [signs(again.still(index)) for index in range(3)] == [0, 0, 1]
    assert again.still(2) != held().still(2)
    assert signs(held().still(3)) == 0


def test_a_sign_has_room_for_words_from_outside_and_they_are_never_mirrored():
    for side in ("right", "left"):
        shapes = held().still(2, side, amount="20–30 s")
        assert words(shapes) == ["20–30 s"]
        [text] = of_class(shapes, "d-amount")
        assert 0 < float(text.get("x")) < 320 - 7 * 9
        assert "matrix" not in shapes[shapes.index("d-sign") :]
    assert "<b>" not in held().still(2, amount="<b>")


@pytest.mark.parametrize("side", ["right", "left"])
def test_no_sign_lies_where_a_page_numbers_its_steps(side):
    [badge] = of_class(held().still(2, side), "d-sign")
    assert math.dist(middle(badge.get("d")), (0, 0)) > 60


@pytest.mark.parametrize("slug", ENTRIES)
@pytest.mark.parametrize("side", ["right", "left"])
def test_signs_keep_clear_of_the_body(slug, side):
    drawn = Figure(ENTRIES[slug]["figure"], phases(ENTRIES[slug]))
    for index, body in enumerate(drawn.bodies):
        for badge in of_class(drawn.still(index, side), "d-sign"):
            x, y = middle(badge.get("d"))
            x = 320 - x if drawn.is_mirrored(side) else x
            circles = taken(drawn.view, body)
            assert min(math.dist((x, y), at[:2]) - at[2] for at in circles) > 14


def middle(path):
    """Of the ring, which ends a badge's path."""
    ring = path[path.rindex("M") :]
    x, y, radius = numbers(ring)[:3]
    return x + radius, y


def test_an_arrow_on_a_hold_or_a_rest_is_refused():
    data = held().data
    data["frames"][2]["arrow"] = "near knee"
    assert check(data, HELD) == ["frame 3: arrow must not be there, for its step is a hold"]

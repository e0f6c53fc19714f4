"""The drawn body: hands that hold, what is hidden, what touches the ground, what the muscles do."""

import math
import re
from xml.etree import ElementTree

import pytest
import yaml

from exercises import library
from figures import Figure, check, muscles_are
from figures.colours import STYLES
from figures.contacts import touching
from figures.hands import hand, under_the_back
from figures.person import parted


def entry(slug):
    content = yaml.safe_load((library.FOLDER / f"{slug}.yaml").read_text(encoding="utf-8"))
    phases = [next(iter(step)).replace(" ", "_") for step in content["steps"]]
    return Figure({"muscles_are": muscles_are(content["kind"]), **content["figure"]}, phases)


def drawing(*changes, phases=(), start="supine-knees-bent", **more):
    frames = [
        {"says": f"Pose {number}.", "step": number, **change}
        for number, change in enumerate(({}, *changes), 1)
    ]
    data = {"from": start, "frames": frames, **more}
    assert check(data, phases) == []
    return Figure(data, phases)


def order(figure, index):
    return [piece.name for piece in figure.pieces(figure.bodies[index])]


def classes(shapes):
    root = ElementTree.fromstring(f"<svg>{shapes}</svg>")  # noqa: S314  our own
    return [path.get("class") for path in root.iter("path")]


HELD = {"near thigh": 92, "near shank": -6, "hands": "behind near thigh"}


# --- hands


def test_a_hand_that_holds_a_thigh_has_its_thumb_on_the_viewer_s_side_and_fingers_behind():
    figure = drawing(HELD)
    body = figure.bodies[1]
    found = hand(body, "near")
    bone = figure.view.depth(body.legs["near"].middle)
    assert figure.view.depth(found.thumb[1]) > bone > figure.view.depth(found.tips)
    names = order(figure, 1)
    assert names.index("near hand") < names.index("near shank rim"), "the fingers, behind"
    assert names.index("near forearm") > names.index("near shank"), "with the thumb, before"


def test_fingers_of_the_other_hand_come_round_to_the_viewer_and_lie_over_the_first():
    names = order(drawing(HELD), 1)
    assert names.index("far hand") > names.index("near shank")
    assert names.index("far arm") < names.index("near shank rim")


@pytest.mark.parametrize(
    ("change", "hooked"),
    [
        (HELD, True),
        ({"near thigh": 100, "near shank": 20, "hands": "near shin"}, True),
        ({"hands": "tummy"}, False),
        ({"hands": "own hip"}, False),
        ({}, False),
    ],
)
def test_a_hand_is_hooked_round_what_it_holds_and_flat_on_what_it_rests_on(change, hooked):
    figure = drawing(change) if change else drawing({"head": 1})
    found = hand(figure.bodies[1], "near")
    along = math.dist(found.palm, found.tips)
    assert found.grip.hooked is hooked
    assert ("near" in set(parted(figure.view, figure.bodies[1]))) is hooked
    assert along < 4.6 if hooked else along > 4.6


def test_hands_that_hold_a_strap_are_fists():
    figure = entry("strap-hamstring-stretch")
    assert figure.holding == "strap"
    assert hand(figure.bodies[-1], "near", figure.holding).grip.hooked


def test_a_thumb_is_on_the_side_that_it_is_on():
    """Standing with the arms hanging: thumbs point ahead, on both hands."""
    body = drawing({"head": 1}, start="standing").bodies[0]
    for side in ("near", "far"):
        base, tip = hand(body, side).thumb
        assert tip[0] > base[0] + 1


# --- what is hidden


def test_hands_under_the_back_are_behind_it_and_their_outline_is_dashed_on_top():
    figure = entry("modified-curl-up")
    shown = [i for i, body in enumerate(figure.bodies) if under_the_back(body, "near")]
    names = order(figure, shown[0])
    assert names.index("near hand") < names.index("trunk") < names.index("near hand hidden")
    assert "d-hidden" in classes(figure.still(shown[0]))


def test_a_hand_that_lies_beside_the_body_has_no_dashed_outline():
    assert "d-hidden" not in classes(drawing({"head": 2}).still(1))


def test_the_hand_through_the_gap_is_behind_the_leg_and_in_front_of_the_thigh_it_holds():
    figure = entry("figure-four-stretch")
    through = [i for i, body in enumerate(figure.bodies) if "far" in body.held.get("near hand", "")]
    for index in through:
        names = order(figure, index)
        assert names.index("near forearm") < names.index("near shank rim")
        assert names.index("near hand") > names.index("far shank")
    assert through


def test_an_arm_that_goes_through_the_gap_is_behind_its_own_leg_from_every_side():
    crossed = {"near ankle": "far thigh", "near knee": 30, "far thigh": 120, "far shank": 0}
    for seen in ("side", "corner", "above", "feet"):
        names = order(drawing(crossed | {"hands": "behind far thigh"}, seen=seen, props=["mat"]), 1)
        assert names.index("near forearm") < names.index("near shank rim"), seen


# --- tones


def test_no_rim_crosses_the_hip_or_the_knee():
    """The pelvis has the tone of the thigh and comes right after it; a shank is drawn twice."""
    names = order(drawing({"head": 2}), 1)
    near = names.index("near leg")
    assert names[near - 1 : near + 2] == ["near shank rim", "near leg", "near shank"]
    assert names.index("pelvis") > near
    shapes = classes(drawing({"head": 2}).still(1))
    assert {"d-near", "d-near-low", "d-far-low", "d-pelvis", "d-trunk"} <= set(shapes)


def test_a_thigh_that_comes_towards_the_viewer_is_in_front_of_the_pelvis():
    names = order(drawing({"thighs": 90, "shanks": 0}, seen="above", props=["mat"]), 1)
    assert names.index("pelvis") < names.index("near shank rim")


# --- contacts


def shadows(figure, index):
    pieces = figure.pieces(figure.bodies[index])
    seen = [piece for piece in pieces if piece.css == "d-shadow" and piece.strength]
    return {piece.name.removeprefix("shadow of ") for piece in seen}


def test_what_touches_has_a_shadow_and_what_is_lifted_has_none():
    figure = drawing({"near thigh": 100, "near shank": 20})
    assert {"near heel on ground", "far heel on ground", "head on ground"} <= shadows(figure, 0)
    lifted = shadows(figure, 1)
    assert "far heel on ground" in lifted
    assert not {"near heel on ground", "near toes on ground"} & lifted
    assert "near heel" not in touching(figure.bodies[1], {})


def test_a_shadow_fades_on_the_way_up():
    figure = drawing({"near thigh": 70, "near shank": -40})
    name = "shadow of near heel on ground"
    seen = [
        piece.strength
        for share in (0.0, 0.05, 0.1, 0.5)
        for piece in figure.pieces(figure.between(0, share))
        if piece.name == name
    ]
    assert seen == sorted(seen, reverse=True)
    assert (seen[0], seen[-1]) == (1, 0)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"start": "sitting", "props": ["chair"]}, "hips on ground"),
        ({"start": "standing", "props": [{"wall": -9}]}, "near heel on ground"),
        ({"seen": "above", "props": ["mat"]}, "head on ground"),
    ],
)
def test_seats_floors_and_mats_take_shadows(more, expected):
    assert expected in shadows(drawing({"head": 2}, **more), 0)


def test_a_back_on_a_wall_has_its_shadow_there():
    figure = entry("wall-squat")
    assert any(name.endswith("on wall") for name in shadows(figure, len(figure.bodies) - 1))


# --- muscles

STRETCH = ("set_up", "move", "hold", "return")


def test_a_muscle_says_by_its_class_whether_it_is_stretched_or_works():
    change, back = {"near thigh": 92, "near shank": 60}, {"near shank": 0}
    told = {"muscles": ["near hamstrings"], "phases": STRETCH}
    stretched = drawing(change, {}, back, muscles_are="stretched", **told)
    works = drawing(change, {}, back, **told)
    assert "d-muscle d-stretched" in classes(stretched.still(2))
    assert "d-muscle d-working" in classes(works.still(2))
    for figure in (stretched, works):
        at_rest = [name for name in classes(figure.still(0)) if name.startswith("d-muscle")]
        assert at_rest == ["d-muscle"]


@pytest.mark.parametrize(("muscle", "drawn"), [("near sciatic nerve", "nerve"), ("spine", "spine")])
def test_a_nerve_and_the_spine_say_it_too(muscle, drawn):
    figure = drawing({"near thigh": 92}, muscles=[muscle], phases=STRETCH)
    assert f"d-{drawn} d-working" in classes(figure.still(1))
    assert f"d-{drawn} d-working" not in classes(figure.still(0))


def test_a_stretch_is_full_where_it_is_held_and_half_on_the_way():
    figure = drawing(
        {"near thigh": 92}, {}, {"near shank": 0}, muscles=["near calf"], phases=STRETCH
    )
    assert [body.effort for body in figure.bodies] == [0, 0.5, 1, 0.3]
    assert 0 < figure.between(0, 0.5).effort < 0.5
    assert 'opacity="0.5"' in figure.still(1)


def test_a_muscle_tapers_to_both_ends():
    figure = drawing({"near thigh": 92}, muscles=["near hamstrings"])
    [region] = [p for p in figure.pieces(figure.bodies[1]) if p.name == "near hamstrings"]
    assert re.fullmatch(r"M[-\d. ]+(c[-\d. ]+){2}z", region.path), "two curves between two tips"
    assert region.place == pytest.approx(
        next(p.place for p in figure.pieces(figure.bodies[1]) if p.name == "near leg")
    )


@pytest.mark.parametrize(
    ("kind", "state"), [("stretch", "stretched"), ("nerve", "stretched"), ("strength", "working")]
)
def test_what_muscles_do_goes_by_the_kind_of_exercise(kind, state):
    assert muscles_are(kind) == state


def test_what_muscles_do_must_be_a_word_for_it():
    data = {"from": "supine", "muscles_are": "tired", "frames": [{"says": "A."}, {"says": "B."}]}
    assert check(data) == ["muscles_are is 'tired', must be one of: working, stretched"]


def test_working_muscles_pulse_while_the_figure_plays_and_never_where_less_motion_is_wished():
    styles = (STYLES / "components" / "_drawing.scss").read_text(encoding="utf-8")
    [block] = re.findall(r"\(prefers-reduced-motion: no-preference\) \{(.*?)\n\}", styles, re.S)
    assert styles.count("var(--pulse") == block.count("var(--pulse") == 1
    assert "animation:" not in styles, "an endless animation never lets the page rest"
    assert '[data-moving="playing"] .figure .d-muscle.d-working' in block

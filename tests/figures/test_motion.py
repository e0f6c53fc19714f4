"""A figure as data for the script that moves it."""

import itertools
import json
import re

import pytest
import yaml

from exercises import library
from figures import Figure
from figures.motion import SLACK

LIBRARY = {
    path.stem: data
    for path in sorted(library.FOLDER.glob("*.yaml"))
    if "figure" in (data := yaml.safe_load(path.read_text(encoding="utf-8")))
}
entries = pytest.mark.parametrize("slug", LIBRARY)


def figure_of(slug):
    phases = [next(iter(step)).replace(" ", "_") for step in LIBRARY[slug]["steps"]]
    return Figure.of(LIBRARY[slug]["figure"], phases)


def at(pair, moment):
    values = pair[0]
    return values[pair[1][moment]] if len(pair) > 1 else values[0]


def whole(shapes):
    """A number stands for what is the same of the shape of that number."""
    return [
        {key: shapes[value][key] if isinstance(value, int) else value for key, value in one.items()}
        for one in shapes
    ]


def numbers(path):
    return [float(number) for number in re.findall(r"-?[\d.]+", path)]


def drawn(data, moment):
    """The paths of one moment, farthest first."""
    shapes = [whole(data["shapes"])[number] for number in at(data["order"], moment)]
    return [(at(shape["d"], moment), at(shape["css"], moment)) for shape in shapes]


@entries
def test_each_beat_ends_in_the_pose_of_its_frame(slug):
    figure = figure_of(slug)
    data = figure.motion()
    for beat, told in zip(figure.timeline.beats, data["beats"], strict=True):
        pieces = figure.pieces(figure.bodies[beat.frame])
        shown = drawn(data, told["at"][-1])
        assert [css for _path, css in shown] == [piece.css for piece in pieces]
        for (path, _css), piece in zip(shown, pieces, strict=True):
            assert numbers(path) == pytest.approx(numbers(piece.path), abs=SLACK)
        assert (told["step"], told["phase"]) == (beat.step, beat.phase)


@entries
def test_nothing_jumps_from_beat_to_beat_nor_from_the_end_to_the_next_repetition(slug):
    data = figure_of(slug).motion()
    beats = [*data["beats"], data["beats"][data["again"]]]
    for before, after in itertools.pairwise(beats):
        assert drawn(data, before["at"][-1]) == drawn(data, after["at"][0])


@entries
def test_a_shape_keeps_its_commands_while_it_moves(slug):
    """The script works out the numbers between two moments. Hair and eyes may come into sight."""
    data = figure_of(slug).motion()
    for beat in data["beats"]:
        for one, other in itertools.pairwise(beat["at"]):
            for shape in whole(data["shapes"]):
                if shape["css"][0][0] in ("d-hair", "d-eye"):
                    continue
                ways = {re.sub(r"-?[\d.]+", "0", at(shape["d"], moment)) for moment in (one, other)}
                assert len(ways - {""}) <= 1


@entries
def test_where_nothing_moves_nothing_is_said_twice(slug):
    data = figure_of(slug).motion()
    for shape in whole(data["shapes"]):
        for pair in shape.values():
            assert len(pair[0]) == len({json.dumps(value) for value in pair[0]})
    for beat in data["beats"]:
        assert len(beat["at"]) > 1 if beat["goes"] else len(beat["at"]) == 1


@entries
def test_a_limb_and_its_rim_are_said_once(slug):
    shapes = figure_of(slug).motion()["shapes"]
    said = [json.dumps(shape["d"]) for shape in shapes if not isinstance(shape["d"], int)]
    long = [one for one in said if len(one) > 400]
    assert len(long) == len(set(long))


@entries
def test_a_held_pose_has_no_arrow_to_show(slug):
    figure = figure_of(slug)
    data = figure.motion()
    for frame, signs in zip(figure.frames, data["signs"], strict=True):
        assert "d-arrow" not in signs or frame.phase not in ("hold", "rest")


def test_a_way_back_is_the_way_there_from_its_end():
    frames = [
        {"says": "Lying.", "step": 1},
        {"says": "Leg up.", "step": 2, "near thigh": 90, "near shank": 70},
        {"says": "Lying again.", "step": 3, "near thigh": 45, "near shank": -60},
    ]
    start = {"near thigh": 45, "near shank": -60, "near foot": 0}
    data = {"from": "supine-knees-bent", "frames": [frames[0] | start, *frames[1:]]}
    _set_up, there, back = Figure(data, ["set_up", "move", "return"]).motion()["beats"]
    assert back["at"][1:-1] == there["at"][1:-1][::-1]
    assert len(there["at"]) > 3

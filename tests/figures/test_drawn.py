"""The figures of the library, drawn."""

import gzip
import itertools
import json
import re
from xml.etree import ElementTree

import pytest
import yaml

from exercises import library
from figures import Figure, check
from figures.body import HEAD

DATA = {
    path.stem: data
    for path in sorted(library.FOLDER.glob("*.yaml"))
    if (data := yaml.safe_load(path.read_text(encoding="utf-8")).get("figure"))
}
PHASES = {entry.slug: entry.columns["phases"] for entry in library.read()}
entries = pytest.mark.parametrize("slug", DATA)


def over_the_wire(shapes):
    return len(gzip.compress(shapes.encode()))


def test_there_are_figures():
    assert {"bridge", "lying-hamstring-stretch"} <= DATA.keys()


@entries
def test_a_figure_is_right_and_small(slug):
    assert check(DATA[slug], PHASES[slug]) == []
    figure = Figure.of(DATA[slug], PHASES[slug])
    for index, frame in enumerate(figure.frames):
        largest = 3_600 if frame.lens or figure.second else 2_600
        assert over_the_wire(figure.still(index, "left", tag="L", amount="20–30 s")) < largest
    assert over_the_wire(json.dumps(figure.motion())) < (28_672 if figure.second else 16_384)


@entries
def test_each_frame_is_described_and_looks_different_from_the_one_before(slug):
    figure = Figure.of(DATA[slug], PHASES[slug])
    said = [frame.says for frame in figure.frames]
    assert len(set(said)) == len(said)
    assert all(len(words.split()) <= 25 and words.endswith(".") for words in said)
    stills = [figure.still(index) for index in range(len(figure.frames))]
    assert all(before != after for before, after in itertools.pairwise(stills))


@entries
def test_frames_show_steps_that_are_written(slug):
    shown = {step for frame in Figure.of(DATA[slug]).frames for step in frame.steps}
    assert shown
    assert shown <= set(range(1, len(PHASES[slug]) + 1))


@entries
def test_a_figure_is_well_formed_and_keeps_to_the_content_policy(slug):
    figure = Figure.of(DATA[slug])
    for index in range(len(figure.frames)):
        shapes = figure.still(index, "left", tag="L")
        root = ElementTree.fromstring(f"<svg>{shapes}</svg>")  # noqa: S314  our own
        used = {name for element in root.iter() for name in element.attrib}
        assert not used & {"style", "id", "href", "fill", "onload"}
        assert {element.tag for element in root.iter()} <= {"svg", "g", "path", "text"}


@entries
def test_on_the_way_between_two_poses_nothing_jolts_the_body(slug):
    """A limb that would go through the floor lifts the whole body; a good pose leaves it way."""
    figure = Figure.of(DATA[slug])
    heights = [body.trunk.hips[1] for body in figure.bodies]
    for index, (start, end) in enumerate(itertools.pairwise(heights)):
        for body in figure.ways[index + 1]:
            assert min(start, end) - 0.6 < body.trunk.hips[1] < max(start, end) + 0.6


def test_the_lying_hamstring_stretch_goes_through_its_poses():
    """Start; knee on its way, then over the hip, held behind; half straight; almost straight."""
    start, tight, coming, bent, half, straight, hold, back, rest = Figure.of(
        DATA["lying-hamstring-stretch"]
    ).bodies
    assert start.legs["near"].end[1] < coming.legs["near"].end[1] < bent.legs["near"].end[1]
    near = [body.legs["near"] for body in (start, bent, half, hold)]
    assert near[0].end[1] < 5
    for leg in near[1:]:
        assert abs(leg.middle[0] - leg.root[0]) < 2, "the knee stays over the hip"
    heights = [leg.end[1] for leg in near]
    assert heights == sorted(heights)
    assert all(later > earlier + 6 for earlier, later in zip(heights, heights[1:], strict=False))
    assert straight.legs["near"].end == pytest.approx(hold.legs["near"].end)
    for body in (back, rest):
        assert body.legs["near"].end == pytest.approx(bent.legs["near"].end)
    for body in (coming, bent, half, hold, back, rest):
        assert body.legs["far"].end == pytest.approx(start.legs["far"].end)
        assert body.arms["far"].end[1] > 15


def test_hands_behind_a_thigh_are_seen_on_it_from_the_feet():
    figure = Figure.of(DATA["figure-four-stretch"])
    for index, above in ((0, False), (2, True)):
        order = [piece.name for piece in figure.pieces(figure.bodies[index])]
        for hand in ("near hand", "far hand"):
            assert (order.index(hand) > order.index("far shank")) is above


def test_a_frame_may_have_two_arrows():
    figure = Figure.of(DATA["dead-bug"], PHASES["dead-bug"])
    arrows = [figure.arrow(index).count("d-arrow") for index in range(7)]
    assert arrows == [0, 1, 1, 0, 2, 2, 2]


def test_a_wall_is_higher_than_whoever_stands_at_it():
    figure = Figure.of(DATA["wall-squat"])
    [wall] = [piece.path for piece in figure.pieces(figure.bodies[0]) if piece.name == "wall"]
    top = min(float(y) for y in re.findall(r"[\d.]+ ([\d.]+)", wall))
    head = figure.bodies[0].trunk.head
    assert top < figure.view.at((head[0], head[1] + HEAD, 0.0))[1]

"""The figures of the library, drawn."""

import gzip
import itertools
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
    assert check(DATA[slug]) == []
    figure = Figure.of(DATA[slug])
    for index in range(len(figure.frames)):
        assert over_the_wire(figure.still(index)) < 2_600
    assert over_the_wire(figure.moving()) < 7_168


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
    for shapes in (figure.moving("left"), *(figure.still(i) for i in range(len(figure.frames)))):
        root = ElementTree.fromstring(f"<svg>{shapes}</svg>")  # noqa: S314  our own
        used = {name for element in root.iter() for name in element.attrib}
        assert not used & {"style", "id", "href", "fill", "onload"}
        assert {element.tag for element in root.iter()} <= {
            "svg", "g", "path", "animate", "animateTransform",
        }  # fmt: skip


@entries
def test_every_movement_starts_and_ends_at_the_same_place(slug):
    root = ElementTree.fromstring(f"<svg>{Figure.of(DATA[slug]).moving()}</svg>")  # noqa: S314
    animated = [*root.iter("animate"), *root.iter("animateTransform")]
    assert animated
    for element in animated:
        values = element.get("values").split(";")
        times = [float(time) for time in element.get("keyTimes").split(";")]
        assert values[0] == values[-1]
        assert len(values) == len(times)
        assert (times[0], times[-1]) == (0, 1)
        assert times == sorted(set(times))
        shape = {re.sub(r"-?[\d.]+", "0", value) for value in values}
        assert len(shape) == 1, "a path must keep its commands to be animated"


@entries
def test_on_the_way_between_two_poses_nothing_jolts_the_body(slug):
    """A limb that would go through the floor lifts the whole body; a good pose leaves it way."""
    figure = Figure.of(DATA[slug])
    heights = [body.trunk.hips[1] for body in figure.bodies]
    for index, (start, end) in enumerate(itertools.pairwise(heights)):
        for body in figure.ways[index + 1]:
            assert min(start, end) - 0.6 < body.trunk.hips[1] < max(start, end) + 0.6


def test_a_movement_that_goes_round_leaves_out_what_comes_before_and_never_rests():
    data = {
        "from": "standing",
        "loop": 2,
        "frames": [
            {"says": "Standing."},
            {"says": "One arm forward.", "near upper arm": -60},
            {"says": "The other.", "near upper arm": -120},
        ],
    }
    assert check(data) == []
    figure = Figure.of(data)
    rest, start, last = (
        piece for body in figure.bodies for piece in figure.pieces(body) if piece.name == "near arm"
    )
    root = ElementTree.fromstring(f"<svg>{figure.moving()}</svg>")  # noqa: S314  our own
    [arm] = [path for path in root.iter("path") if path.get("d") == last.path]
    [turns] = [
        part.get("values") for part in arm.iter("animateTransform") if part.get("type") == "rotate"
    ]
    moving = [float(turn) for turn in turns.split(";")]
    assert moving[0] == moving[-1] == pytest.approx(start.place[2], abs=0.1)
    assert all(abs(turn - rest.place[2]) > 5 for turn in moving)
    assert all(one != after for one, after in itertools.pairwise(moving))


def test_the_lying_hamstring_stretch_goes_through_its_poses():
    """Start; knee on its way, then over the hip, held behind; half straight; almost straight."""
    start, coming, bent, tight, half, straight, hold, back, rest = Figure.of(
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
    for body in (tight, back, rest):
        assert body.legs["near"].end == pytest.approx(bent.legs["near"].end)
    for body in (coming, bent, tight, half, hold, back, rest):
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

"""When a figure moves and when it stays, by the phases of its steps."""

import itertools

import pytest
import yaml

from exercises import library
from figures import Figure, check

LIBRARY = {
    path.stem: data
    for path in sorted(library.FOLDER.glob("*.yaml"))
    if "figure" in (data := yaml.safe_load(path.read_text(encoding="utf-8")))
}
PHASES = ["set_up", "set_up", "move", "hold", "return", "rest"]
FRAMES = [
    {"says": "Lying.", "step": 1},
    {"says": "Knee up.", "step": 2, "near thigh": 90, "near shank": 0},
    {"says": "Half way.", "step": 3, "near shank": 30},
    {"says": "Leg up.", "step": 3, "near shank": 70},
    {"says": "Held.", "step": 4},
    {"says": "Knee bent.", "step": 5, "near shank": 0},
    {"says": "Resting.", "step": 6},
]


def figure_of(frames=FRAMES, phases=PHASES, **words):
    data = {"from": "supine-knees-bent", "arrow": "near ankle", "frames": frames} | words
    assert check(data, phases) == []
    return Figure.of(data, phases)


def phases_of(slug):
    return [next(iter(step)).replace(" ", "_") for step in LIBRARY[slug]["steps"]]


def test_each_frame_has_a_beat_with_its_step_and_phase():
    beats = figure_of().timeline.beats
    assert [(beat.step, beat.phase, beat.frame) for beat in beats] == [
        (1, "set_up", 0),
        (2, "set_up", 1),
        (3, "move", 2),
        (3, "move", 3),
        (4, "hold", 4),
        (5, "return", 5),
        (6, "rest", 6),
    ]


def test_a_repetition_goes_from_the_first_movement_to_the_end_and_setting_up_is_done_once():
    timeline = figure_of().timeline
    assert [beat.step for beat in timeline.repetition] == [3, 3, 4, 5, 6]
    assert timeline.shown == len(timeline.beats), "it ends where the next one begins"


def test_where_no_frame_leads_back_the_end_does():
    timeline = figure_of(FRAMES[:5]).timeline
    back = timeline.beats[-1]
    assert (back.step, back.phase, back.start, back.frame) == (0, "return", 4, 1)
    assert back.seconds > 0
    assert timeline.of_frame(1) == 1


def test_who_stays_in_a_pose_does_not_move():
    moving = {beat.frame: beat.seconds > 0 for beat in figure_of().timeline.beats}
    assert moving == {0: False, 1: True, 2: True, 3: True, 4: False, 5: True, 6: False}


def test_a_hold_stays_long_enough_to_be_seen_and_a_pause_may_make_it_longer():
    frames = [*FRAMES[:4], {"says": "Held.", "step": 4, "pause": 6}]
    assert figure_of().timeline.beats[4].stays == 4
    assert figure_of(frames).timeline.beats[4].stays == 6


def test_a_frame_of_several_steps_has_a_beat_for_each():
    frames = [FRAMES[0], {"says": "Held.", "step": [3, 4], "near thigh": 90, "near shank": 0}]
    beats = figure_of(frames).timeline.beats[1:3]
    assert [(beat.step, beat.phase, beat.seconds > 0) for beat in beats] == [
        (3, "move", True),
        (4, "hold", False),
    ]


def test_a_movement_that_goes_round_leaves_out_what_comes_before_and_never_rests():
    frames = [
        {"says": "Standing.", "step": 1},
        {"says": "One arm forward.", "step": 2, "near upper arm": -60},
        {"says": "The other.", "step": 2, "near upper arm": -120},
    ]
    timeline = figure_of(frames, ["set_up", "move"], **{"from": "standing", "loop": 2}).timeline
    assert [(beat.start, beat.frame, beat.stays) for beat in timeline.repetition] == [
        (1, 2, 0),
        (2, 1, 0),
    ]


@pytest.mark.parametrize("slug", LIBRARY)
def test_every_beat_begins_where_the_one_before_ends(slug):
    figure = Figure.of(LIBRARY[slug]["figure"], phases_of(slug))
    timeline = figure.timeline
    once_more = [*timeline.beats, timeline.beats[timeline.repeats_from]]
    for before, after in itertools.pairwise(once_more):
        assert figure.frames[after.start].pose == figure.frames[before.frame].pose

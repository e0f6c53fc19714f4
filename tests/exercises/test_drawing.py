"""Figures in templates."""

import json
import re

import pytest
import yaml
from django.template import Context, Template

from exercises import drawing, library
from exercises.models import Exercise, ExerciseVersion
from exercises.words import figures as words
from figures import MUSCLES, Figure, check

DATA = {
    path.stem: data
    for path in sorted(library.FOLDER.glob("*.yaml"))
    if (data := yaml.safe_load(path.read_text(encoding="utf-8")).get("figure"))
}


STRETCHED = {"muscles_are": "stretched"}


def drawn(tags, figure, kind="stretch"):
    version = ExerciseVersion(figure=figure, exercise=Exercise(kind=kind))
    return Template("{% load figures %}" + tags).render(Context({"version": version}))


def test_the_still_shows_the_telling_frame_with_its_words():
    data = DATA["lying-hamstring-stretch"]
    figure = Figure.of(data | STRETCHED)
    html = drawn('{% figure version "sm" %}', data)
    assert figure.still(small=True) in html
    assert f'aria-label="{figure.frames[figure.telling].says}"' in html
    assert "figure--sm" in html


def test_the_other_side_is_the_mirror_image():
    data = DATA["lying-hamstring-stretch"]
    assert "matrix(-1" in drawn('{% figure version side="left" %}', data)
    assert "matrix(-1" not in drawn('{% figure version "sm" "right" %}', data)


def test_the_cover_may_be_another_frame():
    data = DATA["bridge"] | {"cover": 1}
    assert data["frames"][0]["says"] in drawn("{% figure version %}", data)


def test_without_a_figure_the_sign_of_the_kind_stands_in():
    for tag in ("figure", "moving_figure"):
        html = drawn(f"{{% {tag} version %}}", {})
        assert "kind-stretch" in html
        assert 'role="img"' not in html


def test_a_step_has_the_pose_that_shows_it_or_none():
    data = DATA["lying-hamstring-stretch"]
    assert data["frames"][2]["says"] in drawn("{% figure_step version 3 %}", data)
    assert drawn("{% figure_step version 9 %}", data).strip() == ""
    assert drawn("{% figure_step version 1 %}", {}).strip() == ""


def test_the_moving_figure_rests_on_the_telling_pose_and_says_where_its_movement_is():
    data = DATA["bridge"]
    html = drawn("{% moving_figure version %}", data)
    assert Figure.of(data | STRETCHED).still() in html
    [mark] = re.findall(r'data-motion-url="/exercises/versions/[0-9a-f-]+/motion/(\w+)/"', html)
    other = drawn("{% moving_figure version %}", data | {"seen": "front"})
    assert mark not in other, "another movement has another address"
    for frame in data["frames"]:
        assert frame["says"] in html


@pytest.mark.parametrize(
    ("slug", "kind", "says"),
    [
        ("lying-hamstring-stretch", "stretch", "Stretches: back of the thigh"),
        ("bridge", "strength", "Works: buttock, back of the thigh"),
        ("cat-camel", "mobility", "Moves: back"),
        ("sciatic-nerve-slider", "nerve", "Moves: nerve down the back of the leg"),
    ],
)
def test_what_the_coloured_muscle_does_stands_below_the_figure(slug, kind, says):
    html = drawn("{% moving_figure version %}", DATA[slug], kind)
    assert says in html
    state = "stretched" if kind in ("stretch", "nerve") else "working"
    [legend] = re.findall(r'moving__muscles">(.*?)</p>', html, re.S)
    assert f'class="d-muscle d-{state}"' in legend, "the colour that it has in the figure"


def test_a_figure_may_say_what_its_muscles_do():
    html = drawn("{% moving_figure version %}", DATA["bridge"] | STRETCHED, "mobility")
    assert "Stretches: buttock" in html


def test_every_muscle_has_words():
    names = {muscle.removeprefix("near ").removeprefix("far ") for muscle in MUSCLES}
    assert names == set(words.MUSCLES)


def test_words_of_a_figure_cannot_leave_their_place():
    data = DATA["bridge"] | {
        "cover": 1,
        "frames": [{"says": '"><script>'}, {"says": "</svg><b>", "near thigh": 90}],
    }
    assert check(data) == []
    for tag in ("figure version", "moving_figure version"):
        html = drawn(f"{{% {tag} %}}", data)
        assert "<script" not in html
        assert "<b>" not in html


def test_a_drawing_is_made_once_for_all_who_ask(monkeypatch):
    data = DATA["bridge"] | {"cover": 1}
    asked = []
    still = Figure.still

    def counted(self, *args, **more):
        asked.append(args)
        return still(self, *args, **more)

    monkeypatch.setattr(Figure, "still", counted)
    stretch = Exercise(kind="stretch")
    same = [json.loads(json.dumps(data)) for _ in range(2)]
    versions = [ExerciseVersion(figure=figure, exercise=stretch) for figure in same]
    first, second = (drawing.still(version, "left") for version in versions)
    assert first is second
    assert len(asked) == 1
    assert drawing.still(versions[0], "right") != first

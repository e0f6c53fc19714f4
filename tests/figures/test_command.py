"""`python -m figures`: the library's figures on one sheet, without Django."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from figures import Figure
from figures.__main__ import LIBRARY, drawn, main
from figures.sheet import strip

ROOT = Path(__file__).resolve().parents[2]
BRIDGE = yaml.safe_load((LIBRARY / "bridge.yaml").read_text(encoding="utf-8"))["figure"]


def refused(capsys, *arguments: str) -> str:
    with pytest.raises(SystemExit):
        main(arguments)
    return capsys.readouterr().err


def labels(svg: str) -> list[str | None]:
    root = ElementTree.fromstring(svg)  # noqa: S314  our own
    return [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]


def test_the_sheet_has_every_frame_with_its_label(tmp_path):
    path = tmp_path / "sheet.svg"
    main(["bridge", "--to", str(path)])
    svg = path.read_text(encoding="utf-8")
    assert labels(svg) == [f"bridge {n}" for n in range(1, len(BRIDGE["frames"]) + 1)]
    assert "var(" not in svg
    assert "color-mix" not in svg


def test_the_sheet_as_png_in_both_schemes(tmp_path):
    light, dark = tmp_path / "light.png", tmp_path / "dark.png"
    main(["bridge", "--to", str(light), "--width", "120"])
    main(["bridge", "--to", str(dark), "--width", "120", "--dark"])
    assert light.read_bytes()[:8] == dark.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert light.read_bytes() != dark.read_bytes()


def test_the_sheet_in_grey_has_no_colour(tmp_path):
    path = tmp_path / "grey.svg"
    main(["bridge", "--to", str(path), "--grey"])
    colours = set(re.findall(r"#([0-9a-f]{6})\b", path.read_text(encoding="utf-8")))
    assert len(colours) > 8
    assert all(colour[:2] == colour[2:4] == colour[4:] for colour in colours)


@pytest.mark.parametrize(
    ("slug", "name", "said"),
    [("no-such-thing", "sheet.svg", "No figure"), ("bridge", "sheet.gif", "must end in")],
)
def test_what_the_sheet_refuses(capsys, tmp_path, slug, name, said):
    assert said in refused(capsys, slug, "--to", str(tmp_path / name))


def test_a_name_alone_prints_its_svg_and_needs_no_settings():
    command = [sys.executable, "-m", "figures", "bridge"]
    printed = subprocess.run(command, cwd=ROOT, env={}, capture_output=True, text=True, check=True)
    assert labels(printed.stdout)[0] == "bridge 1"


def test_all_names_are_listed(capsys):
    main(["--list"])
    listed = capsys.readouterr().out.split()
    assert listed == sorted(path.stem for path in LIBRARY.glob("*.yaml"))


def test_who_names_nothing_or_mistypes_is_told_what_to_do(capsys):
    assert "--list" in refused(capsys)
    assert "Did you mean bridge?" in refused(capsys, "brige")
    assert "1 or more" in refused(capsys, "bridge", "--columns", "0")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("steps: [Lie down.]", "No figure in the library for mine."),
        ("figure: {from: sofa}", "mine.yaml: figure from is 'sofa', must be one of"),
        ("a: [", "mine.yaml: cannot be read as YAML"),
    ],
)
def test_a_file_that_cannot_be_drawn_is_named(capsys, tmp_path, content, said):
    (tmp_path / "mine.yaml").write_text(content, encoding="utf-8")
    assert said in refused(capsys, "mine", "--library", str(tmp_path))


# --- pictures without names


NAMES = ["bird-dog", "bridge", "clamshell", "heel-slide"]


@pytest.fixture
def few(tmp_path) -> str:
    """A library of four."""
    folder = tmp_path / "library"
    folder.mkdir()
    for name in NAMES:
        shutil.copy(LIBRARY / f"{name}.yaml", folder)
    return str(folder)


def blind(folder: Path, library: str, seed: str = "3") -> dict[str, bytes]:
    main(["--blind", str(folder), "--seed", seed, "--width", "40", "--library", library])
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_exercise_is_one_picture_under_a_number_and_the_key_is_elsewhere(tmp_path, few):
    pictures = blind(tmp_path / "shown", few)
    assert set(pictures) == {f"{number}.png" for number in range(1, len(NAMES) + 1)}
    key = [line.split() for line in (tmp_path / "shown-key.txt").read_text().splitlines()]
    assert sorted(name for _number, name in key) == NAMES
    assert [name for _number, name in key] != NAMES


def test_the_same_seed_gives_the_same_numbers(tmp_path, few):
    first = blind(tmp_path / "one", few)
    assert blind(tmp_path / "other", few) == first
    assert blind(tmp_path / "third", few, seed="4") != first


def test_pictures_of_another_test_are_not_mixed_in(capsys, tmp_path):
    (tmp_path / "1.png").touch()
    assert "new or empty" in refused(capsys, "--blind", str(tmp_path))


def test_a_blind_picture_has_a_number_for_each_step_and_no_words():
    [figure] = drawn(["bridge"]).values()
    assert labels(strip(figure, width=320)) == [
        str(n) for n in range(1, len(figure.step_pictures) + 1)
    ]


def test_the_last_frame_of_a_step_is_its_picture():
    data = {
        "from": "standing",
        "frames": [
            {"says": "Standing.", "step": 1},
            {"says": "Halfway.", "step": 2, "near thigh": -70},
            {"says": "There.", "step": 2, "near thigh": -40},
        ],
    }
    assert Figure(data).step_pictures == [0, 2]
    unnumbered = {**data, "frames": [{"says": f["says"]} for f in data["frames"]]}
    assert Figure(unnumbered).step_pictures == [0, 1, 2]

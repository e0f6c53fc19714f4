"""`python -m figures`: the library's figures on one sheet, without Django."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from figures.__main__ import LIBRARY, main

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

"""The linter of scripts and style sheets finds what it should, also in Sass."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BIOME = ROOT / "node_modules/.bin/biome"


def check(folder: Path, path: str, text: str) -> subprocess.CompletedProcess[str]:
    """Of one file in a folder that has our settings and nothing else."""
    shutil.copy(ROOT / "biome.jsonc", folder)
    (folder / path).parent.mkdir(parents=True)
    (folder / path).write_text(text)
    command = [BIOME, "check", "--error-on-warnings", "--reporter=github"]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [
        ("static/js/some.js", "console.log(1);\n", "noConsole"),
        ("static/js/some.js", "nowhere();\n", "noUndeclaredVariables"),
        ("static/js/some.js", "[1].forEach((n) => alert(n));\n", "noForEach"),
        ("static/js/some.js", "alert( 1 )\n", "format"),
        (
            "static/scss/_some.scss",
            ".a {\n  &__b {\n    colour: red;\n  }\n}\n",
            "noUnknownProperty",
        ),
        ("static/scss/_some.scss", ".a {\n  left: 0;\n  left: 1px;\n}\n", "noDuplicateProperties"),
        ("static/scss/_some.scss", ".a { @include light; }\n", "format"),
        ("static/scss/_some.scss", ".a {\n", "parse"),
    ],
)
def test_wrong_scripts_and_styles_are_refused(
    tmp_path: Path, path: str, text: str, rule: str
) -> None:
    answer = check(tmp_path, path, text)
    assert answer.returncode != 0
    assert rule in answer.stdout


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("static/js/some.js", "export const one = 1;\n"),
        ("static/scss/_some.scss", '@use "sass:map";\n\n.a {\n  @include light;\n}\n'),
    ],
)
def test_sound_scripts_and_styles_are_accepted(tmp_path: Path, path: str, text: str) -> None:
    answer = check(tmp_path, path, text)
    assert answer.returncode == 0, answer.stdout + answer.stderr

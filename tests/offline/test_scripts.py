"""What waits on a phone, without a page: tests/offline/scripts."""

import subprocess
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parent / "scripts"
TESTS = sorted(SCRIPTS.glob("*.test.mjs"))


@pytest.mark.parametrize("file", TESTS, ids=lambda path: path.name)
def test_scripts_of_the_queue(file: Path) -> None:
    ran = subprocess.run(["node", "--test", file], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr

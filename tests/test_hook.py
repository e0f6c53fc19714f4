"""The hook before a commit formats what was staged whole, and nothing else, in a folder of git's own."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

HOOKS = Path(__file__).resolve().parent.parent / ".githooks"
# Stands for ours: "formats" by writing everything in small letters.
MAKEFILE = 'fix:\n\t@for f in *.txt; do tr A-Z a-z < "$$f" > .new && mv .new "$$f"; done\n'
LONG = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n"

Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path) -> Git:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    person = ["-c", "user.name=Kit", "-c", "user.email=kit@clinic.example"]

    def run(*words: str) -> str:
        command = ["git", *person, "-c", f"core.hooksPath={HOOKS}", *words]
        done = subprocess.run(
            command, cwd=tmp_path, env=clean, capture_output=True, text=True, check=True
        )
        return done.stdout + done.stderr

    run("init", "--quiet")
    (tmp_path / "Makefile").write_text(MAKEFILE)
    (tmp_path / "whole.txt").write_text("Whole\n")
    (tmp_path / "part.txt").write_text(LONG)
    run("add", "--all")
    run("commit", "--no-verify", "--message", "Begin")
    return run


def test_what_is_staged_whole_is_committed_formatted(tmp_path: Path, git: Git) -> None:
    (tmp_path / "whole.txt").write_text("WHOLE\n")
    (tmp_path / "new one.txt").write_text("NEW\n")
    git("add", "--all")
    git("commit", "--message", "Change")
    assert git("show", "HEAD:whole.txt") == "whole\n"
    assert git("show", "HEAD:new one.txt") == "new\n"
    assert git("status", "--short") == ""


def test_what_is_staged_in_part_is_committed_as_it_is_and_said(tmp_path: Path, git: Git) -> None:
    (tmp_path / "part.txt").write_text("ONE" + LONG[3:])
    git("add", "part.txt")
    (tmp_path / "part.txt").write_text("ONE" + LONG[3:-4] + "TEN\n")
    said = git("commit", "--message", "Change a part")
    assert "part.txt is staged in part" in said
    assert git("show", "HEAD:part.txt") == "ONE" + LONG[3:]


def test_what_is_not_staged_is_not_committed(tmp_path: Path, git: Git) -> None:
    (tmp_path / "part.txt").write_text(LONG.upper())
    (tmp_path / "stray.txt").write_text("STRAY\n")
    (tmp_path / "whole.txt").write_text("WHOLE\n")
    git("add", "whole.txt")
    git("commit", "--message", "Change one")
    assert git("show", "--format=", "--name-only", "HEAD").split() == ["whole.txt"]
    assert git("ls-files", "stray.txt") == ""


def test_a_commit_of_named_paths_is_left_alone_and_said(tmp_path: Path, git: Git) -> None:
    (tmp_path / "whole.txt").write_text("WHOLE\n")
    said = git("commit", "--message", "Change by name", "whole.txt")
    assert "not formatted" in said
    assert git("show", "HEAD:whole.txt") == "WHOLE\n"
    assert git("status", "--short") == ""


def test_all_changes_at_once_are_formatted(tmp_path: Path, git: Git) -> None:
    (tmp_path / "whole.txt").write_text("WHOLE\n")
    git("commit", "--all", "--message", "Change all")
    assert git("show", "HEAD:whole.txt") == "whole\n"
    assert git("status", "--short") == ""


def test_a_deleted_file_stays_deleted(tmp_path: Path, git: Git) -> None:
    git("rm", "--quiet", "part.txt")
    git("commit", "--message", "Delete")
    assert git("ls-files", "part.txt") == ""


def test_nothing_is_committed_while_formatting_fails(tmp_path: Path, git: Git) -> None:
    (tmp_path / "Makefile").write_text("fix:\n\tfalse\n")
    git("add", "--all")
    with pytest.raises(subprocess.CalledProcessError):
        git("commit", "--message", "Break")
    assert git("log", "--format=%s").split() == ["Begin"]

"""What the repository says of itself: two commands, locked packages, no traces of a machine."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.config.compose import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PINNED = re.compile(r"^([\w.-]+)(?:\[.*\])?==(\S+)", re.MULTILINE)
# Written in halves, so that this file is not found by its own search.
REGISTRIES = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "registry." + "npmjs" + ".org",
    "registry.yarnpkg" + ".com",
    "deb.debian" + ".org",
]
MACHINE_PATH = re.compile(r"(?<![\w.*/-])/(?:home|root|Users|work|mnt)/\w")


def tracked() -> list[Path]:
    """The files that a clone gets."""
    names = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True)
    return [ROOT / name for name in names.split("\0") if name]


def texts() -> dict[str, str]:
    found = {}
    for path in tracked():
        try:
            found[str(path.relative_to(ROOT))] = path.read_text()
        except (UnicodeDecodeError, FileNotFoundError):
            continue  # a picture, or deleted but not yet committed
    return found


def test_the_readme_shows_exactly_two_commands_to_make() -> None:
    readme = (ROOT / "README.md").read_text()
    blocks = re.findall(r"```sh\n(.*?)```", readme, re.DOTALL)
    assert blocks == ["make run\n", "make test\n"]


def test_what_the_readme_links_to_is_there() -> None:
    readme = (ROOT / "README.md").read_text()
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", readme)
    assert len(links) >= 5
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_ci_runs_the_same_command_and_nothing_else() -> None:
    assert (ROOT / ".ci/run").read_text() == "#!/bin/sh\nexec make test\n"
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


def test_help_lists_every_target_that_a_person_would_use() -> None:
    makefile = (ROOT / "Makefile").read_text()
    internal = {"all-checks", "suite", "journeys"}
    targets = set(re.findall(r"^\.PHONY: (\S+)$", makefile, re.MULTILINE)) - internal
    shown = subprocess.check_output(["make", "help"], cwd=ROOT, text=True)
    assert set(re.findall(r"^  make (\S+)", shown, re.MULTILINE)) == targets
    assert {"run", "test", "check", "fix", "bench", "lock"} <= targets


def pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text()
    return {canonicalize_name(package): version for package, version in PINNED.findall(text)}


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", PYPROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PYPROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PYPROJECT["dependency-groups"]["dev"]),
    ],
    ids=["product", "product for development", "tools"],
)
def test_locks_hold_what_pyproject_asks_for(lock: str, wanted: list[str]) -> None:
    locked = pins(lock)
    for line in wanted:
        requirement = Requirement(line)
        version = locked[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} but {version}"


def test_tests_run_on_the_versions_that_are_deployed() -> None:
    development = pins("requirements-dev.lock")
    for package, version in pins("requirements.lock").items():
        assert development[package] == version


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text()
    for entry in re.split(r"^(?=\w)", text, flags=re.MULTILINE):
        assert not entry.strip() or "--hash=sha256:" in entry, entry


def test_the_node_lock_holds_what_package_json_asks_for() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    lock = json.loads((ROOT / "package-lock.json").read_text())
    for kind in ("dependencies", "devDependencies"):
        assert lock["packages"][""][kind] == package[kind]
        for name, version in package[kind].items():
            assert lock["packages"][f"node_modules/{name}"]["version"] == version
    assert all("resolved" not in entry for entry in lock["packages"].values())
    assert all("integrity" in entry for name, entry in lock["packages"].items() if name)


def test_no_file_names_a_registry() -> None:
    found = [(name, host) for name, text in texts().items() for host in REGISTRIES if host in text]
    assert found == []


def test_no_file_holds_a_path_of_somebodys_machine() -> None:
    found = {
        name: match[0] for name, text in texts().items() if (match := MACHINE_PATH.search(text))
    }
    assert found == {}


def test_what_is_built_is_not_committed() -> None:
    names = {str(path.relative_to(ROOT)) for path in tracked()}
    built = ("static/built/", "node_modules/", "staticfiles/", ".venv/", "var/")
    assert not [name for name in names if name.startswith(built) or name == ".env"]

"""What the documents for those who join name is there: paths, links, targets of make, models, tests."""

import importlib
import re
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    "docs/architecture.md",
    "docs/glossary.md",
    "docs/performance.md",
]
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))

each_document = pytest.mark.parametrize("document", DOCUMENTS)


def code_in(document: str) -> list[str]:
    """Each word or line of code: between backticks, or in a block of its own."""
    text = (ROOT / document).read_text()
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    inline = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [*lines, *re.findall(r"`([^`\n]+)`", inline)]


def paths_in(document: str) -> set[str]:
    """A word of code with a slash inside or at its end, or with the ending of a file of ours."""
    words = {word for code in code_in(document) for word in code.split()}
    is_path = re.compile(r"[\w.][\w./<>-]*/[\w./<>-]*|\w[\w-]*\.(?:py|md|svg|toml|jsonc)")
    of_the_machine = (".venv/", "var/")
    return {w for w in words if is_path.fullmatch(w) and not w.startswith(of_the_machine)}


@each_document
def test_paths_exist(document: str) -> None:
    named = paths_in(document)
    gone = [path for path in named if not list(ROOT.glob(re.sub(r"<\w+>", "*", path)))]
    assert sorted(gone) == []


def test_the_readme_counts_the_library() -> None:
    number = len(list((ROOT / "exercises/library").glob("*.yaml")))
    assert f"The library has {number} exercises" in (ROOT / "README.md").read_text()


@each_document
def test_links_lead_somewhere(document: str) -> None:
    folder = (ROOT / document).parent
    links = re.findall(r"\]\(([^)]+)\)", (ROOT / document).read_text())
    ours = [link.split("#")[0] for link in links if not link.startswith("http")]
    assert [link for link in ours if not (folder / link).exists()] == []


@each_document
def test_targets_of_make_exist(document: str) -> None:
    named = {name for code in code_in(document) for name in re.findall(r"\bmake ([a-z-]+)", code)}
    assert sorted(named - TARGETS) == []


@each_document
def test_modules_to_run_exist(document: str) -> None:
    named = {name for code in code_in(document) for name in re.findall(r"-m ([a-z_.]+)", code)}
    places = {name: name.replace(".", "/") for name in named}
    gone = [
        name
        for name, place in places.items()
        if not (ROOT / f"{place}.py").exists() and not (ROOT / place / "__main__.py").exists()
    ]
    assert gone == []


@each_document
def test_models_exist(document: str) -> None:
    """`app.Name` is a model of that app, or something else that its models module knows."""
    for code in code_in(document):
        if match := re.fullmatch(r"(\w+)\.([A-Z]\w+)((?:\.\w+)*)", code):
            app, name, rest = match.groups()
            if not apps.is_installed(app):
                continue
            known = getattr(importlib.import_module(f"{app}.models"), name)
            for part in filter(None, rest.split(".")):
                known = getattr(known, part)


def test_the_documents_name_something() -> None:
    assert "exercises/library/<slug>.yaml" in paths_in("CONTRIBUTING.md")
    assert "clock.py" in paths_in("docs/architecture.md")
    assert "caseload/concerns.py" in paths_in("docs/glossary.md")
    assert {"run", "hooks", "floor-plan"} <= TARGETS

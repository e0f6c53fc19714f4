"""Dates and times are written by the names in config/formats, so that each language has its own way."""

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format, get_format, reset_format_cache

from config.formats.en import formats

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = [app for app in settings.INSTALLED_APPS if (ROOT / app).is_dir()]
PYTHON = [path for app in [*APPS, "demo"] for path in sorted((ROOT / app).rglob("*.py"))]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
NAMES = [name for name in vars(formats) if name.isupper()]
MOMENT = datetime(2026, 11, 2, 8, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_format_outlives_its_test() -> Iterator[None]:
    yield
    reset_format_cache()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("DAY_OF_MONTH", "2"),
        ("SHORT_DATE", "2 Nov"),
        ("SHORT_DATE_WITH_YEAR", "2 Nov 2026"),
        ("LONG_DATE", "2 November 2026"),
        ("MONTH_WITH_YEAR", "November 2026"),
        ("SHORT_DAY", "Mon 2 Nov"),
        ("SHORT_DAY_WITH_YEAR", "Mon 2 Nov 2026"),
        ("LONG_DAY", "Monday 2 November"),
        ("TIME_OF_DAY", "8:05"),
        ("CLOCK", "08:05"),
        ("CLOCK_WITH_SECONDS", "08:05:09"),
        ("SHORT_MOMENT", "Mon 2 Nov, 08:05"),
        ("SHORT_MOMENT_WITH_YEAR", "Mon 2 Nov 2026, 08:05"),
        ("SHORT_MOMENT_WITH_SECONDS", "Mon 2 Nov, 08:05:09"),
        ("EXACT_MOMENT", "Mon 2 Nov 2026, 08:05:09"),
        ("LONG_MOMENT", "2 November 2026, 08:05"),
    ],
)
def test_each_format_in_english(name, words):
    assert date_format(MOMENT, name) == words
    assert Template(f'{{{{ at|date:"{name}" }}}}').render(Context({"at": MOMENT})) == words


def test_every_name_has_its_example():
    [cases] = [m.args[1] for m in test_each_format_in_english.pytestmark if m.name == "parametrize"]
    assert [name for name, _words in cases] == NAMES


def written_in_templates() -> Iterator[tuple[str, str]]:
    for path in TEMPLATES:
        for written in re.findall(r"""\|(?:date|time)\b(?::["']([^"']*)["'])?""", path.read_text()):
            yield str(path.relative_to(ROOT)), written


def written_in_python() -> Iterator[tuple[str, str]]:
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(
                    func=ast.Name(id="date_format" | "time_format"), args=[_value, *formats_given]
                ):
                    for written in formats_of(formats_given):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", written


def formats_of(arguments: list[ast.expr]) -> Iterator[str]:
    if not arguments:
        yield ""
    for node in (node for argument in arguments for node in results(argument)):
        yield node.value if isinstance(node, ast.Constant) else ast.unparse(node)


def results(node: ast.expr) -> list[ast.expr]:
    return [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]


@pytest.mark.parametrize("written", [written_in_templates, written_in_python])
def test_nothing_writes_a_date_by_a_pattern_of_its_own(written):
    assert [(where, name) for where, name in written() if name not in NAMES] == []


def test_no_name_is_left_unused():
    used = {name for written in (written_in_templates, written_in_python) for _, name in written()}
    assert set(NAMES) - used == set()


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_language_has_every_format(language):
    """Django writes the letters of a name it does not know as if they were a pattern."""
    assert [name for name in NAMES if get_format(name, lang=language) == name] == []


def test_a_language_writes_dates_its_own_way(settings, monkeypatch):
    german = ModuleType("german.de.formats")
    german.LONG_DAY = "l, j. F"
    for name in ("german", "german.de", "german.de.formats"):
        monkeypatch.setitem(sys.modules, name, german)
    settings.FORMAT_MODULE_PATH = ["german"]
    reset_format_cache()
    with translation.override("de"):
        written = Template('{{ at|date:"LONG_DAY" }}').render(Context({"at": MOMENT}))
    assert written == "Montag, 2. November"

"""Templates and doses: what a dose does not have would show nothing, silently."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
VALUES = r"dose|guide|numbers|asked|per_day|repetitions|hold_seconds|sets|minutes"
WORDS = re.compile(rf"\b(?:{VALUES})\.(?:in_words|short|frequency_in_words)\b")


def test_doses_and_ranges_are_said_by_filters():
    """``{% load doses %}``, then ``dose|instructions``, ``asked|range_in_words``."""
    found = {
        str(path.relative_to(TEMPLATES)): WORDS.findall(path.read_text(encoding="utf-8"))
        for path in TEMPLATES.rglob("*")
        if path.is_file()
    }
    assert {name: words for name, words in found.items() if words} == {}

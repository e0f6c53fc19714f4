"""The drawings of exercises: one SVG each, coloured by the page's style sheet."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def exists(name: str) -> bool:
    return (FOLDER / f"{name}.svg").is_file()


@cache
def drawing(name: str) -> str:
    """The shapes inside the <svg> of a figure, or nothing if there is no such figure."""
    if not name or not exists(name):
        return ""
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    return text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")].strip()

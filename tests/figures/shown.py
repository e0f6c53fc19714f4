"""A figure's shapes, read back from its SVG."""

import re
from pathlib import Path
from xml.etree import ElementTree

import yaml

from exercises import library
from figures import Figure

SVG = "http://www.w3.org/2000/svg"
FILES = sorted(Path(library.FOLDER).glob("*.yaml"))
ENTRIES = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES}


def figure(*frames, phases=(), **words) -> Figure:
    """A figure of someone who lies on their back, with these frames after the first."""
    first = {"says": "Lying.", "step": 1}
    numbered = [{"says": f"Pose {n}.", "step": n} | frame for n, frame in enumerate(frames, 2)]
    data = {"from": "supine-knees-bent", "frames": [first, *numbered]} | words
    return Figure(data, phases)


def phases(entry) -> list[str]:
    """Of an entry's steps, as they are stored."""
    return [next(iter(step)).replace(" ", "_") for step in entry["steps"]]


def root(shapes: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<svg>{shapes}</svg>")  # noqa: S314  our own


def of_class(shapes: str, css: str) -> list[ElementTree.Element]:
    return [each for each in root(shapes).iter() if css in each.get("class", "").split()]


def words(shapes: str) -> list[str | None]:
    return [text.text for text in root(shapes).iter("text")]


def numbers(path: str) -> list[float]:
    return [float(word) for word in re.findall(r"-?[\d.]+", path)]

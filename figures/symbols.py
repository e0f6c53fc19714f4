"""Many pictures in one file, as symbols that pages use.

A page's classes do not reach into another file, while its custom properties do: so each
shape carries what the style sheet says of its classes, as attributes.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import NamedTuple

from figures.colours import STYLES

HERE = Path(__file__).resolve().parent
SHEET = STYLES / "components" / "_drawing.scss"


class Symbol(NamedTuple):
    name: str
    view_box: str
    shapes: str


def sprite(symbols: Iterable[Symbol]) -> str:
    """An SVG that shows nothing by itself: ``<use href="address#name">`` shows one of them."""
    drawn = "".join(
        f'<symbol id="{name}" viewBox="{view_box}">{styled(shapes)}</symbol>'
        for name, view_box, shapes in symbols
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{drawn}</svg>'


def styled(shapes: str) -> str:
    """The same shapes with attributes in place of their classes."""
    return re.sub(r'class="([^"]*)"', lambda css: _attributes(css[1]), shapes)


@lru_cache(maxsize=1)
def mark() -> str:
    """Changes whenever the same data might be drawn differently."""
    files = [*sorted(HERE.glob("*.py")), SHEET]
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


@lru_cache(maxsize=256)
def _attributes(css: str) -> str:
    own = set(css.split())
    said: dict[str, str] = {}
    for classes, declared in _rules():
        if classes <= own:
            said |= declared
    return " ".join(f'{name}="{escape(value)}"' for name, value in said.items())


@lru_cache(maxsize=1)
def _rules() -> list[tuple[frozenset[str], dict[str, str]]]:
    """What is declared for a class, or for several at once: the more of them, the later."""
    text = SHEET.read_text(encoding="utf-8")
    block = text[text.index(".drawing {") : text.index("@media")]
    rules = []
    for selectors, body in re.findall(r"((?:\.d-[a-z.-]+,?\s*)+)\{([^}]*)\}", block):
        declared = dict(re.findall(r"([a-z-]+):\s*([^;]+);", body))
        for selector in selectors.split(","):
            rules.append((frozenset(selector.strip().strip(".").split(".")), declared))
    return sorted(rules, key=lambda rule: len(rule[0]))

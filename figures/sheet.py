"""A contact sheet: every frame of every figure in one picture, labelled."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from figures.figure import Figure
from figures.view import HEIGHT, WIDTH

STYLES = Path(__file__).resolve().parents[1] / "static" / "scss"
GAP, LABEL = 10, 26


def sheet(figures: Mapping[str, Figure], *, width: int, columns: int, dark: bool) -> str:
    """An SVG with its own colours; each frame is ``width`` wide."""
    cells = [
        (f"{slug} {number}", figure.still(number - 1))
        for slug, figure in figures.items()
        for number in range(1, len(figure.frames) + 1)
    ]
    columns = min(columns, len(cells)) or 1
    across, down = WIDTH + GAP, HEIGHT + LABEL + GAP
    rows = -(-len(cells) // columns)
    drawn = [
        f'<g transform="translate({GAP + index % columns * across} {GAP + index // columns * down})">'
        f'<rect class="card" width="{WIDTH}" height="{HEIGHT}" rx="12"/>{shapes}'
        f'<text x="4" y="{HEIGHT + 18}">{escape(label)}</text></g>'
        for index, (label, shapes) in enumerate(cells)
    ]
    wide, high = columns * across + GAP, rows * down + GAP
    scale = width / WIDTH
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" '
        f'width="{wide * scale:.0f}" height="{high * scale:.0f}">'
        f"<style>{style(dark=dark)}</style>"
        f'<rect class="page" width="{wide}" height="{high}"/>{"".join(drawn)}</svg>'
    )


def style(*, dark: bool = False, paper: bool = False) -> str:
    """The page's own colours of figures, as plain CSS: what the style sheets say, worked out.

    On ``paper``, what is behind a figure is white.
    """
    tokens = dict(_tokens("light"))
    if dark:
        tokens |= dict(_tokens("dark"))
    drawing = (STYLES / "components" / "_drawing.scss").read_text(encoding="utf-8")
    block = drawing[drawing.index(".drawing {") : drawing.index("@media")]
    own = dict(re.findall(r"(--drawing-[a-z-]+): ([^;]+);", block))
    if paper:
        own["--drawing-behind"] = "#ffffff"
    rules = re.findall(r"((?:\.d-[a-z-]+,?\s*)+)\{([^}]*)\}", block)
    css = "".join(f"{_names(names)}{{{_plain(body, own, tokens)}}}" for names, body in rules)
    ink, page = tokens["--hs-ink"], tokens["--hs-page"]
    return (
        f"{css}.card{{fill:{tokens['--hs-primary-tint']}}}.page{{fill:{page}}}"
        f"text{{fill:{ink};font:13px sans-serif}}"
    )


def _names(names: str) -> str:
    return re.sub(r"\s+", "", names)


def _tokens(scheme: str) -> Iterable[tuple[str, str]]:
    text = (STYLES / "_tokens.scss").read_text(encoding="utf-8")
    block = text[text.index(f"@mixin {scheme}") :]
    return re.findall(r"(--hs-[a-z0-9-]+): (#[0-9a-f]{6});", block[: block.index("\n}")])


def _plain(body: str, own: Mapping[str, str], tokens: Mapping[str, str]) -> str:
    """Rules with every custom property and every mixed colour worked out."""
    for _ in range(3):
        body = re.sub(r"var\((--drawing-[a-z-]+)\)", lambda name: own[name[1]], body)
    body = re.sub(r"var\((--hs-[a-z0-9-]+)\)", lambda name: tokens[name[1]], body)
    mixed = r"color-mix\(in srgb, (#\w+) (\d+)%, (#\w+)\)"
    body = re.sub(mixed, lambda mix: _mixed(mix[1], int(mix[2]) / 100, mix[3]), body)
    return re.sub(r"\s+", " ", body).strip()


def _mixed(one: str, share: float, other: str) -> str:
    parts = [
        round(a * share + b * (1 - share)) for a, b in zip(_parts(one), _parts(other), strict=True)
    ]
    return f"#{bytes(parts).hex()}"


def _parts(colour: str) -> bytes:
    digits = colour.removeprefix("#")
    return bytes.fromhex(digits if len(digits) == 6 else "".join(d * 2 for d in digits))

"""A contact sheet: every frame of every figure in one picture, labelled."""

from collections.abc import Mapping
from html import escape

from figures.colours import style
from figures.figure import Figure
from figures.view import HEIGHT, WIDTH

GAP, LABEL = 10, 26


def sheet(
    figures: Mapping[str, Figure], *, width: int, columns: int, dark: bool, grey: bool
) -> str:
    """An SVG with its own colours, or in grey; each frame is ``width`` wide."""
    cells = [
        (f"{slug} {number}", figure.still(number - 1))
        for slug, figure in figures.items()
        for number in range(1, len(figure.frames) + 1)
    ]
    columns = min(columns, len(cells)) or 1
    across, down = WIDTH + GAP, HEIGHT + LABEL + GAP
    rows = -(-len(cells) // columns)
    drawn = [
        _cell(index % columns * across, index // columns * down, shapes, label)
        for index, (label, shapes) in enumerate(cells)
    ]
    return _page(
        columns * across + GAP, rows * down + GAP, "".join(drawn), width=width, dark=dark, grey=grey
    )


def strip(figure: Figure, *, width: int, columns: int = 4) -> str:
    """The picture of each step in order, numbered, without a name and without words."""
    stills = [figure.still(index) for index in figure.step_pictures]
    columns = min(columns, len(stills))
    across, down = WIDTH + GAP, HEIGHT + LABEL + GAP
    rows = -(-len(stills) // columns)
    drawn = [
        _cell(index % columns * across, index // columns * down, shapes, str(index + 1))
        for index, shapes in enumerate(stills)
    ]
    return _page(columns * across + GAP, rows * down + GAP, "".join(drawn), width=width)


def _cell(x: int, y: int, shapes: str, label: str) -> str:
    return (
        f'<g transform="translate({GAP + x} {GAP + y})">'
        f'<rect class="card" width="{WIDTH}" height="{HEIGHT}" rx="12"/>{shapes}'
        f'<text class="label" x="4" y="{HEIGHT + 18}">{escape(label)}</text></g>'
    )


def _page(
    wide: int, high: int, drawn: str, *, width: int, dark: bool = False, grey: bool = False
) -> str:
    """Everything in an SVG with its own colours."""
    scale = width / WIDTH
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" '
        f'width="{wide * scale:.0f}" height="{high * scale:.0f}">'
        f"<style>{style(dark=dark, grey=grey)}</style>"
        f'<rect class="page" width="{wide}" height="{high}"/>{drawn}</svg>'
    )

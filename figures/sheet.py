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
        f"<style>{style(dark=dark, grey=grey)}</style>"
        f'<rect class="page" width="{wide}" height="{high}"/>{"".join(drawn)}</svg>'
    )

"""Draws the icons of the installed app from their SVGs, for systems that want pixels.

``python -m tools.app_icons`` writes them beside the SVGs; a test finds one that is out of date.
"""

import io
from collections.abc import Mapping
from pathlib import Path

from PIL import Image
from resvg_py import svg_to_bytes

FOLDER = Path(__file__).resolve().parent.parent / "static" / "app-icons"
FAVICON = "favicon.ico"
FAVICON_SIDES = (16, 32, 48)  # pixels
SIDES: Mapping[str, tuple[int, ...]] = {
    "app": (192, 512),
    "app-maskable": (192, 512),
    "apple-touch": (180,),
    "shortcut-start": (96,),
    "shortcut-today": (96,),
}
"""Of which drawing, and how many pixels a side."""


def icons() -> dict[str, bytes]:
    """Every file by its name."""
    made = {
        f"{name}-{side}.png": png(name, side) for name, sides in SIDES.items() for side in sides
    }
    return made | {FAVICON: favicon()}


def png(name: str, side: int) -> bytes:
    path = FOLDER / f"{name}.svg"
    return bytes(svg_to_bytes(svg_path=str(path), width=side, height=side))


def favicon() -> bytes:
    """One file with several sizes, for programs that ask for /favicon.ico."""
    sizes = [Image.open(io.BytesIO(png("app", side))) for side in FAVICON_SIDES]
    buffer = io.BytesIO()
    sizes[-1].save(
        buffer,
        "ICO",
        sizes=[(side, side) for side in FAVICON_SIDES],
        append_images=sizes[:-1],
    )
    return buffer.getvalue()


if __name__ == "__main__":
    for name, content in icons().items():
        (FOLDER / name).write_bytes(content)

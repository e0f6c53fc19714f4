"""The demo clinic's logo, drawn here: a river in a disc, as a clinic would upload it."""

import io
from math import sin, tau

from PIL import Image, ImageDraw

SIZE = 240  # pixels, of a square
FINER = 4  # times as large while it is drawn, so that edges are smooth
DISC, WATER = "#1d5f8a", "#e8f3f8"


def drawn() -> bytes:
    """A PNG with a see-through ground and an empty margin."""
    size = SIZE * FINER
    image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    margin = size // 12
    draw.ellipse((margin, margin, size - margin, size - margin), fill=DISC)
    for height in (0.4, 0.6):
        draw.line(_wave(size, height), fill=WATER, width=size // 14, joint="curve")
    buffer = io.BytesIO()
    image.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(buffer, "PNG")
    return buffer.getvalue()


def _wave(size: int, height: float) -> list[tuple[float, float]]:
    """Once up and once down, from left to right."""
    steps = [step / 100 for step in range(101)]
    return [(size * (0.2 + 0.6 * x), size * (height - 0.06 * sin(tau * x))) for x in steps]

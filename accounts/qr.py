"""A QR code as one SVG path. Nothing leaves this machine for it."""

from dataclasses import dataclass

import qrcode
from qrcode.constants import ERROR_CORRECT_M


@dataclass(frozen=True)
class QrCode:
    """``path`` is in squares, from the top left corner of an image ``size`` squares wide and high,
    of which the outer four on each side stay light, as scanners need it.
    """

    size: int
    path: str


def draw(text: str) -> QrCode:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    rows = code.get_matrix()
    dark = ((x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return QrCode(size=len(rows), path="".join(f"M{x} {y}h1v1h-1z" for x, y in dark))

"""Which way a line runs: the first letter decides, and what runs the other way is set apart."""

import pytest

from programmes.direction import APART, RIGHT_TO_LEFT, TOGETHER, directed

SAMI, DANA = "سامي", "דנה"


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("Bridge, 3 times", "Bridge, 3 times"),
        ("Übung № 3", "Übung № 3"),
        (f"3 × {SAMI}", f"{RIGHT_TO_LEFT}3 × {SAMI}"),
        (f"({DANA}) Bridge 2", f"{RIGHT_TO_LEFT}({DANA}) Bridge 2"),
        (f"By {SAMI}, 5 January", f"By {APART}{SAMI}{TOGETHER}, 5 January"),
        (f"By {SAMI} 2 {DANA}.", f"By {APART}{SAMI} 2 {DANA}{TOGETHER}."),
        (f"By {SAMI} and {DANA}", f"By {APART}{SAMI}{TOGETHER} and {APART}{DANA}{TOGETHER}"),
        ("Say سَلَامٌ 3", f"Say {APART}سَلَامٌ{TOGETHER} 3"),
        (f"Bridge\n{SAMI}", f"Bridge\n{RIGHT_TO_LEFT}{SAMI}"),
        (f"\u202e\u2067{SAMI}\u200e", f"{RIGHT_TO_LEFT}{SAMI}"),
        ("Привет 3", "Привет 3"),
        ("…", "…"),
    ],
    ids=ascii,
)
def test_a_line(typed, marked):
    assert directed({"lines": [typed], "size": 3}) == {"lines": [marked], "size": 3}

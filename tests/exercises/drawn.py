"""Figures for tests, which stay as they are when the library's are drawn again."""

from copy import deepcopy
from typing import Any

LYING = "Lying hamstring stretch"
STEPS = ["Lie down.", "Hold.", "Stop.", "Tighten.", "Straighten.", "Hold it there."]
_LYING = {
    "from": "supine-knees-bent",
    "muscles": ["near hamstrings"],
    "arrow": "near ankle",
    "frames": [
        {"says": "Lying on the back with both knees bent.", "step": 1},
        {
            "says": "Both hands hold behind one knee, which points straight up.",
            "step": [2, 3, 4],
            "near thigh": 92,
            "near shank": -6,
            "near foot": 8,
            "hands": "behind near knee",
            "arrow": "near ankle, ahead",
            "pause": 1.2,
        },
        {"says": "The same knee straightens.", "step": 5, "near shank": 36, "pause": 0.4},
        {"says": "The lower leg points almost at the ceiling.", "step": 6, "near shank": 72},
    ],
}


def lying() -> dict[str, Any]:
    """Four poses: both knees bent, knee over hip, on the way, leg up."""
    return deepcopy(_LYING)

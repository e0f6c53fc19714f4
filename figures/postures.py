"""Where a figure starts: whole poses by name. A figure's frames say what differs.

Everyone faces the picture's right when upright. So lying on the back puts the head at the
left, lying on the front and kneeling on hands and knees puts it at the right, and the near
side is always the person's right side.
"""

from collections.abc import Mapping
from typing import Any

type Raw = Mapping[str, Any]

_STANDING: Raw = {
    "trunk": 90,
    "thighs": -90,
    "shanks": -90,
    "feet": "flat",
    "upper arms": -92,
    "forearms": -84,
    "wrists": 0,
    "head": 0,
    "nod": 0,
    "face": 0,
    "turn": 0,
    "twist": 0,
    "tummy": 0,
    "elbows": 0,
    "knees": 0,
    "hands": "free",
    "ankles": "free",
    "anchor": "far foot",
}
_SUPINE: Raw = {
    **_STANDING,
    "trunk": 180,
    "head": 6,
    "thighs": 0,
    "shanks": -2,
    "feet": 0,
    "upper arms": -5,
    "forearms": 0,
    "hands": "floor 3",
    "elbows": 80,
    "anchor": "back",
}
_PRONE: Raw = {
    **_STANDING,
    "trunk": 0,
    "thighs": 180,
    "shanks": 180,
    "feet": -78,
    "upper arms": [158, 10],
    "forearms": [181, 0],
    "head": 0,
    "face": 70,
    "anchor": "front",
}
_SIDE_ON_FOREARM: Raw = {
    **_STANDING,
    "pelvis": 22,
    "chest": 50,
    "turn": 90,
    "head": 0,
    "thighs": 182,
    "shanks": [182, -55],
    "feet": -60,
    "near upper arm": 215,
    "near forearm": 190,
    "far upper arm": -90,
    "far forearm": [-12, 40],
}

POSTURES: Mapping[str, Raw] = {
    "standing": _STANDING,
    "sitting": {
        **_STANDING,
        "thighs": 0,
        "shanks": -90,
        "upper arms": -84,
        "hands": "own thigh",
        "anchor": "seat",
    },
    "supine": _SUPINE,
    "supine-knees-bent": {
        **_SUPINE,
        "thighs": 50,
        "shanks": -62,
        "feet": "flat",
        "ankles": "floor 27",
    },
    "supine-tabletop": {
        **_SUPINE,
        "thighs": 90,
        "shanks": 0,
    },
    "prone": _PRONE,
    "prone-on-elbows": {
        **_PRONE,
        "pelvis": 6,
        "chest": 40,
        "head": 12,
        "face": 0,
        "upper arms": -92,
        "forearms": 0,
        "anchor": "hips",
    },
    "hands-and-knees": {
        **_STANDING,
        "trunk": 8,
        "thighs": -90,
        "shanks": 182,
        "feet": -80,
        "head": 8,
        "upper arms": -90,
        "forearms": -90,
        "wrists": "flat",
        "hands": "floor 31",
        "anchor": "knees",
    },
    "side-lying": {
        **_STANDING,
        "trunk": 0,
        "turn": 90,
        "head": 4,
        "thighs": [180, 45],
        "shanks": [180, -45],
        "feet": -20,
        "near upper arm": [-170, 35],
        "near forearm": [-20, 20],
        "far upper arm": [0, 40],
        "far forearm": [0, 0],
        "anchor": "side",
    },
    "side-on-forearm": {**_SIDE_ON_FOREARM, "anchor": "side"},
    "side-plank-knees": {
        **_SIDE_ON_FOREARM,
        "trunk": 23,
        "thighs": 203,
        "shanks": [203, -55],
        "near upper arm": 202,
        "near forearm": 204,
        "anchor": "far knee",
    },
    "half-kneeling": {
        **_STANDING,
        "near thigh": -90,
        "near shank": 180,
        "near foot": -70,
        "far thigh": 0,
        "far shank": -90,
        "far ankle": "floor 24",
        "hands": "far thigh",
        "anchor": "near knee",
    },
}

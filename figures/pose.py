"""What a figure's data says: the words it may use, and the whole pose of each frame."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from figures.body import SIDES
from figures.postures import POSTURES

# --- the words of a pose; a limb's word is prefixed by its side, or plural for both

PLURALS = {
    "thigh": "thighs",
    "shank": "shanks",
    "upper arm": "upper arms",
    "forearm": "forearms",
    "foot": "feet",
    "wrist": "wrists",
    "elbow": "elbows",
    "knee": "knees",
    "hand": "hands",
    "ankle": "ankles",
}
LIMBS = {"leg": ("thigh", "shank", "ankle"), "arm": ("upper arm", "forearm", "hand")}
TRUNK_ANGLES = ("pelvis", "chest")
BONES = ("thigh", "shank", "upper arm", "forearm")  # an angle, or [angle, towards the viewer]
FLEXES = ("foot", "wrist")  # an angle, or "flat"
SWIVELS = ("elbow", "knee")  # degrees outwards, of a limb that reaches
REACHES = ("hand", "ankle")
NUMBERS = ("head", "nod", "face", "turn", "twist", "tummy")

_SIDED = r"(?:near|far|own|other)"
_N = r"-?\d{1,3}(?:\.\d)?"
TARGETS = {
    "hand": re.compile(
        rf"free|stay|floor {_N}(?: {_N})?|behind {_SIDED} (?:thigh|knee)"
        rf"|{_SIDED} (?:knee|shin|ankle|foot|thigh|hip|shoulder|elbow|hand)"
        rf"|low back|tummy|chest|behind head|temple|seat|support|chair back|banister|wall {_N}"
    ),
    "ankle": re.compile(
        rf"free|stay|floor {_N}(?: {_N})?|second chair|step|door frame {_N}"
        rf"|outside {_SIDED} knee|{_SIDED} (?:thigh|knee|ankle)"
    ),
}
TARGET_WORDS = {
    "hand": "floor 30, behind near thigh, behind near knee, near knee, near shin, near ankle, "
    "near foot, near thigh, near hip, far shoulder, far elbow, far hand, low back, tummy, "
    "chest, behind head, temple, seat, support, chair back, banister, wall 80, stay, free (own and other may stand "
    "for near and far)",
    "ankle": "floor 30, second chair, step, door frame 60, far thigh, far knee, far ankle, "
    "outside far knee, stay, free",
}
ANCHORS = re.compile(
    rf"back|shoulders|hips(?: {_N}(?: {_N})?)?|front|side|seat|knees|(?:near|far) (?:knee|foot|elbow)"
)
ANCHOR_WORDS = (
    "back, shoulders, hips, hips 40, hips 40 12, front, side, seat, knees, near knee, near foot"
)

SEEN = {  # how far the viewer walks round towards the figure's feet, and looks down
    "side": (15.0, 0.0),
    "front": (0.0, 0.0),
    "corner": (35.0, 20.0),
    "feet": (62.0, 24.0),
    "above": (0.0, 62.0),
}
PROPS = {  # the name, and whether it needs a place: hundredths of the height right of the hips
    "mat": False,
    "chair": False,
    "second chair": True,
    "wall": True,
    "door frame": True,
    "step": True,
    "support": True,
    "banister": True,
}
PROPS_AT = {
    "strap": ("near foot", "far foot"),
    "towel": ("near foot", "far foot"),
    "cushion": ("near knee", "far knee", "knees", "head"),
    "weight": ("hands",),
    "slider": ("heels",),
}
MUSCLES_OF_LIMBS = (
    "hamstrings",
    "quadriceps",
    "calf",
    "shin",
    "buttock",
    "hip flexor",
    "outer hip",
    "inner thigh",
    "sciatic nerve",
    "upper arm",
)
WORKING, STRETCHED = MUSCLE_STATES = ("working", "stretched")
STRETCHING = ("stretch", "nerve")  # the kinds of exercises that lengthen what they are for
MUSCLES_OF_TRUNK = ("tummy", "low back", "spine", "side", "chest")
ARROW_JOINTS = (
    *(f"{side} {joint}" for side in SIDES for joint in ("knee", "ankle", "foot", "elbow", "hand")),
    "hips",
    "low back",
    "tummy",
    "chest",
    "head",
)
ARROW_PLACES = ("behind", "ahead", "onto", "both")
OWN_PLACES = {"pelvis": "round", "tummy": "in"}  # arrows of what turns, or draws in

INSETS = ("lens", "also")  # small views that a list may show instead of the person

type Raw = Mapping[str, Any]
type Angle = tuple[float, float]


@dataclass(frozen=True)
class Pose:
    """One whole pose. Bones by angle; a limb that reaches has a target instead."""

    bones: Mapping[str, Angle]
    numbers: Mapping[str, float]
    flexes: Mapping[str, float | None]  # None is flat on the floor
    reaches: Mapping[str, str]
    anchor: str


SET_UP, MOVE, HOLD, RETURN, REST = PHASES = ("set_up", "move", "hold", "return", "rest")
STILL = (HOLD, REST)  # nothing moves, so there is no arrow


@dataclass(frozen=True)
class Frame:
    says: str
    steps: tuple[int, ...]
    phase: str  # of the step that it shows
    pause: float
    pose: Pose
    arrows: tuple["Arrow", ...]
    lens: str = ""  # the part that is enlarged
    mark: str = ""  # the part that touches the ground


@dataclass(frozen=True)
class Arrow:
    """The joint whose way is drawn, and where: ahead, behind, onto, both; or where it is free."""

    joint: str
    place: str = ""


def muscles_are(kind: str) -> str:
    """What the muscles do in a kind of exercise, unless its figure says otherwise."""
    return STRETCHED if kind in STRETCHING else WORKING


def sided(word: str) -> tuple[str, ...]:
    """The full names a limb's word stands for: both sides' for a plural."""
    for one, many in PLURALS.items():
        if word == many:
            return tuple(f"{side} {one}" for side in SIDES)
    return ("pelvis", "chest") if word == "trunk" else (word,)


def spelled_out(raw: Raw) -> dict[str, Any]:
    """A frame's pose with every word for both sides spelled out; the particular one wins."""
    broad = {name: value for word, value in raw.items() for name in sided(word) if name != word}
    exact = {word: value for word, value in raw.items() if sided(word) == (word,)}
    return broad | exact


def whole_poses(data: Raw) -> list[dict[str, Any]]:
    """Each frame's pose in full: the posture's words, overlaid by each frame's in turn."""
    pose = spelled_out(POSTURES[data["from"]])
    poses = []
    for frame in data["frames"]:
        pose = overlaid(pose, spelled_out(pose_words(frame)))
        poses.append(pose)
    return poses


def overlaid(pose: Raw, said: Raw) -> dict[str, Any]:
    """A pose after a frame's words. A bone's new angle frees a limb that was reaching.

    A foot that leaves its place is no longer flat.
    """
    freed: dict[str, Any] = {}
    for side in SIDES:
        for upper, lower, end in LIMBS.values():
            if f"{side} {upper}" not in said and f"{side} {lower}" not in said:
                continue
            freed[f"{side} {end}"] = "free"
            if end == "ankle" and pose[f"{side} ankle"] != "free":
                freed[f"{side} foot"] = 0
    return {**pose, **freed, **said}


def pose_words(frame: Raw) -> dict[str, Any]:
    return {word: value for word, value in frame.items() if word not in FRAME_WORDS}


FRAME_WORDS = ("says", "step", "pause", "arrow", "lens", "mark")


def pose_of(words: Raw) -> Pose:
    """A checked pose, its words as numbers."""
    return Pose(
        bones={name: _angle(words[name]) for name in (*TRUNK_ANGLES, *each(BONES))},
        numbers={name: float(words[name]) for name in (*NUMBERS, *each(SWIVELS))},
        flexes={
            name: None if words[name] == "flat" else float(words[name]) for name in each(FLEXES)
        },
        reaches={
            name: resolved(words[name], name) for name in each(REACHES) if words[name] != "free"
        },
        anchor=words["anchor"],
    )


def each(names: tuple[str, ...]) -> Iterator[str]:
    return (f"{side} {name}" for side in SIDES for name in names)


def resolved(target: str, limb: str) -> str:
    """``own`` and ``other`` as the sides they are for this limb."""
    own = limb.split()[0]
    other = SIDES[own == SIDES[0]]
    return re.sub(r"\bother\b", other, re.sub(r"\bown\b", own, target))


def _angle(value: Any) -> Angle:
    if isinstance(value, int | float):
        return float(value), 0.0
    return float(value[0]), float(value[1])


def frames_of(data: Raw, phases: Sequence[str] = ()) -> tuple[Frame, ...]:
    """The frames of checked data; ``phases`` are those of the written steps."""
    last = len(data["frames"]) - 1
    frames = []
    said = phases_of(data, phases)
    for index, (raw, words) in enumerate(zip(data["frames"], whole_poses(data), strict=True)):
        frames.append(
            Frame(
                says=raw["says"].strip(),
                steps=steps_of(raw),
                phase=said[index],
                pause=float(raw.get("pause", 1.6 if index == last else 0.7)),
                pose=pose_of(words),
                arrows=_arrows(data, raw, said[index]),
                lens=raw.get("lens", ""),
                mark=raw.get("mark", ""),
            )
        )
    return tuple(frames)


def steps_of(raw: Raw) -> tuple[int, ...]:
    """The written steps that a frame shows, from 1."""
    steps = raw.get("step", ())
    return (steps,) if isinstance(steps, int) else tuple(steps)


def phases_of(data: Raw, phases: Sequence[str]) -> list[str]:
    """Each frame's phase: that of the first step it shows, else that of the frame before it.

    The first frame sets up, unless its step says more.
    """
    found: list[str] = []
    for raw in data["frames"]:
        steps = [step for step in steps_of(raw) if step <= len(phases)]
        said = phases[steps[0] - 1] if steps else (found[-1] if phases and found else MOVE)
        found.append(said if steps or found else SET_UP)
    return found


def _arrows(data: Raw, raw: Raw, phase: str) -> tuple["Arrow", ...]:
    """The frame's own; the figure's usual one where something moves."""
    if phase in STILL:
        return ()
    if "arrow" in raw:
        return arrows_of(raw["arrow"])
    return () if phase == SET_UP else arrows_of(data.get("arrow"))


def arrows_of(raw: Any) -> tuple[Arrow, ...]:
    """``near ankle``, or ``near ankle, ahead``, or a list of two; ``none`` for none."""
    words = raw if isinstance(raw, list) else [raw or "none"]
    parts = [word.partition(", ") for word in words if word != "none"]
    return tuple(Arrow(joint, place) for joint, _, place in parts)

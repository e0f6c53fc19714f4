"""A frame's joints as a form asks for them: one number a joint, and the data after a change."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exercises.figures.body import SIDES
from exercises.figures.pose import pose_words, spelled_out, whole_poses

# a joint: its label, least and most degrees, the words it turns and what they are measured from
LABELS: dict[str, str | Promise] = {
    "lean": _("Whole trunk"),
    "low back": _("Low back"),
    "head": _("Neck"),
    "turn": _("Turned to the viewer"),
    "near hip": _("Near hip"),
    "near knee": _("Near knee"),
    "near ankle": _("Near ankle"),
    "far hip": _("Far hip"),
    "far knee": _("Far knee"),
    "far ankle": _("Far ankle"),
    "near shoulder": _("Near shoulder"),
    "near elbow": _("Near elbow"),
    "far shoulder": _("Far shoulder"),
    "far elbow": _("Far elbow"),
}
RANGES = {
    "lean": (-180, 180),
    "low back": (-60, 60),
    "head": (-60, 60),
    "turn": (-90, 90),
    "hip": (-40, 150),
    "knee": (-10, 160),
    "ankle": (-90, 40),
    "shoulder": (-70, 200),
    "elbow": (-10, 160),
}


class Joint(NamedTuple):
    """One slider: degrees, whole."""

    key: str
    label: str | Promise
    least: int
    most: int
    value: int


def adjustable(data: Mapping[str, Any], frame: int) -> list[Joint]:
    """The joints of a frame that can be turned. A limb that reaches is solved, not turned."""
    words = whole_poses(data)[frame]
    joints = []
    for key, value in _values(words):
        least, most = RANGES[key.split()[-1] if key.startswith(SIDES) else key]
        joints.append(Joint(key, LABELS[key], least, most, round(max(least, min(most, value)))))
    return joints


def adjusted(data: Mapping[str, Any], frame: int, values: Mapping[str, float]) -> dict[str, Any]:
    """The data with joints of one frame turned; the frames after it keep their own pose."""
    changed: dict[str, Any] = copy.deepcopy(dict(data))
    poses = whole_poses(data)
    words = dict(poses[frame])
    now = dict(_values(words))
    for key, value in values.items():
        if key in now and round(now[key]) != round(value):
            words |= _turned(words, key, float(value))
    changed["frames"][frame] |= _differing(poses[frame], words)
    if frame + 1 < len(poses):
        _keep(changed["frames"][frame + 1], poses[frame], words)
    return changed


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    return {word: value for word, value in after.items() if before[word] != value}


def _keep(following: dict[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """The next frame says for itself what it used to take over."""
    said = spelled_out(pose_words(following))
    for word in _differing(before, after):
        if word not in said:
            following[word] = before[word]


def _values(words: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    chest, pelvis = _angle(words["chest"]), _angle(words["pelvis"])
    yield "lean", _turn(chest)
    yield "low back", _turn(pelvis - chest)
    yield "head", words["head"]
    yield "turn", words["turn"]
    for side in SIDES:
        thigh, shank = _angle(words[f"{side} thigh"]), _angle(words[f"{side} shank"])
        if words[f"{side} ankle"] == "free":
            yield f"{side} hip", _turn(thigh - pelvis - 180)
            yield f"{side} knee", _turn(thigh - shank)
        if words[f"{side} foot"] != "flat":
            yield f"{side} ankle", words[f"{side} foot"]
        upper, fore = _angle(words[f"{side} upper arm"]), _angle(words[f"{side} forearm"])
        if words[f"{side} hand"] == "free":
            yield f"{side} shoulder", _turn_arm(upper - chest)
            yield f"{side} elbow", _turn(fore - upper)


def _turned(words: Mapping[str, Any], key: str, value: float) -> dict[str, Any]:
    """The words of a pose after one joint is turned; what hangs from it comes along."""
    chest, pelvis = _angle(words["chest"]), _angle(words["pelvis"])
    side, _space, joint = key.partition(" ")
    if key in ("head", "turn"):
        return {key: value}
    if key == "lean":
        return {
            "chest": _with(words["chest"], value),
            "pelvis": _with(words["pelvis"], value + pelvis - chest),
        }
    if key == "low back":
        return {"pelvis": _with(words["pelvis"], chest + value)}
    if joint == "ankle":
        return {f"{side} foot": value}
    thigh, shank = words[f"{side} thigh"], words[f"{side} shank"]
    upper, fore = words[f"{side} upper arm"], words[f"{side} forearm"]
    if joint == "hip":
        turn = value + pelvis + 180
        bend = _angle(shank) - _angle(thigh)
        return {f"{side} thigh": _with(thigh, turn), f"{side} shank": _with(shank, turn + bend)}
    if joint == "knee":
        return {f"{side} shank": _with(shank, _angle(thigh) - value)}
    if joint == "shoulder":
        turn = value + chest + 180
        bend = _angle(fore) - _angle(upper)
        return {
            f"{side} upper arm": _with(upper, turn),
            f"{side} forearm": _with(fore, turn + bend),
        }
    return {f"{side} forearm": _with(fore, _angle(upper) + value)}


def _angle(value: Any) -> float:
    return float(value[0] if isinstance(value, list | tuple) else value)


def _with(old: Any, angle: float) -> Any:
    """A new angle in the picture; how far it comes towards the viewer stays."""
    angle = _turn(angle)
    return [angle, old[1]] if isinstance(old, list | tuple) else angle


def _turn(angle: float) -> float:
    """The same angle from -180 to 180."""
    return (angle + 180) % 360 - 180


def _turn_arm(angle: float) -> float:
    """A shoulder's angle from hanging down, forwards to overhead: -110 to 250."""
    return (angle - 180 + 110) % 360 - 110

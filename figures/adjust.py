"""A frame's joints as a form asks for them: one number a joint, and the data after a change."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from figures.arrange import restated
from figures.body import SIDES
from figures.pose import whole_poses

# Every joint, in the order of a form; what a page calls it is the page's matter.
JOINTS = (
    "lean",
    "low back",
    "head",
    "turn",
    *(
        f"{side} {joint}"
        for joints in (("hip", "knee", "ankle"), ("shoulder", "elbow"))
        for side in SIDES
        for joint in joints
    ),
)
# Least and most degrees.
RANGES = {
    "lean": (-90, 270),
    "low back": (-60, 60),
    "head": (-60, 60),
    "turn": (-90, 90),
    "hip": (-40, 150),
    "knee": (-10, 160),
    "ankle": (-90, 40),
    "shoulder": (-70, 200),
    "elbow": (-10, 160),
}
TRUNK = ("head", "turn", "low back", "lean")
TRUNK_LAST = (*(key for key in JOINTS if key not in TRUNK), *TRUNK)


class Joint(NamedTuple):
    """One slider: degrees, whole."""

    key: str
    least: int
    most: int
    value: int


def adjustable(data: Mapping[str, Any], frame: int) -> list[Joint]:
    """The joints of a frame that can be turned. A limb that reaches is solved, not turned."""
    words = whole_poses(data)[frame]
    return [_joint(key, value) for key, value in _values(words)]


def _joint(key: str, value: float) -> Joint:
    least, most = RANGES[key.split()[-1] if key.startswith(SIDES) else key]
    return Joint(key, least, most, round(max(least, min(most, value))))


def adjusted(data: Mapping[str, Any], frame: int, values: Mapping[str, float]) -> dict[str, Any]:
    """The data with joints of one frame turned; the other frames keep their own pose.

    The limbs turn from the trunk as it was, then the trunk turns: arms come along with it,
    and legs stay, since people lean from the hips.
    """
    poses = whole_poses(data)
    words = dict(poses[frame])
    now = dict(_values(words))
    for key in sorted(now, key=TRUNK_LAST.index):
        if key in values and _joint(key, now[key]).value != round(values[key]):
            words |= _turned(words, key, float(values[key]))
    poses[frame] = words
    return restated(data, data["frames"], poses)


def _values(words: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    chest, pelvis = _angle(words["chest"]), _angle(words["pelvis"])
    yield "lean", _turn(chest - 90) + 90  # upright in the middle of the slider
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
            **_arms_along(words, value - chest),
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


def _arms_along(words: Mapping[str, Any], by: float) -> dict[str, Any]:
    """The arms that reach for nothing, turned with the chest."""
    bones = [
        f"{side} {bone}"
        for side in SIDES
        if words[f"{side} hand"] == "free"
        for bone in ("upper arm", "forearm")
    ]
    return {bone: _with(words[bone], _angle(words[bone]) + by) for bone in bones}


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

"""From a pose to a body: angles give the bones, contacts are solved, nothing is below the floor."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from figures import anchors, limbs, targets
from figures.body import (
    CHEST,
    FINGERS,
    FOREARM,
    HEAD,
    HIP_OUT,
    NECK,
    PALM,
    PELVIS,
    RADIUS,
    SHOULDER_DOWN,
    SHOULDER_OUT,
    SIDES,
    UPPER_ARM,
)
from figures.geometry import (
    ORIGIN,
    Vec,
    add,
    between,
    cross,
    direction,
    scale,
    sub,
    turned,
    unit,
)
from figures.limbs import Bones
from figures.moment import Moment, Scene
from figures.pose import Pose
from figures.skeleton import (
    Body,
    Limb,
    Trunk,
    foot_points,
)

BESIDE = 0.01  # hundredths of the height
KINDS = {"leg": ("thigh", "shank", "foot", "ankle", "knee")} | {
    "arm": ("upper arm", "forearm", "wrist", "hand", "elbow")
}


def bodies(poses: Sequence[Pose], scene: Scene) -> list[Body]:
    """The body of each frame. A contact that stays is where the frame before had it; a pose
    that comes again is where it was, so that a repetition ends where the next one begins."""
    solved: list[Body] = []
    for index, pose in enumerate(poses):
        before = solved[-1] if solved else None
        again = _again(poses, index)
        settled = Moment(pose, pose, 1.0, before, scene)
        solved.append(settle(settled) if again is None else solved[again])
    return solved


def _again(poses: Sequence[Pose], index: int) -> int | None:
    """The frame before which had the same pose; where contacts stay, only the last one has."""
    pose = poses[index]
    first = max(index - 1, 0) if "stay" in pose.reaches.values() else 0
    return next((i for i in range(first, index) if poses[i] == pose), None)


def on_the_way(moment: Moment, end: Body) -> Body:
    """A moment of the way to a body. Where the poses alone lead a little beside it, the body
    drifts there; what is in contact stays."""
    body, beside = settle(moment), settle(replace(moment, share=1.0))
    x, _y, z = sub(end.trunk.hips, beside.trunk.hips)
    if math.hypot(x, z) < BESIDE:
        return body
    return _reaching(moment, body.moved((x * moment.share, 0.0, z * moment.share)))


def settle(moment: Moment) -> Body:
    """Solve one moment: trunk, anchor, then whatever reaches; lifted clear of the floor."""
    return replace(_settled(moment), held=_held(moment))


def _held(moment: Moment) -> dict[str, str]:
    """What each hand and foot reaches for; one that stays, for what it had."""
    pose = moment.end if moment.share > 0.5 else moment.start
    before = moment.before.held if moment.before else {}
    return {
        name: before.get(name, "") if target == "stay" else target
        for name, target in pose.reaches.items()
    }


def _settled(moment: Moment) -> Body:
    body = _reaching(moment, _rested(moment))
    for _ in range(3):
        sunk = -body.lowest()
        if sunk <= 1e-6:
            return body
        body = _reaching(moment, body.moved((0.0, sunk, 0.0)))
    return body.moved((0.0, max(0.0, -body.lowest()), 0.0))


def _rested(moment: Moment) -> Body:
    """The body where its anchor rests. A head that would sink bends the neck instead."""
    body = _at_anchor(moment, 0.0)
    if _head_clear(body):
        return body

    def clear(tilt: float) -> bool:
        return _head_clear(_at_anchor(moment, tilt))

    for step in range(6, 73, 6):
        for way in (1, -1):
            if clear(way * step):
                return _at_anchor(moment, _edge(clear, way * (step - 6), way * step))
    return body


def _head_clear(body: Body) -> bool:
    return body.trunk.head[1] >= HEAD


def _at_anchor(moment: Moment, tilt: float) -> Body:
    trunk = trunk_of(moment, tilt)
    loose = Body(trunk, _hanging(moment, "leg", trunk), _hanging(moment, "arm", trunk))
    return loose.moved(anchors.root(moment, loose))


def trunk_of(moment: Moment, tilt: float) -> Trunk:
    """The trunk with the middle of the hips at the origin, the head tucked by ``tilt`` more."""
    turn = moment.number("turn")
    low_up, low_front, low_near = _axes(moment.angle("pelvis"), turn + moment.number("twist"))
    up, front, near = _axes(moment.angle("chest"), turn)
    bend, nod = moment.number("head") + tilt, moment.number("nod")
    waist = scale(low_up, PELVIS)
    base = add(waist, up, CHEST)
    neck_up = turned(up, near, -bend * 0.7)
    head_up, gaze = turned(up, near, -bend), turned(front, near, -bend - nod)
    crown = turned(head_up, near, -nod)
    return Trunk(
        hips=ORIGIN,
        waist=waist,
        chest=add(waist, up, CHEST * 0.55),
        neck=base,
        head=add(add(base, neck_up, NECK + HEAD * 0.5), head_up, HEAD * 0.5),
        pelvis_up=low_up,
        pelvis_front=low_front,
        pelvis_near=low_near,
        chest_up=up,
        chest_front=front,
        chest_near=near,
        head_up=crown,
        face=turned(gaze, crown, moment.number("face")),
        drawn_in=moment.number("tummy"),
    )


def _axes(angle: tuple[float, float], turn: float) -> tuple[Vec, Vec, Vec]:
    up = direction(*angle)
    flat = direction(angle[0] - 90)
    side = cross(flat, up)
    return up, turned(flat, up, -turn), turned(side, up, -turn)


# --- the limbs by angle


def _root_of(kind: str, side: str, trunk: Trunk) -> Vec:
    out = limbs.sign(side)
    if kind == "leg":
        return add(trunk.hips, trunk.pelvis_near, out * HIP_OUT)
    shoulder = add(trunk.neck, trunk.chest_up, -SHOULDER_DOWN)
    return add(shoulder, trunk.chest_near, out * SHOULDER_OUT)


def _near_of(kind: str, trunk: Trunk) -> Vec:
    return trunk.pelvis_near if kind == "leg" else trunk.chest_near


def _typed(pose: Pose, kind: str, side: str) -> Bones:
    upper, lower = KINDS[kind][:2]
    return direction(*pose.bones[f"{side} {upper}"]), direction(*pose.bones[f"{side} {lower}"])


def _blend(a: Bones, b: Bones, share: float, axis: Vec) -> Bones:
    return between(a[0], b[0], share, axis), between(a[1], b[1], share, axis)


def _hanging(moment: Moment, kind: str, trunk: Trunk) -> dict[str, Limb]:
    near = _near_of(kind, trunk)
    return {
        side: _limb(
            moment,
            kind,
            side,
            trunk,
            _blend(
                _typed(moment.start, kind, side),
                _typed(moment.end, kind, side),
                moment.share,
                near,
            ),
        )
        for side in SIDES
    }


def _limb(moment: Moment, kind: str, side: str, trunk: Trunk, bones: Bones) -> Limb:
    axis = limbs.hinge(kind, bones, _near_of(kind, trunk))
    name = f"{side} {KINDS[kind][2]}"
    a, b = moment.start.flexes[name], moment.end.flexes[name]
    if a is not None and b is not None:
        along = limbs.tip(kind, bones[1], axis, a + (b - a) * moment.share)
    else:
        first, last = (limbs.tip(kind, bones[1], axis, flex) for flex in (a, b))
        along = between(first, last, moment.share, axis)
    return limbs.limb(kind, _root_of(kind, side, trunk), bones, axis, along)


# --- the limbs that reach


def _reaching(moment: Moment, body: Body) -> Body:
    """The body with every reaching limb solved; those that hold another limb come last."""
    legs, arms = dict(body.legs), dict(body.arms)
    shown = Body(body.trunk, legs, arms)
    for kind, solved in (("leg", legs), ("arm", arms)):
        for side in sorted(SIDES, key=lambda side: _waits(moment, kind, side)):
            solved[side] = _solved(moment, kind, side, shown)
    return shown


def _waits(moment: Moment, kind: str, side: str) -> bool:
    """A limb that goes to its own kind is solved after the other side's."""
    ends = {"leg": ("thigh", "knee", "ankle"), "arm": ("shoulder", "elbow", "hand")}[kind]
    name = f"{side} {KINDS[kind][3]}"
    words = [pose.reaches.get(name, "") for pose in (moment.start, moment.end)]
    return any(word.endswith(ends) and not word.startswith("behind") for word in words)


def _solved(moment: Moment, kind: str, side: str, body: Body) -> Limb:
    name = f"{side} {KINDS[kind][3]}"
    a, b = moment.start.reaches.get(name, ""), moment.end.reaches.get(name, "")
    if b == "stay":
        a = b
    if _anchored(moment, kind, side):
        a = b = ""
    first = _bones(moment, moment.start, a, kind, side, body)
    last = first if a == b and a else _bones(moment, moment.end, b, kind, side, body)
    if a != b and a.split()[:1] == b.split()[:1] == ["floor"]:
        first = last = _bones(moment, moment.end, _sliding(a, b, moment.share), kind, side, body)
    near = _near_of(kind, body.trunk)
    solved = _limb(moment, kind, side, body.trunk, _blend(first, last, moment.share, near))
    return solved if kind == "leg" else _hand_raised(solved)


def _hand_raised(arm: Limb) -> Limb:
    """The arm with its hand bent up as far as the floor asks."""
    least = max(-1.0, min(1.0, (RADIUS["fingers"] - arm.end[1]) / FINGERS))
    if arm.tip[1] >= least:
        return arm
    flat = unit((arm.tip[0], 0.0, arm.tip[2]), (1.0, 0.0, 0.0))
    level = add(scale(flat, math.sqrt(1 - least**2)), (0.0, least, 0.0))
    return replace(arm, tip=level)


def _anchored(moment: Moment, kind: str, side: str) -> bool:
    """A leg that the body stands or kneels on is where its angles say."""
    anchors = {moment.start.anchor, moment.end.anchor}
    own = {f"{side} knee", f"{side} foot", "knees"} if kind == "leg" else {f"{side} elbow"}
    return bool(anchors & own)


def _sliding(a: str, b: str, share: float) -> str:
    """A point on the floor on its way from one place to another."""
    pairs = zip(a.split()[1:], b.split()[1:], strict=False)
    return " ".join(["floor", *(str(float(x) + (float(y) - float(x)) * share) for x, y in pairs)])


def _bones(moment: Moment, pose: Pose, target: str, kind: str, side: str, body: Body) -> Bones:
    """A limb's bones in one of the two poses, seen from the body as it is now."""
    if not target:
        return _typed(pose, kind, side)
    flat = kind == "leg" or target.startswith(("floor", "stay"))
    lengths = limbs.LENGTHS[kind] if flat else (UPPER_ARM, FOREARM + PALM)
    root, trunk = _root_of(kind, side, body.trunk), body.trunk
    front = trunk.pelvis_front if kind == "leg" else trunk.chest_front
    swivel = moment.number(f"{side} {KINDS[kind][4]}")
    bones: Bones = _typed(pose, kind, side)
    near = _near_of(kind, trunk)
    for _ in range(3 if target.startswith(("floor", "second", "step", "outside")) else 1):
        point = _point(moment, target, kind, side, body, bones)
        way = unit(sub(point, root))

        def bent(turn: float, point: Vec = point, way: Vec = way) -> Bones:
            bend = limbs.pole(kind, side, way, near, front, turn)
            return limbs.reach(root, point, lengths, bend)

        bones = _above_floor(bent, swivel, root, kind)
    return bones


def _above_floor(bent: Callable[[float], Bones], swivel: float, root: Vec, kind: str) -> Bones:
    """A knee or elbow that would sink is turned outwards, or else inwards, until it is clear."""
    radius = RADIUS["knee" if kind == "leg" else "elbow"]

    def clear(turn: float) -> bool:
        return root[1] + bent(turn)[0][1] * limbs.LENGTHS[kind][0] >= radius

    if clear(swivel):
        return bent(swivel)
    for step in range(15, 181, 15):
        for way in (1, -1):
            if clear(swivel + way * step):
                return bent(_edge(clear, swivel + way * (step - 15), swivel + way * step))
    return bent(swivel)


def _edge(clear: Callable[[float], bool], sunk: float, found: float) -> float:
    """Just clear: between a turn that sinks and one that does not."""
    for _ in range(7):
        middle = (sunk + found) / 2
        if clear(middle):
            found = middle
        else:
            sunk = middle
    return found


def _point(moment: Moment, target: str, kind: str, side: str, body: Body, bones: Bones) -> Vec:
    """Where a limb's end goes: its ankle, its wrist (hand flat) or its palm (hand gripping)."""
    own = _limb(moment, kind, side, body.trunk, bones)
    if target == "stay":
        if moment.before is None:
            return own.end
        return (moment.before.legs if kind == "leg" else moment.before.arms)[side].end
    clear = _clearance(kind, own)
    if target.startswith("floor"):
        return targets.floor_point(target.split(), own.root, clear)
    thing = targets.on_prop(target, moment.scene.places, own.root, clear)
    if thing is not None:
        return thing
    if kind == "leg":
        return _ankle_point(target, side, body, clear)
    return _hand_point(target, side, body)


def _clearance(kind: str, own: Limb) -> float:
    """How high the end joint is when what hangs from it just touches the floor."""
    if kind == "arm":
        return RADIUS["palm"] + 0.1
    heel, toe = foot_points(own)
    drops = ((own.end, "ankle"), (heel, "heel"), (toe, "toe"))
    return max(RADIUS[name] + own.end[1] - at[1] for at, name in drops)


def _ankle_point(target: str, side: str, body: Body, clear: float) -> Vec:
    words = target.split()
    other = body.legs[words[-2]]
    if words[0] == "outside":
        return (other.middle[0], clear, other.middle[2] - limbs.sign(side) * 8.0)
    if words[-1] == "ankle":
        return add(other.end, body.trunk.pelvis_near, limbs.sign(side) * 4.4)
    return targets.of_ankle_on_leg(target, other)


def _hand_point(target: str, side: str, body: Body) -> Vec:
    words = target.split()
    on_trunk = targets.on_trunk(target, body.trunk, side)
    if on_trunk is not None:
        return on_trunk
    owner, part = words[-2], words[-1]
    leg = targets.on_leg(part, body.legs[owner], body.trunk, side, words[0] == "behind")
    return leg or targets.on_arm(part, body.arms[owner]) or body.trunk.chest

"""The whole person: limbs in two tones, hands, the trunk and the head, farthest first."""

import math
from collections.abc import Collection, Iterator

from figures import hands
from figures.body import RADIUS, SIDES, THIGH
from figures.draw import Piece, circle, head, outline, pelvis, trunk
from figures.geometry import Vec, add, mix
from figures.hands import Hand
from figures.shapes import Circle, capsule
from figures.skeleton import Body, Limb, foot_points
from figures.view import View

HAND = {"palm": 2.15, "knuckles": 1.8, "tips": 1.25, "thumb": 1.15, "thumb tip": 0.9}
COMING = 0.5  # a thigh whose knee is nearer by so much of its length hides the hip


def person(
    view: View, body: Body, apart: Collection[str] = (), holding: str = ""
) -> list[Piece]:
    """Every part of the body. Hands ``apart`` have a piece of their own, in its true depth."""
    pieces = [*head(view, body.trunk), trunk(view, body.trunk)]
    for side in SIDES:
        whole = leg(view, body.legs[side], side)
        pieces += [whole, shank(view, body.legs[side], side, whole.depth + 0.001)]
    pieces.append(pelvis(view, body.trunk, _before_pelvis(view, body)))
    for side in SIDES:
        pieces += _arm(view, body, side, side in apart, holding)
    return sorted(pieces, key=lambda piece: piece.depth)


def _before_pelvis(view: View, body: Body) -> float:
    """How near the pelvis is: it flows into the near thigh, unless that comes towards the viewer."""
    near, middle = body.legs["near"], trunk(view, body.trunk).depth
    if view.depth(near.middle) - view.depth(near.root) > COMING * THIGH:
        return middle + 0.001
    return max(middle, leg_depth(view, near)) + 0.003


# --- legs


def leg_depth(view: View, limb: Limb) -> float:
    return view.depth(mix(limb.root, mix(limb.middle, limb.end, 0.5), 0.6))


def leg(view: View, limb: Limb, side: str) -> Piece:
    thigh = capsule(
        circle(view, limb.root, RADIUS["hip"]), circle(view, limb.middle, RADIUS["knee"])
    )
    return Piece(f"{side} leg", f"d-{side}", thigh + _lower(view, limb), leg_depth(view, limb))


def shank(view: View, limb: Limb, side: str, depth: float) -> Piece:
    """The lower leg again, in its own tone: where it comes towards the viewer, it shows."""
    return Piece(f"{side} shank", f"d-{side}-low", _lower(view, limb), depth)


def _lower(view: View, limb: Limb) -> str:
    heel, toe = foot_points(limb)
    calf = add(mix(limb.middle, limb.end, 0.27), limb.front(limb.lower), -0.55)
    ankle, toes = circle(view, limb.end, RADIUS["ankle"]), circle(view, toe, RADIUS["toe"])
    return (
        capsule(circle(view, limb.middle, RADIUS["knee"]), ankle)
        + capsule(circle(view, calf, 3.4), circle(view, mix(limb.middle, limb.end, 0.75), 2.6))
        + capsule(ankle, toes)
        + capsule(circle(view, heel, RADIUS["heel"]), toes)
    )


# --- arms and hands


def parted(view: View, body: Body, holding: str = "") -> Iterator[str]:
    """The sides whose hand is not as near as its arm: behind, under or in front of what it holds."""
    for side in SIDES:
        found = hands.hand(body, side, holding)
        if hands.under_the_back(body, side) or len(set(_over(view, body, side, found))) > 1:
            yield side


def _over(view: View, body: Body, side: str, found: Hand) -> list[bool]:
    """Whether the arm, and each part of the hand, is on the viewer's side of what the hand holds."""
    arm = _arm_depth(view, body, side)
    if not found.grip.on:
        return [True] * 4
    held = body.legs[found.grip.on.split()[0]]
    over_arm = arm > leg_depth(view, held)
    middle = view.depth(add(found.palm, found.grip.faces, 4.4))
    parts = (found.palm, found.tips, mix(*found.thumb, 0.6))
    return [over_arm, *(view.depth(part) > middle for part in parts)]


def _arm_depth(view: View, body: Body, side: str) -> float:
    limb = body.arms[side]
    depth = view.depth(mix(limb.root, mix(limb.middle, limb.end, 0.7), 0.6))
    if hands.through_the_gap(body, side):
        return min(depth, leg_depth(view, body.legs[side]) - 0.01)
    return depth


def _arm(view: View, body: Body, side: str, apart: bool, holding: str) -> Iterator[Piece]:
    found, limb = hands.hand(body, side, holding), body.arms[side]
    depth, hidden = _arm_depth(view, body, side), hands.under_the_back(body, side)
    over = _over(view, body, side, found)
    own = [not hidden and part == over[0] for part in over[1:]]
    wrist = hands.cut(body, side) if hidden else limb.end
    elbow, end = circle(view, limb.middle, RADIUS["elbow"]), circle(view, wrist, RADIUS["wrist"])
    path = capsule(circle(view, limb.root, RADIUS["shoulder"]), elbow) + capsule(elbow, end)
    yield Piece(f"{side} arm", f"d-{side}", path + _hand(view, found, own, end), depth)
    if not apart:
        return
    rest = _hand(view, found, [not part for part in own], end)
    if hidden:
        rest += capsule(end, circle(view, limb.end, RADIUS["wrist"]))
    else:
        rest += capsule(_dot(end), _dot(end))
    yield Piece(f"{side} hand", f"d-{side} d-hand", rest, _hand_depth(view, body, found, over, depth))


def _hand_depth(view: View, body: Body, found: Hand, over: list[bool], arm: float) -> float:
    if not found.grip.on:
        return trunk(view, body.trunk).depth - 0.01
    held = leg_depth(view, body.legs[found.grip.on.split()[0]])
    if over[0]:
        return held - 0.01
    return max(held, *(leg_depth(view, body.legs[side]) for side in SIDES)) + 0.01


def _hand(view: View, found: Hand, own: list[bool], wrist: Circle) -> str:
    """Palm, fingers and thumb; those that are not its own shrink into the wrist."""
    palm = circle(view, found.palm, HAND["palm"])
    knuckles = circle(view, found.knuckles, HAND["knuckles"])
    tips = circle(view, found.tips, HAND["tips"])
    base = circle(view, found.thumb[0], HAND["thumb"])
    tip = circle(view, found.thumb[1], HAND["thumb tip"])
    shapes = ((palm, knuckles), (knuckles, tips), (base, tip))
    gone = (_dot(wrist), _dot(wrist))
    return "".join(
        capsule(*(shape if there else gone)) for shape, there in zip(shapes, own, strict=True)
    )


def _dot(at: Circle) -> Circle:
    return (at[0], at[1], 0.2)


# --- what is hidden


def hidden(view: View, body: Body, side: str, holding: str = "") -> Piece:
    """The outline of a hand that lies behind the body; none where it is seen."""
    found = hands.hand(body, side, holding)
    path = ""
    if hands.under_the_back(body, side):
        path = capsule(
            circle(view, found.palm, HAND["palm"]), circle(view, found.tips, HAND["tips"])
        )
    return Piece(f"{side} hand hidden", "d-hidden", path, 90)

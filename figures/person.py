"""The whole person: limbs in two tones, hands, the trunk and the head, farthest first.

A limb is three shapes: the lower part with its rim, the upper part with its rim, and the lower
part again without, so that no rim crosses the knee or the elbow.
"""

from collections.abc import Collection, Iterator

from figures import hands
from figures.body import RADIUS, SIDES, THIGH
from figures.draw import Bone, Piece, head, pelvis, trunk
from figures.geometry import add, mix
from figures.hands import Hand
from figures.shapes import Circle, capsule
from figures.skeleton import Body, Limb, foot_points
from figures.view import View

HAND = {"palm": 2.3, "knuckles": 1.95, "tips": 1.35, "thumb": 1.25, "thumb tip": 1.0}
COMING = 0.5  # a thigh whose knee is nearer by so much of its length hides the hip
NEXT = 0.001  # nearer by so little: drawn right after


def person(view: View, body: Body, apart: Collection[str] = (), holding: str = "") -> list[Piece]:
    """Every part of the body. Hands ``apart`` have a piece of their own, in its true depth."""
    pieces = [*head(view, body.trunk), trunk(view, body.trunk)]
    pieces.append(pelvis(view, body.trunk, _pelvis_depth(view, body)))
    for side in SIDES:
        pieces += leg(view, body.legs[side], side)
        pieces += _Arm(view, body, side, holding).pieces(side in apart)
    return sorted(pieces, key=lambda piece: piece.depth)


def _pelvis_depth(view: View, body: Body) -> float:
    """The near thigh flows into the pelvis, unless it comes towards the viewer."""
    near, middle = body.legs["near"], trunk(view, body.trunk).depth
    if view.depth(near.middle) - view.depth(near.root) > COMING * THIGH:
        return middle + NEXT
    return max(middle, leg_depth(view, near)) + 3 * NEXT


# --- legs


def leg_depth(view: View, limb: Limb) -> float:
    return view.depth(mix(limb.root, mix(limb.middle, limb.end, 0.5), 0.6))


def leg(view: View, limb: Limb, side: str) -> list[Piece]:
    upper, lower = Bone(view, limb.root, limb.middle), Bone(view, limb.middle, limb.end)
    thigh = capsule(
        upper.circle(limb.root, RADIUS["hip"]), upper.circle(limb.middle, RADIUS["knee"])
    )
    return _limb(
        side, ("leg", "shank"), (upper, lower), (thigh, _shank(lower, limb)), leg_depth(view, limb)
    )


def _limb(
    side: str,
    names: tuple[str, str],
    bones: tuple[Bone, Bone],
    paths: tuple[str, str],
    depth: float,
) -> list[Piece]:
    """The rim below, the upper part, and the lower part in its own tone."""
    rim = f"d-{side}"
    low = f"d-{side}-low" if names[0] == "leg" else f"d-{side} d-bare"
    upper, lower = (bone.place for bone in bones)
    return [
        Piece(f"{side} {names[1]} rim", rim, paths[1], depth, lower),
        Piece(f"{side} {names[0]}", rim, paths[0], depth + NEXT, upper),
        Piece(f"{side} {names[1]}", low, paths[1], depth + 2 * NEXT, lower),
    ]


def _shank(bone: Bone, limb: Limb) -> str:
    heel, toe = foot_points(limb)
    calf = add(mix(limb.middle, limb.end, 0.27), limb.front(limb.lower), -0.55)
    ankle, toes = bone.circle(limb.end, RADIUS["ankle"]), bone.circle(toe, RADIUS["toe"])
    return (
        capsule(bone.circle(limb.middle, RADIUS["knee"]), ankle)
        + capsule(bone.circle(calf, 3.4), bone.circle(mix(limb.middle, limb.end, 0.75), 2.6))
        + capsule(ankle, toes)
        + capsule(bone.circle(heel, RADIUS["heel"]), toes)
    )


# --- arms and hands


def parted(view: View, body: Body, holding: str = "") -> Iterator[str]:
    """The sides whose hand is not as near as its arm: behind, under or in front of what it holds."""
    return (side for side in SIDES if _Arm(view, body, side, holding).is_parted)


def hidden(view: View, body: Body, side: str, holding: str = "") -> Piece:
    """The outline of a hand that lies behind the body; none where it is seen."""
    return _Arm(view, body, side, holding).outline()


class _Arm:
    """An arm whose hand may be partly or wholly on the other side of what it holds."""

    def __init__(self, view: View, body: Body, side: str, holding: str) -> None:
        self.view, self.body, self.side = view, body, side
        self.limb = body.arms[side]
        self.hand: Hand = hands.hand(body, side, holding)
        self.hidden = hands.under_the_back(body, side)
        self.upper = Bone(view, self.limb.root, self.limb.middle)
        self.lower = Bone(view, self.limb.middle, self.limb.end)
        self.depth = self._depth()

    def _depth(self) -> float:
        depth = self.view.depth(mix(self.limb.root, mix(self.limb.middle, self.limb.end, 0.7), 0.6))
        if hands.through_the_gap(self.body, self.side):
            return min(depth, leg_depth(self.view, self.body.legs[self.side]) - 0.01)
        return depth

    @property
    def held(self) -> float:
        """How near the leg is that the hand bends round."""
        return leg_depth(self.view, self.body.legs[self.hand.grip.on.split()[0]])

    @property
    def own(self) -> list[bool]:
        """Which of palm, fingers and thumb are on the same side of what they hold as the arm."""
        if self.hidden or not self.hand.grip.on:
            return [not self.hidden] * 3
        over = self.depth > self.held
        middle = self.view.depth(add(self.hand.palm, self.hand.grip.faces, 4.4))
        parts = (self.hand.palm, self.hand.tips, mix(*self.hand.thumb, 0.6))
        return [(self.view.depth(part) > middle) == over for part in parts]

    @property
    def is_parted(self) -> bool:
        return not all(self.own)

    def pieces(self, apart: bool) -> list[Piece]:
        limb, own = self.limb, self.own
        wrist = hands.cut(self.body, self.side) if self.hidden else limb.end
        elbow = RADIUS["elbow"]
        upper = capsule(
            self.upper.circle(limb.root, RADIUS["shoulder"]), self.upper.circle(limb.middle, elbow)
        )
        end = self.lower.circle(wrist, RADIUS["wrist"])
        fore = capsule(self.lower.circle(limb.middle, elbow), end)
        bones, paths = (self.upper, self.lower), (upper, fore + self._hand(own, end))
        drawn = _limb(self.side, ("arm", "forearm"), bones, paths, self.depth)
        return [*drawn, self._rest(own, end)] if apart else drawn

    def _rest(self, own: list[bool], wrist: Circle) -> Piece:
        """What of the hand is not next to the arm; nothing where all of it is."""
        rest = [not part for part in own]
        end = self.lower.circle(self.limb.end, RADIUS["wrist"])
        inside = end if self.hidden or not any(rest) else self._shapes()[rest.index(True)][0]
        sleeve = (wrist, end) if self.hidden else (_dot(inside), _dot(inside))
        path = capsule(*sleeve) + self._hand(rest, inside)
        css, name = f"d-{self.side} d-hand", f"{self.side} hand"
        depth, seen = self._rest_depth(), float(any(rest))
        return Piece(name, css, path, depth, self.lower.place, strength=seen)

    def _rest_depth(self) -> float:
        if not self.hand.grip.on:
            return trunk(self.view, self.body.trunk).depth - 0.01
        if self.depth > self.held:
            return self.held - 0.01
        return max(leg_depth(self.view, leg) for leg in self.body.legs.values()) + 0.01

    def _shapes(self) -> list[tuple[Circle, Circle]]:
        """Palm, fingers and thumb."""
        hand, at = self.hand, self.lower.circle
        knuckles = at(hand.knuckles, HAND["knuckles"])
        return [
            (at(hand.palm, HAND["palm"]), knuckles),
            (knuckles, at(hand.tips, HAND["tips"])),
            (at(hand.thumb[0], HAND["thumb"]), at(hand.thumb[1], HAND["thumb tip"])),
        ]

    def _hand(self, own: list[bool], inside: Circle) -> str:
        """The hand's parts; those that are not its own shrink to a dot inside another."""
        gone = (_dot(inside), _dot(inside))
        pairs = zip(self._shapes(), own, strict=True)
        return "".join(capsule(*(shape if there else gone)) for shape, there in pairs)

    def outline(self) -> Piece:
        hand, at = self.hand, self.lower.circle
        whole = capsule(at(hand.palm, HAND["palm"]), at(hand.tips, HAND["tips"]))
        path = whole[: whole.rindex("a")]  # open where the arm is
        name, place = f"{self.side} hand hidden", self.lower.place
        return Piece(name, "d-hidden", path, 90, place, strength=float(self.hidden))


def _dot(at: Circle) -> Circle:
    return (at[0], at[1], 0.2)

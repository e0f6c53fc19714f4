"""One exercise's figure: its frames solved, fitted into one picture, and drawn."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

from figures import arrows, contacts, lens, motion, muscles, picture, props, second, tag
from figures.draw import Piece, circle
from figures.free import Box
from figures.geometry import Vec, add, sub, unit
from figures.hands import under_the_back
from figures.insets import Arranged, arranged
from figures.moment import Moment, Scene
from figures.person import hidden, parted, person
from figures.pose import (
    HOLD,
    INSETS,
    MOVE,
    REST,
    RETURN,
    SEEN,
    SET_UP,
    WORKING,
    Frame,
    frames_of,
)
from figures.skeleton import Body
from figures.solve import bodies, on_the_way
from figures.timeline import Timeline
from figures.view import HEIGHT, WIDTH, Camera, View

WAY = 8  # moments looked at between two frames
PART = 18.0  # hundredths of the height around a part that is shown alone
ROUND_IT = 9.0  # units of the picture left around the person, where it is cropped
EFFORT = {SET_UP: 0.0, MOVE: 0.5, HOLD: 1.0, RETURN: 0.3, REST: 0.0}
MIRRORED = f'<g transform="matrix(-1 0 0 1 {WIDTH} 0)">'
SIDE_OF = {"near": "right", "far": "left"}


class Figure:
    """A checked figure's data, ready to draw. ``Figure.of(data, phases)`` keeps those used lately.

    ``phases`` are those of the written steps; without them the first frame sets up and
    the others move.
    """

    def __init__(self, data: Mapping[str, Any], phases: Sequence[str] = ()) -> None:
        self.data = data
        self.phases = tuple(phases)
        self.frames: tuple[Frame, ...] = frames_of(data, phases)
        self.props = props.listed(data)
        self.muscles: list[str] = list(data.get("muscles", ()))
        self.muscles_are: str = data.get("muscles_are", WORKING)
        self.telling = int(data.get("cover", _telling(self.frames))) - 1
        self.loop = int(data["loop"]) - 1 if "loop" in data else None
        self.works = str(data.get("works", "near"))
        self.side_shown = SIDE_OF[self.works]
        self.scene = Scene(props.places(self.props), str(self.props.get("cushion", "")))

    @classmethod
    def of(cls, data: Mapping[str, Any], phases: Sequence[str] = ()) -> "Figure":
        """The figure of data that ``check`` finds nothing wrong with."""
        return _figure(json.dumps(data, sort_keys=True), tuple(phases))

    @property
    def words(self) -> str:
        """Every pose in words: the text alternative of the moving figure."""
        return " ".join(frame.says for frame in self.frames)

    @property
    def muscle_words(self) -> tuple[str, tuple[str, ...]]:
        """What its muscles do ("stretched" or "working"), and which, without their side."""
        names = (muscle.removeprefix("near ").removeprefix("far ") for muscle in self.muscles)
        return self.muscles_are, tuple(dict.fromkeys(names))

    def frame_for(self, step: int) -> int | None:
        """The last frame that shows a written step, counted from 0; or nothing."""
        shown = [index for index, frame in enumerate(self.frames) if step in frame.steps]
        return shown[-1] if shown else None

    @property
    def step_pictures(self) -> list[int]:
        """The frame of each written step that has one, in order; all frames where none has."""
        steps = sorted({step for frame in self.frames for step in frame.steps})
        shown = [self.frame_for(step) for step in steps] or range(len(self.frames))
        return list(dict.fromkeys(index for index in shown if index is not None))

    @cached_property
    def timeline(self) -> Timeline:
        return Timeline.of(self.frames, self.phases, self.loop)

    # --- solved

    @cached_property
    def bodies(self) -> list[Body]:
        solved = bodies([frame.pose for frame in self.frames], self.scene)
        return [replace(body, effort=self.effort(index)) for index, body in enumerate(solved)]

    def effort(self, index: int) -> float:
        """How much the muscles are at what they do in a frame: all of it where it is held."""
        phases = [frame.phase for frame in self.frames]
        return EFFORT[phases[index]] if HOLD in phases else float(phases[index] == MOVE)

    def between(self, index: int, share: float, to: int | None = None) -> Body:
        """The body on its way from a frame to the next (or to another one), 0 to 1."""
        last = index + 1 if to is None else to
        start, end = self.frames[index].pose, self.frames[last].pose
        moment = Moment(start, end, share, self.bodies[index], self.scene)
        effort = self.effort(index) * (1 - share) + self.effort(last) * share
        return replace(on_the_way(moment, self.bodies[last]), effort=effort)

    def way(self, index: int) -> list[Body]:
        """The moments that lead to a frame from the one before; the first has none."""
        if index == 0:
            return []
        steps = [self.between(index - 1, step / WAY) for step in range(WAY)]
        return [*steps, self.bodies[index]]

    @cached_property
    def ways(self) -> list[list[Body]]:
        return [self.way(index) for index in range(len(self.frames))]

    @property
    def view(self) -> View:
        """One view for all frames: constant size and floor."""
        return self.arranged.view

    @cached_property
    def arranged(self) -> Arranged:
        """The view, with free corners for the lens and the second view."""
        seen = self.data.get("seen", "side")
        camera = Camera(*(SEEN[seen] if isinstance(seen, str) else map(float, seen)))
        sizes = {}
        if any(frame.lens for frame in self.frames):
            sizes["lens"] = (lens.ACROSS, lens.ACROSS)
        if self.second:
            sizes["also"] = second.size(picture.extent_of(self.second))
        return arranged(camera, list(self._rounds(camera)), self.bodies, sizes)

    @cached_property
    def second(self) -> "Figure | None":
        """The same bodies seen from elsewhere."""
        if "also" not in self.data:
            return None
        other = Figure(second.data_of(self.data), self.phases)
        other.bodies, other.ways = self.bodies, self.ways
        return other

    @cached_property
    def spot(self) -> tag.Spot:
        """Where on the working limb its side's letter is."""
        return tag.best_spot(self.view, self.bodies, picture.limb(self))

    def _rounds(self, camera: Camera) -> Iterator[tuple[Vec, float]]:
        """Everything that must be in the picture, at all moments."""
        for body in (*self.bodies, *(body for way in self.ways for body in way)):
            yield from body.rounds()
        if "mat" in self.props and camera.pitch:
            yield from ((corner, 0.5) for corner in props.mat_corners(self.bodies))
        yield from props.rounds(self.props)
        yield from self._room_for_arrows(camera)

    def _room_for_arrows(self, camera: Camera) -> Iterable[tuple[Vec, float]]:
        for frame, way in zip(self.frames, self.ways, strict=True):
            for arrow in frame.arrows if way else ():
                joints = [arrows.joint(body, arrow.joint) for body in way]
                of_trunk = arrow.joint in arrows.REACH_OF_TRUNK
                if not of_trunk:
                    yield from ((at, 8.0) for at in joints)
                if arrow.place == "ahead" or (of_trunk and not arrow.place):
                    x, y, z = add(joints[-1], unit(sub(joints[-1], joints[0])), 24.0)
                    yield (x, y if camera.pitch else max(y, 3.0), z), 3.0  # not below the floor

    # --- drawn

    def still(
        self,
        frame: int | None = None,
        side: str = "",
        *,
        tag: str = "",
        amount: str = "",
        small: bool = False,
        signed: bool = True,
    ) -> str:
        """The shapes of one frame, for an SVG 320 wide and 240 high; the telling one by default.

        ``tag`` is the letter of the side; ``amount`` how long the pose is held, or how often
        the movement is done. A ``small`` one goes with ``crop``: no signs, a larger letter.
        One that is not ``signed`` stands for the exercise, not for a step of it.
        """
        index = self.telling if frame is None else frame
        mirrored = self.is_mirrored(side)
        shapes = [picture.body(self, index), picture.marked(self, index), self.arrow(index)]
        if not small or self.thumb in INSETS:
            shapes += [picture.enlarged(self, index), picture.elsewhere(self, self.second, index)]
        if tag:
            shapes.append(self._letter(index, tag, mirrored=mirrored, small=small))
        sign = "" if small or not signed else picture.sign(self, index, amount, mirrored=mirrored)
        return self.sided("".join(shapes), side) + sign

    def _letter(self, index: int, words: str, *, mirrored: bool, small: bool) -> str:
        cropped = self._cropped(index)
        breadth = max(cropped.wide, cropped.high) if small else 0.0
        body = self.bodies[index]
        return picture.letter(self, body, words, mirrored=mirrored, breadth=breadth).svg()

    def motion(self) -> motion.Data:
        """The same shapes at every moment of the timeline, for a script to move them."""
        return motion.data(self)

    def sided(self, shapes: str, side: str) -> str:
        """Mirrored, if the other side of the body is wanted than the one that is drawn."""
        return f"{MIRRORED}{shapes}</g>" if self.is_mirrored(side) else shapes

    def is_mirrored(self, side: str) -> bool:
        return side not in ("", "both", self.side_shown)

    @property
    def thumb(self) -> Any:
        """What a small picture shows: nothing is the person."""
        return self.data.get("thumb", ())

    def crop(self, frame: int, side: str = "") -> str:
        """The telling part of the picture, as an SVG's viewBox, for small pictures."""
        box = self._cropped(frame)
        return (box.mirrored() if self.is_mirrored(side) else box).view_box()

    def _cropped(self, frame: int) -> Box:
        parts = [self.thumb] if isinstance(self.thumb, str) else list(self.thumb)
        if "also" in parts or ("lens" in parts and self.frames[frame].lens):
            return self.arranged.boxes[parts[0]].grown(4.0)
        body = self.bodies[frame]
        joints = [arrows.joint(body, part) for part in parts if part not in INSETS]
        if joints:
            return Box.around([circle(self.view, at, PART) for at in joints], 0.0)
        return Box.around([circle(self.view, *one) for one in body.rounds()], ROUND_IT)

    @cached_property
    def hands_apart(self) -> list[str]:
        """The sides whose hand, at some moment, is not as near as its arm."""
        moments = [*self.bodies, *(body for way in self.ways for body in way)]
        return sorted({side for body in moments for side in parted(self.view, body, self.holding)})

    @cached_property
    def hands_covered(self) -> list[str]:
        """The sides whose hand ever lies under the back."""
        return [
            side for side in self.hands_apart if any(under_the_back(b, side) for b in self.bodies)
        ]

    @cached_property
    def resting(self) -> frozenset[tuple[str, str]]:
        """The parts that ever rest on something, and on what."""
        moments = [*self.bodies, *(body for way in self.ways for body in way)]
        return frozenset(
            contact for body in moments for contact in contacts.found(body, self.scene.places)
        )

    @property
    def holding(self) -> str:
        """What runs from both hands."""
        return next((name for name in props.HELD if name in self.props), "")

    @property
    def floor(self) -> str:
        return "" if self.view.camera.pitch else props.floor(self.view, 12.0, WIDTH - 12.0)

    def arrow(self, index: int) -> str:
        return picture.arrow(self, index)

    def pieces(self, body: Body) -> list[Piece]:
        """Every shape of one moment, farthest first."""
        pieces = list(props.behind(self.view, self.props, body, self.bodies))
        pieces += contacts.shadows(self.view, body, self.scene.places, self.resting)
        waiting = list(self.muscles)
        for piece in person(self.view, body, self.hands_apart, self.holding):
            if piece.name == "near arm":
                pieces += props.in_front(self.view, self.props, body)
            pieces.append(piece)
            there = {each.name for each in pieces}
            ready = [muscle for muscle in waiting if muscles.lies_on(muscle) <= there]
            for muscle in ready:
                pieces += muscles.tint(self.view, body, muscle, self.muscles_are)
            waiting = [muscle for muscle in waiting if muscle not in ready]
        covered = [hidden(self.view, body, side, self.holding) for side in self.hands_covered]
        return pieces + covered


@lru_cache(maxsize=256)
def _figure(canonical: str, phases: tuple[str, ...]) -> Figure:
    return Figure(json.loads(canonical), phases)


def _telling(frames: Sequence[Frame]) -> int:
    """Which frame tells most, from 1: the hold, else the end of the movement, else the last."""
    for phase in (HOLD, MOVE):
        told = [number for number, frame in enumerate(frames, 1) if frame.phase == phase]
        if told:
            return told[-1]
    return len(frames)


VIEW_BOX = f"0 0 {WIDTH} {HEIGHT}"

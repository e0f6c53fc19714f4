"""Everything that is wrong with a figure's data, in plain words. Never raises, whatever it is given."""

import difflib
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from figures.body import SIDES
from figures.pose import (
    ANCHOR_WORDS,
    ANCHORS,
    ARROW_JOINTS,
    ARROW_PLACES,
    BONES,
    FLEXES,
    FRAME_WORDS,
    INSETS,
    MUSCLE_STATES,
    MUSCLES_OF_LIMBS,
    MUSCLES_OF_TRUNK,
    NUMBERS,
    OWN_PLACES,
    PLURALS,
    PROPS,
    PROPS_AT,
    REACHES,
    SEEN,
    STILL,
    SWIVELS,
    TARGET_WORDS,
    TARGETS,
    TRUNK_ANGLES,
    phases_of,
)
from figures.postures import POSTURES

FEWEST_FRAMES, MOST_FRAMES = 2, 12
LETTERS_SAID = 200
WORDS_SAID = 25
ANGLE, OUT = 360, 90
PLACE = 150
STEPS = 12
LONGEST_PAUSE = 10  # seconds
TUMMY = 4
LISTED = 6  # props, or muscles

MUSCLES = (
    *MUSCLES_OF_TRUNK,
    *(f"{side} {muscle}" for side in SIDES for muscle in MUSCLES_OF_LIMBS),
)
POSE_WORDS = (
    *TRUNK_ANGLES,
    "trunk",
    *NUMBERS,
    "anchor",
    *PLURALS.values(),
    *(f"{side} {word}" for side in SIDES for word in PLURALS),
)
FIGURE_WORDS = (
    "from",
    "seen",
    "also",
    "works",
    "thumb",
    "props",
    "muscles",
    "muscles_are",
    "arrow",
    "cover",
    "loop",
    "frames",
)


def check(data: Any, phases: Sequence[str] = ()) -> list[str]:
    """Every problem with its place, such as “frame 2: near thigh …”. No problem: an empty list.

    ``phases`` are those of the written steps, if they are known.
    """
    if not isinstance(data, Mapping):
        return ['must be "name: value" lines']
    return list(_figure(data)) or list(_by_phase(data, phases))


def _by_phase(data: Mapping[str, Any], phases: Sequence[str]) -> Iterator[str]:
    """Where nothing moves there is no arrow."""
    said = phases_of(data, phases)
    for number, (frame, phase) in enumerate(zip(data["frames"], said, strict=True), 1):
        if phase in STILL and frame.get("arrow", "none") != "none":
            yield f"frame {number}: arrow must not be there, for its step is a {phase}"


def _figure(data: Mapping[Any, Any]) -> Iterator[str]:
    yield from _unknown(data, FIGURE_WORDS)
    yield from _one_of("from", data.get("from"), tuple(POSTURES))
    yield from _seen("seen", data.get("seen", "side"))
    yield from _seen("also", data.get("also", "side"))
    yield from _thumb(data.get("thumb", []))
    yield from _one_of("works", data.get("works", "near"), SIDES)
    yield from _arrow("arrow", data.get("arrow", "none"))
    yield from _listed("props", data.get("props", []), _prop)
    yield from _listed("muscles", data.get("muscles", []), _muscle)
    yield from _one_of("muscles_are", data.get("muscles_are", MUSCLE_STATES[0]), MUSCLE_STATES)
    frames = data.get("frames")
    if not isinstance(frames, list) or not FEWEST_FRAMES <= len(frames) <= MOST_FRAMES:
        yield f"frames must be a list of {FEWEST_FRAMES} to {MOST_FRAMES} frames"
        return
    if "cover" in data and not _whole(data["cover"], 1, len(frames)):
        yield f"cover must be the number of a frame, 1 to {len(frames)}"
    if "loop" in data and not _whole(data["loop"], 1, len(frames) - 1):
        yield f"loop must be the number of a frame before the last, 1 to {len(frames) - 1}"
    for number, frame in enumerate(frames, 1):
        yield from (f"frame {number}: {problem}" for problem in _frame(frame))


def _frame(frame: Any) -> Iterator[str]:
    if not isinstance(frame, Mapping):
        yield 'must be "name: value" lines'
        return
    yield from _unknown(frame, (*FRAME_WORDS, *POSE_WORDS))
    yield from _says(frame.get("says"))
    steps = frame.get("step", [])
    steps = steps if isinstance(steps, list) else [steps]
    if len(steps) > STEPS or not all(_whole(step, 1, STEPS) for step in steps):
        yield f"step must be the number of a written step, or a list of them, 1 to {STEPS}"
    if not _number(frame.get("pause", 0), 0, LONGEST_PAUSE):
        yield f"pause must be seconds, 0 to {LONGEST_PAUSE}"
    yield from _arrow("arrow", frame.get("arrow", "none"))
    for word in ("lens", "mark"):
        if word in frame:
            yield from _one_of(word, frame[word], ARROW_JOINTS)
    for word, value in frame.items():
        if isinstance(word, str) and word in POSE_WORDS:
            yield from _pose_word(word, value)


def _says(value: Any) -> Iterator[str]:
    if not isinstance(value, str) or not value.strip():
        yield "says is missing: one sentence that describes the pose"
    elif len(value) > LETTERS_SAID or len(value.split()) > WORDS_SAID:
        yield f"says must be at most {WORDS_SAID} words and {LETTERS_SAID} letters"


def _pose_word(word: str, value: Any) -> Iterator[str]:
    if word == "anchor":
        if not isinstance(value, str) or not ANCHORS.fullmatch(value):
            yield f"anchor is {_short(value)}, must be one of: {ANCHOR_WORDS}"
        return
    kind = _singular(word)
    if kind == "tummy":
        if not _number(value, -TUMMY, TUMMY):
            yield f"tummy must be how far it is drawn in, -{TUMMY} to {TUMMY} hundredths"
    elif kind in (*NUMBERS, *SWIVELS):
        if not _number(value, -ANGLE, ANGLE):
            yield f"{word} must be degrees, -{ANGLE} to {ANGLE}"
    elif kind in FLEXES:
        if value != "flat" and not _number(value, -180, 180):
            yield f'{word} must be degrees, -180 to 180, or "flat"'
    elif kind in REACHES:
        if (
            not isinstance(value, str)
            or not TARGETS[kind].fullmatch(value)
            or _of_itself(word, value)
        ):
            yield f"{word} is {_short(value)}, must be like one of: {TARGET_WORDS[kind]}"
    elif kind in (*BONES, *TRUNK_ANGLES, "trunk") and not _is_angle(value):
        yield f"{word} must be degrees, or [degrees, degrees towards the viewer up to {OUT}]"


def _singular(word: str) -> str:
    for one, many in PLURALS.items():
        if word == many or word.removeprefix("near ").removeprefix("far ") == one:
            return one
    return word


def _of_itself(word: str, value: str) -> bool:
    """A limb cannot hold its own kind on its own side, nor can both hold each other."""
    kind = _singular(word)
    ends = {"hand": ("shoulder", "elbow", "hand"), "ankle": ("thigh", "knee", "ankle")}[kind]
    if kind == "hand" and value.startswith("behind"):
        return False
    if not value.endswith(ends):
        return False
    return (
        word == PLURALS[kind]
        and not _legs(kind, value)
        or value.split()[-2]
        in (
            word.split()[0],
            "own",
        )
    )


def _legs(kind: str, value: str) -> bool:
    return kind == "hand" and value.split()[-1] in ("thigh", "knee", "ankle")


def _thumb(value: Any) -> Iterator[str]:
    parts = value if isinstance(value, list) else [value]
    if len(parts) > LISTED:
        yield f"thumb must be a joint, or a list of at most {LISTED}"
    for part in parts:
        yield from _one_of("thumb", part, (*ARROW_JOINTS, *INSETS))


def _seen(word: str, value: Any) -> Iterator[str]:
    if isinstance(value, list):
        if len(value) != 2 or not _number(value[0], -90, 90) or not _number(value[1], 0, 80):
            yield f"{word} must be [degrees round, -90 to 90, degrees from above, 0 to 80]"
        return
    yield from _one_of(word, value, tuple(SEEN))


def _arrow(word: str, value: Any) -> Iterator[str]:
    if isinstance(value, list):
        if len(value) != 2:
            yield f"{word} must be one joint, or a list of two"
        for each in value:
            yield from _one_arrow(word, each)
        return
    yield from _one_arrow(word, value)


def _one_arrow(word: str, value: Any) -> Iterator[str]:
    joint, _, place = value.partition(", ") if isinstance(value, str) else ("", "", "")
    known = (*ARROW_JOINTS, "none")
    if place and OWN_PLACES.get(joint) == place:
        return
    if joint not in known or (place and place not in ARROW_PLACES):
        yield (
            f"{word} is {_short(value)}, must be a joint ({', '.join(known)}), "
            f"perhaps with a place ({', '.join(ARROW_PLACES)}): “near ankle, ahead”; "
            f"or one of: {'; '.join(f'{one}, {own}' for one, own in OWN_PLACES.items())}"
        )


def _listed(word: str, value: Any, each: Any) -> Iterator[str]:
    if not isinstance(value, list) or len(value) > LISTED:
        yield f"{word} must be a list of at most {LISTED}"
        return
    for entry in value:
        yield from each(entry)


def _prop(entry: Any) -> Iterator[str]:
    name, at = entry, None
    if isinstance(entry, Mapping) and len(entry) == 1:
        [(name, at)] = entry.items()
    if not isinstance(name, str) or name not in (*PROPS, *PROPS_AT):
        yield f"props: {_short(name)} is not one of: {', '.join((*PROPS, *PROPS_AT))}"
    elif name in PROPS_AT:
        yield from _one_of(f"props: {name}", at, PROPS_AT[name])
    elif (PROPS[name] or at is not None) and not _number(at, -PLACE, PLACE):
        yield f"props: {name} needs a place: hundredths of the height to the right of the hips"


def _muscle(entry: Any) -> Iterator[str]:
    yield from _one_of("muscles:", entry, MUSCLES)


def _one_of(word: str, value: Any, known: Iterable[str]) -> Iterator[str]:
    names = tuple(known)
    if not isinstance(value, str) or value not in names:
        yield f"{word} is {_short(value)}, must be one of: {', '.join(names)}"


def _unknown(data: Mapping[Any, Any], known: tuple[str, ...]) -> Iterator[str]:
    for word in data:
        if not isinstance(word, str) or word not in known:
            near = difflib.get_close_matches(word, known, 1) if isinstance(word, str) else []
            meant = f"; did you mean {near[0]!r}?" if near else ""
            yield f"{_short(word)} is not a word of a figure{meant}"


def _is_angle(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return len(value) == 2 and _number(value[0], -ANGLE, ANGLE) and _number(value[1], -OUT, OUT)
    return _number(value, -ANGLE, ANGLE)


def _number(value: Any, low: float, high: float) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return low <= value <= high and math.isfinite(value)


def _whole(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _short(value: Any) -> str:
    """The value as it may stand in a message: short, and on one line."""
    words = re.sub(r"\s+", " ", repr(value)) if isinstance(value, str | int | float) else ""
    return (words or type(value).__name__)[:40]

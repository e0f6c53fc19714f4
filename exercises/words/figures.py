"""What is written next to the parts of a figure, where people choose and turn them."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from figures import SIDES, resolved

type Words = str | Promise

NEAR_AND_FAR: dict[str, tuple[Words, Words]] = {
    "thigh": (gettext_lazy("near thigh"), gettext_lazy("far thigh")),
    "knee": (gettext_lazy("near knee"), gettext_lazy("far knee")),
    "shin": (gettext_lazy("near shin"), gettext_lazy("far shin")),
    "ankle": (gettext_lazy("near ankle"), gettext_lazy("far ankle")),
    "foot": (gettext_lazy("near foot"), gettext_lazy("far foot")),
    "hip": (gettext_lazy("near hip"), gettext_lazy("far hip")),
    "shoulder": (gettext_lazy("near shoulder"), gettext_lazy("far shoulder")),
    "elbow": (gettext_lazy("near elbow"), gettext_lazy("far elbow")),
    "hand": (gettext_lazy("near hand"), gettext_lazy("far hand")),
    "hamstrings": (gettext_lazy("near hamstrings"), gettext_lazy("far hamstrings")),
    "quadriceps": (gettext_lazy("near quadriceps"), gettext_lazy("far quadriceps")),
    "calf": (gettext_lazy("near calf"), gettext_lazy("far calf")),
    "buttock": (gettext_lazy("near buttock"), gettext_lazy("far buttock")),
    "hip flexor": (gettext_lazy("near hip flexor"), gettext_lazy("far hip flexor")),
    "outer hip": (gettext_lazy("near outer hip"), gettext_lazy("far outer hip")),
    "inner thigh": (gettext_lazy("near inner thigh"), gettext_lazy("far inner thigh")),
    "upper arm": (gettext_lazy("near upper arm"), gettext_lazy("far upper arm")),
    "sciatic nerve": (gettext_lazy("near sciatic nerve"), gettext_lazy("far sciatic nerve")),
}
PARTS: dict[str, Words] = {
    f"{side} {part}": words[index]
    for part, words in NEAR_AND_FAR.items()
    for index, side in enumerate(SIDES)
} | {
    "hips": gettext_lazy("hips"),
    "low back": gettext_lazy("low back"),
    "tummy": gettext_lazy("tummy"),
    "spine": gettext_lazy("spine"),
    "side": gettext_lazy("side of the trunk"),
    "chest": gettext_lazy("chest"),
    "head": gettext_lazy("head"),
}
# What a muscle is called where people read about it.
MUSCLES: dict[str, Words] = {
    "hamstrings": gettext_lazy("back of the thigh"),
    "quadriceps": gettext_lazy("front of the thigh"),
    "calf": gettext_lazy("calf"),
    "shin": gettext_lazy("shin"),
    "buttock": gettext_lazy("buttock"),
    "hip flexor": gettext_lazy("front of the hip"),
    "outer hip": gettext_lazy("side of the hip"),
    "inner thigh": gettext_lazy("inside of the thigh"),
    "sciatic nerve": gettext_lazy("nerve down the back of the leg"),
    "upper arm": gettext_lazy("upper arm"),
    "tummy": gettext_lazy("tummy"),
    "low back": gettext_lazy("low back"),
    "spine": gettext_lazy("back"),
    "side": gettext_lazy("side of the tummy"),
    "chest": gettext_lazy("chest"),
}
TARGETS: dict[str, Words] = {
    "free": gettext_lazy("Moves freely"),
    "flat": gettext_lazy("Flat on the floor"),
    "stay": gettext_lazy("Stays where it was in the pose before"),
    "behind head": gettext_lazy("Holds behind the head"),
    "temple": gettext_lazy("Touches the temple"),
    "seat": gettext_lazy("Holds the seat"),
    "support": gettext_lazy("Holds the support"),
    "chair back": gettext_lazy("Holds the back of the chair"),
    "second chair": gettext_lazy("Rests on the second chair"),
    "step": gettext_lazy("Stands on the step"),
    "wall": gettext_lazy("Touches the wall, %(place)s high"),
    "floor": gettext_lazy("Rests on the floor, at %(place)s"),
    "door frame": gettext_lazy("Leans on the door frame, %(place)s high"),
}
JOINTS: dict[str, Words] = {
    "lean": gettext_lazy("Whole trunk"),
    "low back": gettext_lazy("Low back"),
    "head": gettext_lazy("Neck"),
    "turn": gettext_lazy("Turned to the viewer"),
    "near hip": gettext_lazy("Near hip"),
    "near knee": gettext_lazy("Near knee"),
    "near ankle": gettext_lazy("Near ankle"),
    "far hip": gettext_lazy("Far hip"),
    "far knee": gettext_lazy("Far knee"),
    "far ankle": gettext_lazy("Far ankle"),
    "near shoulder": gettext_lazy("Near shoulder"),
    "near elbow": gettext_lazy("Near elbow"),
    "far shoulder": gettext_lazy("Far shoulder"),
    "far elbow": gettext_lazy("Far elbow"),
}
# What a number of degrees means, by joint.
MEANINGS: dict[str, Words] = {
    "lean": gettext_lazy("90 is upright, 0 points to the right, 180 to the left"),
    "low back": gettext_lazy("0 is straight, more rounds it, less hollows it"),
    "head": gettext_lazy("0 is straight, more tucks the chin in, less looks up"),
    "turn": gettext_lazy("0 is seen from the side, 90 faces the viewer"),
    "hip": gettext_lazy("0 is straight, more brings the thigh to the tummy"),
    "knee": gettext_lazy("0 is straight, more bends it"),
    "ankle": gettext_lazy("0 is square, more pulls the toes up, less points them"),
    "shoulder": gettext_lazy("0 hangs beside the trunk, 180 is overhead"),
    "elbow": gettext_lazy("0 is straight, more bends it"),
}


def part_in_words(part: str) -> str:
    """ "near hip flexor": "Near hip flexor"."""
    return str(capfirst(str(PARTS.get(part, part))))


def muscles_in_words(names: Sequence[str], does: str) -> str:
    """ "Stretches: back of the thigh". ``does`` is "stretched", "working" or "moved"."""
    parts = ", ".join(str(MUSCLES[name]) for name in names)
    says = {
        "stretched": _("Stretches: %(parts)s"),
        "working": _("Works: %(parts)s"),
        "moved": _("Moves: %(parts)s"),
    }
    return says[does] % {"parts": parts} if parts else ""


def arrow_in_words(arrow: str | list[str]) -> str:
    """ "near ankle, ahead", or a list of such."""
    arrows = arrow if isinstance(arrow, list) else [arrow]
    return " · ".join(part_in_words(each.partition(",")[0]) for each in arrows)


def meaning_of(joint: str) -> str:
    return str(MEANINGS[joint] if joint in MEANINGS else MEANINGS[joint.split()[-1]])


def target_in_words(target: str, limb: str) -> str:
    """Where a limb's end goes: "Follows the near knee, from behind"."""
    meant = resolved(target, limb)
    behind, _space, part = meant.partition(" ")
    if meant in TARGETS:
        return str(TARGETS[meant])
    if behind == "behind" and part in PARTS:
        return _("Follows the %(part)s, from behind") % {"part": PARTS[part]}
    if behind == "outside" and part in PARTS:
        return _("Stands outside the %(part)s") % {"part": PARTS[part]}
    if meant in PARTS:
        return _("Follows the %(part)s") % {"part": PARTS[meant]}
    name = next(name for name in TARGETS if meant.startswith(name))
    return str(TARGETS[name]) % {"place": meant.removeprefix(name).strip()}

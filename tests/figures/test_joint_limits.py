"""No joint of any picture goes further than people's do.

Ranges in degrees: the largest that is published for a joint that a hand, the floor or the body's
weight may help. Merck Manual, table “Normal Values for Range of Motion of Joints”: elbow 160,
ankle down 50 and toes down 30 (the drawn foot is one piece). Kapandji, “The
Physiology of the Joints”: hip 145 with the knee bent, and 30 backwards; knee 160 with help;
ankle up 30; the spine from the pelvis to the neck 105 forwards and 60 backwards. American Academy
of Orthopaedic Surgeons: the spine 45 round; Kurz: the head 70 forwards and 55 backwards.
"""

import math

import pytest
import yaml

from exercises import library
from figures import Figure
from figures.body import SIDES
from figures.geometry import Vec, dot, scale
from figures.skeleton import Body, Limb, Trunk
from tests.figures import measures as m

FIGURES = {
    path.stem: Figure(data["figure"])
    for path in sorted(library.FOLDER.glob("*.yaml"))
    if (data := yaml.safe_load(path.read_text(encoding="utf-8"))).get("figure")
}
BENT_ASIDE = 45.0  # a thigh turned further out than this says nothing of bending backwards


def turn(way: Vec, ahead: Vec, along: Vec) -> float:
    """From ``along`` towards ``ahead``, in the plane of both."""
    return math.degrees(math.atan2(dot(way, ahead), dot(way, along)))


def hip_back(leg: Limb, trunk: Trunk) -> float:
    if abs(math.degrees(math.asin(dot(leg.upper, trunk.pelvis_near)))) > BENT_ASIDE:
        return 0.0
    return -turn(leg.upper, trunk.pelvis_front, scale(trunk.pelvis_up, -1))


def foot_up(leg: Limb) -> float:
    return turn(leg.tip, scale(leg.lower, -1), leg.front(leg.lower))


def of_legs(body: Body) -> dict[str, tuple[float, float]]:
    """What is measured, and its limit."""
    trunk, down = body.trunk, scale(body.trunk.pelvis_up, -1)
    found = {}
    for side in SIDES:
        leg = body.legs[side]
        found |= {
            f"{side} hip forwards": (m.angle(leg.upper, down), 145),
            f"{side} hip backwards": (hip_back(leg, trunk), 30),
            f"{side} knee": (m.bend(leg), 160),
            f"{side} foot up": (foot_up(leg), 30),
            f"{side} foot down": (-foot_up(leg), 80),
            f"{side} elbow": (m.bend(body.arms[side]), 160),
        }
    return found


def of_trunk(body: Body) -> dict[str, tuple[float, float]]:
    trunk = body.trunk
    forwards = turn(trunk.chest_up, trunk.pelvis_front, trunk.pelvis_up)
    return {
        "spine forwards": (forwards, 105),
        "spine backwards": (-forwards, 60),
        "spine round": (m.angle(trunk.chest_near, trunk.pelvis_near), 45),
        "head forwards": (m.chin_in(body), 70),
        "head backwards": (-m.chin_in(body), 55),
    }


@pytest.mark.parametrize("slug", FIGURES)
def test_no_joint_goes_further_than_people_s(slug: str) -> None:
    for number, body in enumerate(FIGURES[slug].bodies, start=1):
        for joint, (found, limit) in (of_legs(body) | of_trunk(body)).items():
            assert found <= limit + 0.1, f"frame {number}: {joint}"


@pytest.mark.parametrize("slug", FIGURES)
def test_knees_bend_one_way_only(slug: str) -> None:
    """A standing knee may give way backwards by a few degrees."""
    for body in FIGURES[slug].bodies:
        for side in SIDES:
            leg = body.legs[side]
            assert dot(leg.lower, leg.front(leg.upper)) < math.sin(math.radians(6)), side

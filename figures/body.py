"""The measures of the figure, in hundredths of its height: standard proportions, rounded."""

from types import MappingProxyType

SIDES = ("near", "far")

# --- lengths, joint to joint
PELVIS = 11.0  # middle of the hips to the waist
CHEST = 18.0  # waist to the base of the neck
NECK = 4.2  # to the lower edge of the head
HEAD = 6.3  # radius
UPPER_ARM = 17.0
FOREARM = 15.0
PALM = 3.4  # wrist to the middle of the palm
FINGERS = 5.6  # wrist to the middle of the fingertips
THIGH = 24.5
SHANK = 24.6
HEEL = 2.6  # ankle to heel, along the sole
TOE = 9.6  # ankle to toes, along the sole
SOLE = 2.3  # ankle to the middle of the foot's thickness

# --- breadths, middle to joint
SHOULDER_OUT = 8.6
SHOULDER_DOWN = 1.8  # from the base of the neck
HIP_OUT = 4.6

# --- radii
RADIUS = MappingProxyType(
    {
        "neck": 2.9,
        "head": HEAD,
        "hip": 5.7,
        "knee": 3.9,
        "ankle": 2.5,
        "heel": 1.9,
        "toe": 1.35,
        "shoulder": 3.4,
        "elbow": 2.6,
        "wrist": 1.9,
        "palm": 2.2,
        "fingers": 1.2,
    }
)

SEAT = 22.0  # a chair's seat above the floor: thighs level, soles flat
STEP = 12.0
CUSHION = 3.2
RAIL = 52.0  # top of something to hold on to
BANISTER, RISE = 56.0, 0.7  # a stair's rail at its place, and how much it rises on the way
TO_BANISTER = 11.0  # how far ahead of the shoulder a hand holds it

# --- the trunk's sections: how far it reaches to the front, to the back and to each side
SECTIONS = MappingProxyType(
    {
        "hips": (5.8, 6.8, 8.2),
        "waist": (5.9, 5.3, 7.0),
        "chest": (6.4, 6.6, 8.6),
        "shoulders": (4.6, 5.2, 8.8),
    }
)

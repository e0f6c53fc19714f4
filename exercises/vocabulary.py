"""The words that exercises are tagged with, so that two people tag alike.

The stored value is the plain English word itself: search reads it as it stands.
What else people call a part of the body ("bottom" for buttock) is in ``LAY_WORDS``.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Position(models.TextChoices):
    """How one lies, sits or stands to begin."""

    BACK = "lying on the back", _("lying on the back")
    FRONT = "lying on the front", _("lying on the front")
    SIDE = "lying on the side", _("lying on the side")
    HANDS_AND_KNEES = "hands and knees", _("hands and knees")
    KNEELING = "kneeling", _("kneeling")
    SITTING = "sitting", _("sitting")
    STANDING = "standing", _("standing")


class Equipment(models.TextChoices):
    CHAIR = "chair", _("chair")
    TWO_CHAIRS = "two chairs", _("two chairs")
    STRAP = "strap or towel", _("strap or towel")
    DOOR_FRAME = "door frame", _("door frame")
    WALL = "wall", _("wall")
    STEP = "step", pgettext_lazy("equipment", "step")
    CUSHION = "cushion", _("cushion")
    SUPPORT = "support to hold", _("support to hold")
    BAND = "exercise band", _("exercise band")
    WEIGHT = "weight", pgettext_lazy("equipment", "weight")
    BALL = "ball", _("ball")


class Region(models.TextChoices):
    """Parts of the body as a patient points to them."""

    NECK = "neck", _("neck")
    SHOULDER = "shoulder", _("shoulder")
    ARM = "arm", _("arm")
    HAND = "wrist and hand", _("wrist and hand")
    CHEST = "chest", _("chest")
    UPPER_BACK = "upper back", _("upper back")
    LOW_BACK = "low back", _("low back")
    TUMMY = "tummy", _("tummy")
    TRUNK_SIDE = "side of the trunk", _("side of the trunk")
    HIP = "hip", _("hip")
    GROIN = "groin", _("groin")
    BUTTOCK = "buttock", _("buttock")
    FRONT_OF_THIGH = "front of thigh", _("front of thigh")
    BACK_OF_THIGH = "back of thigh", _("back of thigh")
    OUTER_THIGH = "outer thigh", _("outer thigh")
    KNEE = "knee", _("knee")
    CALF = "calf", _("calf")
    SHIN = "shin", _("shin")
    FOOT = "ankle and foot", _("ankle and foot")


class Muscle(models.TextChoices):
    """Muscles, and the one nerve that the library moves, by their textbook names."""

    HAMSTRINGS = "hamstrings", _("hamstrings")
    CALF = "calf muscles", _("calf muscles")
    QUADRICEPS = "quadriceps", _("quadriceps")
    HIP_FLEXORS = "hip flexors", _("hip flexors")
    ADDUCTORS = "adductors", _("adductors")
    GLUTEUS_MAXIMUS = "gluteus maximus", _("gluteus maximus")
    GLUTEUS_MEDIUS = "gluteus medius", _("gluteus medius")
    PIRIFORMIS = "piriformis", _("piriformis")
    HIP_ROTATORS = "deep hip rotators", _("deep hip rotators")
    ABDOMINALS = "abdominals", _("abdominals")
    TRANSVERSUS = "transversus abdominis", _("transversus abdominis")
    OBLIQUES = "obliques", _("obliques")
    PELVIC_FLOOR = "pelvic floor", _("pelvic floor")
    BACK_EXTENSORS = "back extensors", _("back extensors")
    MULTIFIDUS = "multifidus", _("multifidus")
    QUADRATUS_LUMBORUM = "quadratus lumborum", _("quadratus lumborum")
    TRAPEZIUS = "trapezius", _("trapezius")
    SHOULDERS = "shoulder muscles", _("shoulder muscles")
    SCIATIC_NERVE = "sciatic nerve", _("sciatic nerve")


class Condition(models.TextChoices):
    """What brings people to the exercise; not a claim that it helps."""

    LOW_BACK_PAIN = "low back pain", _("low back pain")
    SCIATICA = "sciatica", _("sciatica")
    TIGHT_HAMSTRINGS = "tight hamstrings", _("tight hamstrings")
    STIFF_BACK = "stiff back", _("stiff back")
    BUTTOCK_PAIN = "buttock pain", _("buttock pain")
    HIP_PAIN = "hip pain", _("hip pain")
    WEAK_TRUNK = "weak trunk", _("weak trunk")
    WEAK_LEGS = "weak legs", _("weak legs")
    LITTLE_FITNESS = "little fitness", _("little fitness")
    SPINAL_STENOSIS = "spinal stenosis", _("spinal stenosis")
    HIP_OSTEOARTHRITIS = "osteoarthritis of the hip", _("osteoarthritis of the hip")
    POOR_BALANCE = "poor balance", _("poor balance")


# Tag → what people say instead. Search finds these too; the database keeps them with each
# version, so a change here needs a migration: see exercises/models/searched.py.
LAY_WORDS: dict[str, tuple[str, ...]] = {
    Region.LOW_BACK: ("lower back", "lumbar", "small of the back"),
    Region.TUMMY: ("belly", "stomach", "abdomen", "core"),
    Region.TRUNK_SIDE: ("waist", "flank", "side"),
    Region.BUTTOCK: ("bottom", "bum", "backside", "glutes"),
    Region.BACK_OF_THIGH: ("back of leg", "back of the leg", "upper leg"),
    Region.FRONT_OF_THIGH: ("upper leg",),
    Region.CALF: ("lower leg", "back of lower leg"),
    Region.SHIN: ("lower leg", "front of lower leg"),
    Region.HAND: ("wrist", "hand"),
    Region.FOOT: ("ankle", "foot", "heel"),
    Region.GROIN: ("inner thigh", "front of hip"),
    Muscle.ABDOMINALS: ("tummy muscles", "stomach muscles", "abs", "core"),
    Muscle.TRANSVERSUS: ("deep tummy muscle", "core", "TA"),
    Muscle.OBLIQUES: ("side tummy muscles", "core"),
    Muscle.GLUTEUS_MAXIMUS: ("gluteals", "glutes", "buttock muscle"),
    Muscle.GLUTEUS_MEDIUS: ("gluteals", "glutes", "side of the hip"),
    Muscle.QUADRICEPS: ("quads", "thigh muscle"),
    Muscle.HIP_FLEXORS: ("iliopsoas", "psoas"),
    Muscle.BACK_EXTENSORS: ("erector spinae", "back muscles"),
    Muscle.SCIATIC_NERVE: ("nerve",),
    Condition.LOW_BACK_PAIN: ("backache", "lumbago"),
    Condition.SCIATICA: ("leg pain", "trapped nerve", "slipped disc", "herniated disc"),
    Condition.BUTTOCK_PAIN: ("piriformis syndrome",),
    Condition.LITTLE_FITNESS: ("unfit", "out of breath"),
    Condition.SPINAL_STENOSIS: ("narrow spine", "lumbar stenosis"),
    Condition.HIP_OSTEOARTHRITIS: ("hip arthritis", "worn hip", "hip OA"),
    Condition.POOR_BALANCE: ("unsteady", "falls"),
    Position.BACK: ("supine", "face up"),
    Position.FRONT: ("prone", "face down"),
    Position.SIDE: ("side-lying",),
    Position.HANDS_AND_KNEES: ("all fours", "four-point kneeling"),
    Position.SITTING: ("seated", "sit"),
    Position.STANDING: ("upright",),
    Equipment.STRAP: ("belt", "rope"),
    Equipment.DOOR_FRAME: ("doorway",),
    Equipment.STEP: ("stair", "stairs"),
    Equipment.CUSHION: ("pillow",),
    Equipment.SUPPORT: ("worktop", "counter"),
    Equipment.BAND: ("resistance band", "elastic band"),
    Equipment.WEIGHT: ("dumbbell",),
}

"""Who should ask first: which tag each entry has, why, and what is said of it to whom."""

import pytest

from exercises import library
from exercises.models import Precaution
from tests.exercises.test_entries import WORDS_IN_A_SENTENCE, school_years, words

ENTRIES = {entry.slug: entry for entry in library.read()}
RIGHT_ANGLE = "the thigh is held upright, at a right angle to the trunk"
LEANING = "leaning forward may bend the hip beyond a right angle"
KNEE_HUG = "the knee is drawn towards the chest, beyond a right angle"
STRAIGHT_LEG = "straightening the knee with the hip bent pulls on the nerve"
FLAT = "one lies flat on the back"
PRONE = "one lies on the front"
BENDS_BACK = "bends the low back backwards"
HARD_HOLD = "a strong hold, of up to 10 seconds or more"
TUMMY = "works the tummy hard, and the pressure in it rises"
LOADED = "loads the trunk"
MOVED_FAR = "moves the low back to the end of its range"
EFFORT = "it takes effort"
BENT_UNDER_LOAD = "the knees bend under load"
LONG_LEGS = "leaning forward with the legs nearly straight pulls on the nerve"
LIFTED = "lifting a weight raises the pressure in the tummy"

# slug: each tag, and why it is there
WHY = {
    "lying-hamstring-stretch": {"THR": RIGHT_ANGLE, "IRR": STRAIGHT_LEG, "PREG": FLAT},
    "doorway-hamstring-stretch": {
        "THR": "the leg on the frame may come up to a right angle",
        "IRR": STRAIGHT_LEG,
        "PREG": FLAT,
    },
    "standing-hamstring-stretch": {
        "OST": "the weight of the trunk tips forward",
        "THR": LEANING,
        "IRR": STRAIGHT_LEG,
        "BAL": "one stands on one leg",
    },
    "strap-hamstring-stretch": {
        "THR": "the leg may be drawn beyond a right angle",
        "IRR": STRAIGHT_LEG,
        "PREG": FLAT,
        "OP": "the leg is pulled hard",
    },
    "sitting-hamstring-stretch": {
        "OST": "the weight of the trunk tips forward",
        "THR": LEANING,
        "IRR": "leaning forward in sitting, like a slump, pulls on the nerve",
    },
    "two-chair-hamstring-stretch": {
        "OST": "the weight of the trunk leans far forward",
        "THR": LEANING,
        "IRR": "leaning forward with the leg up, like a slump, pulls on the nerve",
        "OP": "the leg is pulled hard",
    },
    "sciatic-nerve-slider": {
        "THR": RIGHT_ANGLE,
        "IRR": "it moves the nerve itself",
        "NECK": "the head looks up and back, and the chin is tucked in",
        "PREG": FLAT,
        "OP": "after surgery of the back the nerve is moved only when asked for",
    },
    "knee-across-buttock-stretch": {
        "THR": "the knee crosses the middle",
        "IRR": "the muscle lies on the nerve",
        "PREG": FLAT,
    },
    "figure-four-stretch": {
        "THR": "the hip is bent beyond a right angle and turned out",
        "IRR": "the muscle lies on the nerve",
        "KNEE": "the ankle on the thigh twists the knee",
        "PREG": FLAT,
    },
    "single-knee-to-chest": {"OST": MOVED_FAR, "THR": KNEE_HUG, "PREG": FLAT, "OP": MOVED_FAR},
    "double-knee-to-chest": {"OST": MOVED_FAR, "THR": KNEE_HUG, "PREG": FLAT, "OP": MOVED_FAR},
    "knee-rolls": {
        "OST": "turns the trunk",
        "THR": "the knees cross the middle",
        "PREG": FLAT,
        "OP": "turns the trunk",
    },
    "pelvic-tilt": {"PREG": FLAT},
    "side-lying-open-book": {
        "OST": "turns the trunk",
        "THR": "the hip on top is bent to a right angle, its knee on the other",
        "NECK": "the head turns with the arm",
        "SHOULDER": "the arm opens out far behind",
        "OP": "turns the trunk",
    },
    "rest-with-belly-breathing": {"THR": RIGHT_ANGLE, "PREG": FLAT},
    "cat-camel": {
        "OST": "rounds the whole back",
        "NECK": "the head hangs and is lifted",
        "WRIST": "the hands carry weight",
        "KNEE": "one kneels",
    },
    "bottom-to-heels": {"OST": MOVED_FAR, "THR": KNEE_HUG, "KNEE": "the knees bend under load"},
    "lying-on-elbows": {
        "STEN": BENDS_BACK,
        "SLIP": BENDS_BACK,
        "NECK": "the head is held up",
        "SHOULDER": "the arms carry the chest",
        "PREG": PRONE,
        "OP": MOVED_FAR,
    },
    "back-press-up": {
        "STEN": BENDS_BACK,
        "SLIP": BENDS_BACK,
        "NECK": "the head is held up",
        "SHOULDER": "the arms push the chest up",
        "WRIST": "the hands carry the chest",
        "PREG": PRONE,
        "OP": MOVED_FAR,
    },
    "prone-hip-extension": {
        "THR": "the hip is taken back",
        "STEN": "the low back may bend backwards as the leg goes up",
        "SLIP": "the low back may bend backwards as the leg goes up",
        "PREG": PRONE,
        "OP": LOADED,
    },
    "standing-back-bend": {
        "STEN": BENDS_BACK,
        "SLIP": BENDS_BACK,
        "NECK": "the head may drop back",
        "BAL": "one leans back on one's feet",
        "OP": MOVED_FAR,
    },
    "tummy-tightening": {"PREG": FLAT},
    "heel-slide": {"PREG": FLAT},
    "straight-leg-raise": {
        "THR": "the hip lifts the weight of the whole leg",
        "IRR": "lifting the straight leg pulls on the nerve",
        "PREG": FLAT,
        "OP": LOADED,
    },
    "dead-bug": {
        "SHOULDER": "the arm goes past the ear",
        "HERNIA": TUMMY,
        "PREG": FLAT,
        "BIRTH": TUMMY,
        "OP": LOADED,
    },
    "front-plank-on-knees": {
        "BP": HARD_HOLD,
        "SHOULDER": "the shoulders carry the chest",
        "KNEE": "the knees carry weight",
        "HERNIA": TUMMY,
        "PREG": TUMMY,
        "BIRTH": TUMMY,
        "OP": LOADED,
    },
    "bird-dog": {
        "BP": HARD_HOLD,
        "SHOULDER": "one arm carries weight, the other reaches out",
        "WRIST": "one hand carries weight",
        "KNEE": "one kneels on one knee",
        "OP": LOADED,
    },
    "side-plank-on-knees": {
        "BP": HARD_HOLD,
        "SHOULDER": "one shoulder carries the trunk",
        "HERNIA": TUMMY,
        "PREG": TUMMY,
        "BIRTH": TUMMY,
        "OP": LOADED,
    },
    "bridge": {
        "BP": HARD_HOLD,
        "NECK": "the shoulders and the neck carry weight",
        "PREG": FLAT,
        "OP": LOADED,
    },
    "clamshell": {"THR": "the hip is turned out"},
    "side-lying-hip-abduction": {"THR": "the side of the hip lifts the weight of the leg"},
    "hip-flexor-stretch": {
        "THR": "one hip is taken back, the other bent to a right angle",
        "KNEE": "one kneels on one knee",
        "BAL": "one kneels upright",
    },
    "calf-stretch": {"BAL": "one stands with one foot far behind"},
    "walking": {
        "STEN": "the legs may ache or go weak on the way",
        "BP": "it takes effort",
        "BAL": "one walks",
    },
    "wall-squat": {
        "BP": "a long, strong hold",
        "KNEE": "the knees bend under load",
        "BAL": "one stands",
    },
    "modified-curl-up": {
        "OST": "bends the trunk forward under load",
        "BP": HARD_HOLD,
        "NECK": "the head is lifted",
        "HERNIA": TUMMY,
        "PREG": FLAT,
        "BIRTH": TUMMY,
        "OP": LOADED,
    },
    "sit-to-stand": {
        "THR": "leaning forward on a chair bends the hip beyond a right angle",
        "BP": EFFORT,
        "KNEE": BENT_UNDER_LOAD,
        "BAL": "one stands up without a support",
    },
    "hip-hinge": {
        "OST": "the weight of the trunk tips forward",
        "THR": LEANING,
        "IRR": LONG_LEGS,
        "BAL": "one stands and leans forward",
    },
    "single-leg-bridge": {
        "BP": "a strong hold, with the weight on one leg",
        "NECK": "the shoulders and the neck carry weight",
        "PREG": FLAT,
        "OP": LOADED,
    },
    "sliding-hamstring-curl": {
        "BP": EFFORT,
        "NECK": "the shoulders and the neck carry weight",
        "PREG": FLAT,
        "OP": LOADED,
    },
    "romanian-deadlift": {
        "OST": "the trunk tips forward with a weight in the hands",
        "THR": LEANING,
        "IRR": LONG_LEGS,
        "BP": "a weight is lifted",
        "BAL": "one stands and leans forward",
        "HERNIA": LIFTED,
        "PREG": LIFTED,
        "BIRTH": LIFTED,
        "OP": LOADED,
    },
    "step-up-and-down": {
        "BP": EFFORT,
        "KNEE": BENT_UNDER_LOAD,
        "BAL": "one stands on one leg on a step",
    },
    "single-leg-stand": {"BAL": "one stands on one leg"},
    "heel-raise": {"BAL": "one stands on the balls of the feet"},
    "quadriceps-stretch": {
        "THR": "one hip is taken back, and its source asks for it",
        "KNEE": "the knee is bent as far as it goes",
        "BAL": "one stands on one leg",
        "OP": "its source asks for it after surgery of the back",
    },
    "seated-figure-four": {
        "OST": "the weight of the trunk tips forward",
        "THR": "the hip is bent beyond a right angle and turned out",
        "IRR": "the muscle lies on the nerve",
        "KNEE": "the ankle on the thigh twists the knee",
    },
    "seated-slump-slider": {
        "OST": "one sits with the whole back rounded",
        "IRR": "it moves the nerve itself, under more load than lying down",
        "NECK": "the head looks up, and the chin is tucked in",
        "OP": "after surgery of the back the nerve is moved only when asked for",
    },
    "seated-back-bend": {
        "STEN": BENDS_BACK,
        "SLIP": BENDS_BACK,
        "NECK": "the head may drop back",
        "OP": MOVED_FAR,
    },
    "standing-side-glide": {
        "SHOULDER": "one shoulder leans on the wall",
        "BAL": "one stands and leans sideways",
        "OP": MOVED_FAR,
    },
}


@pytest.mark.parametrize("slug", sorted(WHY.keys() | ENTRIES.keys()))
def test_each_entry_has_these_tags_and_a_reason_for_each(slug):
    assert ENTRIES[slug].columns["precautions"] == list(WHY[slug])
    assert all(WHY[slug].values())


def test_every_tag_is_on_some_entry():
    used = {tag for entry in ENTRIES.values() for tag in entry.columns["precautions"]}
    assert used == set(Precaution.values)


def test_whoever_has_sciatica_leaves_it_out_in_a_flare():
    for entry in ENTRIES.values():
        if "IRR" in entry.columns["precautions"]:
            told = "If your leg pain flares up, leave this one out until it settles."
            assert told in entry.columns["cautions"], entry.slug


def test_all_that_bends_backwards_asks_whom_it_may_harm():
    for entry in ENTRIES.values():
        if entry.columns["flexes"] == "backward":
            assert {"STEN", "SLIP"} <= set(entry.columns["precautions"]), entry.slug


@pytest.mark.parametrize("tag", Precaution)
def test_a_patient_can_read_when_to_ask(tag):
    told = f"Ask first if {tag.ask_if}."
    assert len(words(told)) <= WORDS_IN_A_SENTENCE
    assert "may" not in words(told)
    assert tag.because


def test_the_words_to_patients_are_easy_ones():
    assert school_years([f"Ask first if {tag.ask_if}." for tag in Precaution]) <= 4

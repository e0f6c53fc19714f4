"""The lying hamstring stretch, compared with the facts of the article that it comes from."""

import pytest

from exercises import library

[ENTRY] = [entry for entry in library.read() if entry.slug == "lying-hamstring-stretch"]
COLUMNS = ENTRY.columns
STEPS = [
    "Lie on your back with both knees bent and your feet flat.",
    "Keep your low back level. Then gently tighten your tummy.",
    "With both hands, gently hold behind the knee of the side to stretch. "
    "Bring that knee towards your chest.",
    "Stop when your knee points straight up at the ceiling.",
    "Gently straighten the same knee, so that your lower leg starts to point at the ceiling too.",
    "Stop as soon as you first feel a stretch at the back of your leg. Hold it there.",
    "Slowly bend that knee again. Keep your hands behind it.",
    "Rest for a moment with your knee bent. After the last one, put your foot down.",
]
PHASES = ["set_up", "set_up", "set_up", "set_up", "move", "hold", "return", "rest"]
CAUTIONS = [
    "Keep your low back level, in its own natural curve.",
    "Gently tighten your tummy. "
    "This keeps your low back and hips steady, and works your tummy a little.",
    "Do not let your back flatten too much into the floor.",
    "Stop at the first stretch. There is no need to push.",
    "If your hamstrings are tight, your foot will not point at the ceiling. That is fine.",
    "If your leg pain flares up, leave this one out until it settles.",
]
# A fact → the field, and words of it that say so.
FACTS = {
    "too tight or too weak may provoke pain": ("why", "too tight or too weak, a muscle imbalance"),
    "with hamstrings it is usually tightness": ("why", "it is usually tightness"),
    "they attach at the sitting bones": ("why", "fixed to the sitting bones"),
    "they pull the pelvis backwards": ("why", "may pull the pelvis round backwards"),
    "a tight low back resists": ("why", "If the low back is tight as well, it resists"),
    "stress builds up there": ("why", "may then build up in the low back or in the sacro-iliac"),
    "a lax one bends too much": ("why", "loose or weak, it may bend too much"),
    "the pain is then there": ("why", "The pain may then be in the low back itself"),
    "five roots": ("why", "forms from five nerve roots of the low back and the sacrum"),
    "its way": ("why", "passes the buttock and runs down the back of the thigh"),
    "through the hamstrings": ("why", "through the hamstrings, to the knee"),
    "which can stress it": ("why", "Tight hamstrings may put stress on it"),
    "the piriformis too": ("why", "The same may be true of a tight piriformis"),
    "tension eases": (
        "why",
        "the tension may ease on the low back, the sacro-iliac joint and the hamstrings",
    ),
    "and discomfort": ("why", "The discomfort may ease with it"),
    "the evidence": ("why", "The evidence for this is weak"),
    "not alone": ("beside", "alone is unlikely, though not impossible, to settle"),
    "one or two others": ("beside", "One or two other exercises may be needed"),
    "which kinds": ("beside", "for stretching or for strength"),
    "a buttock stretch": ("beside", "The knee-across buttock stretch, for the piriformis"),
    "abdominal strength": ("beside", "So does tummy tightening"),
    "gentle": ("progress", "This is a very gentle version."),
    "when to move on": ("progress", "Only when it feels too easy"),
    "to what": ("progress", "a stronger hamstring stretch"),
    "to the patient: gentle": ("summary", "A very gentle stretch"),
    "to the patient: why": ("why_for_patient", "may pull on your hips and your low back"),
    "to the patient: with what": ("beside_for_patient", "One or two other exercises may be needed"),
    "to the patient: which": ("beside_for_patient", "A buttock stretch and tummy tightening"),
    "on paper: gentle": ("on_paper", "A very gentle stretch"),
    "on paper: why": ("on_paper", "may ease your back"),
    "on paper: with what": ("on_paper", "beside one or two others"),
    "on paper: when": ("on_paper", "move on only when too easy"),
}


def test_it_keeps_every_fact_of_the_movement():
    assert COLUMNS["side_kind"] == "leg"
    assert COLUMNS["steps"] == STEPS
    assert COLUMNS["phases"] == PHASES
    assert COLUMNS["cautions"] == CAUTIONS


@pytest.mark.parametrize("fact", FACTS)
def test_it_keeps_every_fact_beside_the_movement(fact):
    field, words = FACTS[fact]
    told = COLUMNS[field]
    assert words in (" ".join(told) if isinstance(told, list) else told)


def test_it_cites_its_article():
    assert COLUMNS["source"] == (
        "Paul Boxcer, BSc (Hons) Physiotherapist, “Low Back Pain, Sciatica and the Hamstring "
        "Muscles”."
    )

"""The library as it ships: plain to read, safely tagged, with the sources agreed on."""

import re

import pytest

from exercises import library
from exercises.vocabulary import LAY_WORDS

ENTRIES = {entry.slug: entry for entry in library.read()}

each_entry = pytest.mark.parametrize("entry", ENTRIES.values(), ids=list(ENTRIES))

# --- plain words

WORDS_IN_A_SENTENCE = 20
# Flesch–Kincaid: read with ease at ten; the reasons name joints and nerves, so a little later.
SCHOOL_YEARS = 4
SCHOOL_YEARS_OF_REASONS = 6
CLINICIANS_WORDS = re.compile(
    r"\b(supine|prone|lumbar|flexion|extension|gluteal\w*|neutral|posterior|anterior|lateral\w*"
    r"|repetitions?|reps|sets|contract\w*|invalid|adherence|compliance)\b",
    re.IGNORECASE,
)


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"[.!?]\s*", text) if part]


def words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text)


def syllables(word: str) -> int:
    """Groups of vowels, but for an e that is not spoken: near enough for an average."""
    word = re.sub(r"(?<=[^aeiouyl])e$|(?<=[aeiou][^aeiouytd])e(?=d$)", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def school_years(texts: list[str]) -> float:
    """The Flesch–Kincaid grade: years at school needed to follow it."""
    told = [sentence for text in texts for sentence in sentences(text)]
    said = [word for sentence in told for word in words(sentence)]
    spoken = sum(syllables(word) for word in said)
    return 0.39 * len(said) / len(told) + 11.8 * spoken / len(said) - 15.59


def what_to_do(entry: library.Entry) -> list[str]:
    columns = entry.columns
    return [*columns["steps"], columns["feel"], *columns["cautions"]]


def reasons(entry: library.Entry) -> list[str]:
    columns = entry.columns
    return [columns["summary"], columns["progress"], *columns["why"], columns["beside"]]


def test_the_measure_knows_hard_words_from_easy_ones():
    spoken = {"knee": 1, "raised": 1, "gentle": 2, "rested": 2, "ceiling": 2, "comfortable": 4}
    assert {word: syllables(word) for word in spoken} == spoken
    assert school_years(["Lie on your back. Bend your knee."]) < 1
    assert school_years(["Gradually increase lumbar extension until symptoms centralise."]) > 15


@each_entry
def test_a_ten_year_old_can_follow_it(entry):
    assert school_years(what_to_do(entry)) <= SCHOOL_YEARS
    assert school_years(reasons(entry)) <= SCHOOL_YEARS_OF_REASONS


@each_entry
def test_no_sentence_is_long_and_no_word_a_clinicians(entry):
    for text in (*what_to_do(entry), *reasons(entry)):
        assert text.endswith(".")
        assert not CLINICIANS_WORDS.search(text), text
        for sentence in sentences(text):
            assert len(words(sentence)) <= WORDS_IN_A_SENTENCE, sentence


@each_entry
def test_it_tells_all_that_a_patient_needs(entry):
    columns = entry.columns
    assert 3 <= len(columns["steps"]) <= 6
    assert len(columns["cautions"]) >= 3
    for name in ("summary", "feel", "progress", "beside"):
        assert columns[name], name


@each_entry
def test_it_speaks_of_a_side_only_where_there_is_one(entry):
    told = " ".join(entry.columns["steps"])
    assert ("the side to " in told or "the leg to " in told) is bool(entry.columns["side_kind"])


# --- careful words

PROMISES = re.compile(
    r"\b(will|always|never|cures?|prevents?|proven|guarantee\w*)\b", re.IGNORECASE
)
BLAMES = re.compile(r"\b(pulls?|stress|irritates?)\b")


@each_entry
def test_it_only_may_help(entry):
    why = " ".join(entry.columns["why"])
    assert "may" in words(why)
    assert not PROMISES.search(why)


@each_entry
def test_nothing_is_blamed_for_pain_as_a_fact(entry):
    for text in entry.columns["why"]:
        for sentence in filter(BLAMES.search, sentences(text)):
            assert "may" in words(sentence), sentence


def test_every_stretch_admits_that_the_evidence_is_weak():
    stretches = [entry for entry in ENTRIES.values() if entry.kind == "stretch"]
    assert len(stretches) == 9
    for entry in stretches:
        assert any("evidence for this is weak" in text for text in entry.columns["why"])


# --- tags

# slug: kind, position, which way the low back bends, who should ask first
TAGS = {
    "lying-hamstring-stretch": ("stretch", "lying on the back", "", "IRR THR PREG"),
    "sitting-hamstring-stretch": ("stretch", "sitting", "", "IRR"),
    "doorway-hamstring-stretch": ("stretch", "lying on the back", "", "IRR PREG"),
    "strap-hamstring-stretch": ("stretch", "lying on the back", "", "IRR THR PREG"),
    "two-chair-hamstring-stretch": ("stretch", "sitting", "", "IRR OST"),
    "standing-hamstring-stretch": ("stretch", "standing", "", "IRR OST BAL"),
    "sciatic-nerve-slider": ("nerve", "lying on the back", "", "IRR PREG"),
    "knee-across-buttock-stretch": ("stretch", "lying on the back", "", "THR IRR PREG"),
    "figure-four-stretch": ("stretch", "lying on the back", "", "THR KNEE PREG"),
    "single-knee-to-chest": ("mobility", "lying on the back", "forward", "OST THR PREG"),
    "double-knee-to-chest": ("mobility", "lying on the back", "forward", "OST THR PREG"),
    "knee-rolls": ("mobility", "lying on the back", "", "OST PREG"),
    "pelvic-tilt": ("control", "lying on the back", "", "PREG"),
    "cat-camel": ("mobility", "hands and knees", "", "KNEE WRIST OST"),
    "bottom-to-heels": ("mobility", "hands and knees", "forward", "KNEE OST THR"),
    "lying-on-elbows": ("mobility", "lying on the front", "backward", "PREG"),
    "back-press-up": ("mobility", "lying on the front", "backward", "PREG WRIST"),
    "standing-back-bend": ("mobility", "standing", "backward", "BAL"),
    "tummy-tightening": ("control", "lying on the back", "", "PREG"),
    "heel-slide": ("control", "lying on the back", "", "PREG"),
    "dead-bug": ("control", "lying on the back", "", "PREG"),
    "bird-dog": ("control", "hands and knees", "", "KNEE WRIST"),
    "side-plank-on-knees": ("strength", "lying on the side", "", "SHOULDER"),
    "bridge": ("strength", "lying on the back", "", "PREG"),
    "clamshell": ("strength", "lying on the side", "", "THR"),
    "hip-flexor-stretch": ("stretch", "kneeling", "", "KNEE BAL"),
    "walking": ("aerobic", "standing", "", "BAL"),
    "wall-squat": ("strength", "standing", "", "KNEE BAL"),
    "modified-curl-up": ("strength", "lying on the back", "", "OST PREG"),
}
EQUIPMENT = {
    "sitting-hamstring-stretch": ["chair"],
    "doorway-hamstring-stretch": ["door frame"],
    "strap-hamstring-stretch": ["strap or towel"],
    "two-chair-hamstring-stretch": ["two chairs"],
    "standing-hamstring-stretch": ["step", "support to hold"],
    "hip-flexor-stretch": ["cushion", "chair"],
    "wall-squat": ["wall"],
}


def test_the_library_is_these_exercises():
    assert ENTRIES.keys() == TAGS.keys()


@pytest.mark.parametrize("slug", TAGS)
def test_tags(slug):
    kind, position, flexes, precautions = TAGS[slug]
    entry = ENTRIES[slug]
    columns = entry.columns
    assert (entry.kind, columns["position"], columns["flexes"]) == (kind, position, flexes)
    assert columns["precautions"] == precautions.split()
    assert columns["equipment"] == EQUIPMENT.get(slug, [])
    for name in ("muscles", "regions", "conditions"):
        assert columns[name], name
        assert len(set(columns[name])) == len(columns[name]), name


@each_entry
def test_its_other_names_are_names_of_the_exercise(entry):
    synonyms = entry.columns["synonyms"]
    parts_of_the_body = {word for lay in LAY_WORDS.values() for word in lay}
    assert synonyms
    assert len(set(synonyms)) == len(synonyms)
    assert not {entry.columns["name"].lower(), *parts_of_the_body}.intersection(synonyms)


def test_bending_exercises_say_whom_they_do_not_suit():
    """The two ways suit different people, and the leg tells which."""
    for entry in ENTRIES.values():
        cautions = " ".join(entry.columns["cautions"])
        if entry.columns["flexes"] == "forward":
            assert "Skip this one if bending makes your leg pain worse." in cautions
        if entry.columns["flexes"] == "backward":
            assert "Stop if pain moves further down your leg, and tell" in cautions


# --- easier and harder

HARDER = {
    "sitting-hamstring-stretch": ("lying-hamstring-stretch",),
    "lying-hamstring-stretch": ("doorway-hamstring-stretch",),
    "doorway-hamstring-stretch": ("strap-hamstring-stretch",),
    "strap-hamstring-stretch": ("two-chair-hamstring-stretch",),
    "two-chair-hamstring-stretch": ("standing-hamstring-stretch",),
    "knee-across-buttock-stretch": ("figure-four-stretch",),
    "single-knee-to-chest": ("double-knee-to-chest",),
    "pelvic-tilt": ("tummy-tightening", "bridge"),
    "tummy-tightening": ("heel-slide",),
    "heel-slide": ("dead-bug",),
    "cat-camel": ("bird-dog",),
    "lying-on-elbows": ("back-press-up", "standing-back-bend"),
}


def test_the_ladders():
    assert {slug: entry.harder for slug, entry in ENTRIES.items() if entry.harder} == HARDER


# The founding article leaves the choice of the stronger stretch open.
@pytest.mark.parametrize("slug", sorted(HARDER.keys() - {"lying-hamstring-stretch"}))
def test_a_patient_reads_the_name_of_the_next_step(slug):
    told = ENTRIES[slug].columns["progress"]
    next_names = [ENTRIES[other].columns["name"].lower() for other in HARDER[slug]]
    assert any(name in told for name in next_names)


# --- sources

# A pause that may be left out is in the words: a hold is a second at least.
PAUSES = {"dead-bug": "up to two seconds", "clamshell": "up to three seconds"}
WITH_A_SOURCE = {
    "lying-hamstring-stretch",
    "single-knee-to-chest",
    "double-knee-to-chest",
    "pelvic-tilt",
}
# Whom a clinician accepts. Whoever sells something is not among them.
CITED = (
    "Paul Boxcer, BSc (Hons) Physiotherapist, “Low Back Pain, Sciatica and the Hamstring Muscles”",
    "Mayo Clinic, “Back exercises in 15 minutes a day” (mayoclinic.org)",
    "NHS inform, “Exercises for back pain”",
    "NHS, “Exercises for sciatica”",
    "NHS, “Lower back pain exercises”",
    "Chartered Society of Physiotherapy, “Exercise advice for back pain” (csp.org.uk)",
    "Cambridge University Hospitals NHS Foundation Trust, “Back mobility exercises” "
    "(cuh.nhs.uk/patient-information/back-mobility-exercises)",
    "Cambridge University Hospitals NHS Foundation Trust, “Hip strengthening exercises” "
    "(cuh.nhs.uk/patient-information/hip-strengthening-exercises)",
    "Eskenazi Health, “Exercise of the Month: Piriformis Stretch for Sciatica”",
    "Hospital for Special Surgery, “Core Stability Exercises for Back Health” (hss.edu)",
    "Nationwide Children’s Hospital, “Wall Squats”",
    "Beach Cities Health District, pages for older adults (bchd.org)",
    "American College of Sports Medicine, “Stretching and Flexibility Guidelines Update” (2021)",
    "Pocovi and others, the WalkBack trial, The Lancet 2024; 404: 134–144 "
    "(doi 10.1016/S0140-6736(24)00755-4)",
)
# What a source may say besides, each at the start of a sentence.
STARTS = {"Clinical", "Dose", "How", "Movement", "The"}


@pytest.mark.parametrize("slug", PAUSES)
def test_a_pause_is_offered_in_words(slug):
    assert PAUSES[slug] in " ".join(ENTRIES[slug].columns["steps"])


@each_entry
def test_a_dose_is_sourced_or_says_that_it_is_convention(entry):
    columns = entry.columns
    sourced = entry.slug in WITH_A_SOURCE
    assert columns["dose_basis"] == ("source" if sourced else "convention")
    assert ("linical convention" in columns["source"]) is not sourced


@each_entry
def test_it_cites_only_whom_a_clinician_accepts(entry):
    left = entry.columns["source"]
    for citation in CITED:
        left = left.replace(citation, "")
    assert set(re.findall(r"[A-Z]\w*", left)) <= STARTS
    assert not re.search(r"[“”]|\w\.\w|/", left), left


# --- the founding entry

FOUNDING_STEPS = [
    "Lie on your back with both knees bent and your feet flat.",
    "With both hands, gently hold behind the knee of the side to stretch. "
    "Bring that knee towards your chest.",
    "Stop when your knee points straight up at the ceiling.",
    "Keep your low back level. Then gently tighten your tummy.",
    "Gently straighten the same knee, so that your lower leg starts to point at the ceiling too.",
    "Stop as soon as you first feel a stretch at the back of your leg. Hold it there. "
    "Then bend your knee and put your foot down.",
]
FOUNDING_CAUTIONS = [
    "Keep your low back level, in its own natural curve.",
    "Gently tighten your tummy. "
    "This keeps your low back and hips steady, and works your tummy a little.",
    "Do not let your back flatten into the floor.",
    "Stop at the first stretch. There is no need to push.",
    "If your hamstrings are tight, your foot will not point at the ceiling. That is fine.",
]


def test_the_founding_entry_keeps_every_fact_of_its_movement():
    columns = ENTRIES["lying-hamstring-stretch"].columns
    assert columns["side_kind"] == "leg"
    assert columns["steps"] == FOUNDING_STEPS
    assert columns["cautions"] == FOUNDING_CAUTIONS
    assert "Progress only when it is too easy" in columns["progress"]


def test_the_founding_entry_cites_its_article_and_stays_careful():
    columns = ENTRIES["lying-hamstring-stretch"].columns
    assert columns["source"] == (
        "Paul Boxcer, BSc (Hons) Physiotherapist, “Low Back Pain, Sciatica and the Hamstring "
        "Muscles”."
    )
    why = " ".join(columns["why"])
    for subject in ("low back", "sacro-iliac joint", "sciatic nerve", "five nerve roots", "weak"):
        assert subject in why
    assert "One or two other exercises are usually needed" in columns["beside"]
    assert "unlikely, though not impossible" in columns["beside"]

"""The library as it ships: plain to read, safely tagged, with the doses and sources agreed on."""

import re

import pytest

from exercises import library
from exercises.vocabulary import LAY_WORDS

ENTRIES = {entry.slug: entry for entry in library.read()}
EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
MON_WED_FRI = [0, 2, 4]
NONE = (None, None)

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


# --- doses and sources

# slug: hold (s), repetitions, sets, times a day; what sources say, for everybody
GUIDES = {
    "lying-hamstring-stretch": ((20, 30), (2, 3), (1, 1), (2, 3)),
    "sitting-hamstring-stretch": ((15, 30), (2, 3), (1, 1), (2, 2)),
    "doorway-hamstring-stretch": ((15, 30), (3, 3), (1, 1), (2, 2)),
    "strap-hamstring-stretch": ((15, 60), (2, 3), (1, 1), (2, 2)),
    "two-chair-hamstring-stretch": ((15, 30), (3, 3), (1, 1), (1, 2)),
    "standing-hamstring-stretch": ((10, 30), (2, 3), (1, 1), (2, 2)),
    "sciatic-nerve-slider": (NONE, (10, 10), (1, 1), (1, 3)),
    "knee-across-buttock-stretch": ((30, 30), (1, 3), (1, 1), (1, 1)),
    "figure-four-stretch": ((10, 30), (2, 3), (1, 1), (1, 2)),
    "single-knee-to-chest": ((5, 30), (2, 3), (1, 1), (1, 2)),
    "double-knee-to-chest": ((5, 30), (2, 3), (1, 1), (1, 2)),
    "knee-rolls": ((2, 10), (2, 10), (1, 1), (2, 3)),
    "pelvic-tilt": ((2, 5), (5, 30), (1, 1), (1, 3)),
    "cat-camel": (NONE, (7, 12), (1, 1), (1, 2)),
    "bottom-to-heels": ((3, 5), (8, 10), (1, 1), (1, 1)),
    "lying-on-elbows": ((60, 300), (1, 1), (1, 1), (1, 3)),
    "back-press-up": ((1, 2), (5, 10), (1, 3), (3, 5)),
    "standing-back-bend": ((1, 2), (5, 10), (1, 1), (3, 3)),
    "tummy-tightening": ((10, 30), (5, 15), (1, 3), (1, 1)),
    "heel-slide": (NONE, (10, 10), (1, 2), (1, 1)),
    "dead-bug": (NONE, (8, 15), (1, 3), (1, 1)),
    "bird-dog": ((2, 10), (5, 12), (1, 3), (1, 1)),
    "side-plank-on-knees": ((10, 40), (2, 6), (1, 1), (1, 1)),
    "bridge": ((2, 10), (5, 15), (1, 3), (1, 2)),
    "clamshell": (NONE, (5, 15), (1, 3), (1, 1)),
    "hip-flexor-stretch": ((15, 30), (2, 3), (1, 1), (1, 2)),
    "walking": (NONE, NONE, NONE, (1, 1)),
    "wall-squat": ((15, 25), (3, 3), (1, 1), (1, 1)),
    "modified-curl-up": ((10, 10), (6, 6), (1, 1), (1, 1)),
}
# The same, and the days: what adding it prescribes, for one person to begin with.
STARTS_WITH = {
    "lying-hamstring-stretch": ((20, 30), (2, 3), (1, 1), (2, 3), EVERY_DAY),
    "sitting-hamstring-stretch": ((20, 30), (2, 3), (1, 1), (2, 2), EVERY_DAY),
    "doorway-hamstring-stretch": ((20, 30), (3, 3), (1, 1), (2, 2), EVERY_DAY),
    "strap-hamstring-stretch": ((20, 30), (2, 3), (1, 1), (2, 2), EVERY_DAY),
    "two-chair-hamstring-stretch": ((20, 30), (3, 3), (1, 1), (1, 2), EVERY_DAY),
    "standing-hamstring-stretch": ((20, 30), (2, 3), (1, 1), (2, 2), EVERY_DAY),
    "sciatic-nerve-slider": (NONE, (10, 10), (1, 1), (1, 2), EVERY_DAY),
    "knee-across-buttock-stretch": ((30, 30), (2, 3), (1, 1), (1, 1), EVERY_DAY),
    "figure-four-stretch": ((20, 30), (2, 3), (1, 1), (1, 2), EVERY_DAY),
    "single-knee-to-chest": ((10, 20), (2, 3), (1, 1), (1, 2), EVERY_DAY),
    "double-knee-to-chest": ((10, 20), (2, 3), (1, 1), (1, 2), EVERY_DAY),
    "knee-rolls": ((2, 3), (5, 10), (1, 1), (2, 3), EVERY_DAY),
    "pelvic-tilt": ((3, 5), (5, 10), (1, 1), (1, 2), EVERY_DAY),
    "cat-camel": (NONE, (8, 10), (1, 1), (1, 2), EVERY_DAY),
    "bottom-to-heels": ((3, 5), (8, 10), (1, 1), (1, 1), EVERY_DAY),
    "lying-on-elbows": ((60, 120), (1, 1), (1, 1), (1, 2), EVERY_DAY),
    "back-press-up": ((1, 2), (5, 10), (1, 1), (3, 3), EVERY_DAY),
    "standing-back-bend": ((1, 2), (5, 10), (1, 1), (3, 3), EVERY_DAY),
    "tummy-tightening": ((10, 15), (5, 10), (1, 1), (1, 1), EVERY_DAY),
    "heel-slide": (NONE, (10, 10), (1, 1), (1, 1), EVERY_DAY),
    "dead-bug": (NONE, (8, 10), (1, 2), (1, 1), MON_WED_FRI),
    "bird-dog": ((3, 5), (5, 8), (1, 1), (1, 1), EVERY_DAY),
    "side-plank-on-knees": ((10, 20), (2, 3), (1, 1), (1, 1), MON_WED_FRI),
    "bridge": ((3, 5), (8, 10), (1, 2), (1, 1), EVERY_DAY),
    "clamshell": (NONE, (8, 12), (1, 2), (1, 1), MON_WED_FRI),
    "hip-flexor-stretch": ((20, 30), (2, 3), (1, 1), (1, 2), EVERY_DAY),
    "walking": (NONE, NONE, NONE, (1, 1), [0, 1, 2, 3, 4]),
    "wall-squat": ((15, 25), (3, 3), (1, 1), (1, 1), EVERY_DAY),
    "modified-curl-up": ((10, 10), (6, 6), (1, 1), (1, 1), EVERY_DAY),
}
# What one side of it is; of the others both sides work together.
ON_A_SIDE = {"side-plank-on-knees": "side"} | dict.fromkeys(
    (
        "lying-hamstring-stretch",
        "sitting-hamstring-stretch",
        "doorway-hamstring-stretch",
        "strap-hamstring-stretch",
        "two-chair-hamstring-stretch",
        "standing-hamstring-stretch",
        "sciatic-nerve-slider",
        "knee-across-buttock-stretch",
        "figure-four-stretch",
        "single-knee-to-chest",
        "heel-slide",
        "dead-bug",
        "bird-dog",
        "clamshell",
        "hip-flexor-stretch",
    ),
    "leg",
)
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


PARTS = ("hold_seconds", "repetitions", "sets", "per_day")


def numbers(columns, prefix=""):
    return tuple((columns[f"{prefix}{p}_min"], columns[f"{prefix}{p}_max"]) for p in PARTS)


@pytest.mark.parametrize("slug", STARTS_WITH)
def test_starting_doses(slug):
    assert STARTS_WITH.keys() == ENTRIES.keys()
    columns = ENTRIES[slug].columns
    assert (*numbers(columns), columns["weekdays"]) == STARTS_WITH[slug]
    assert columns["every_days"] is None
    minutes = (10, 15) if slug == "walking" else NONE
    assert (columns["minutes_min"], columns["minutes_max"]) == minutes


@pytest.mark.parametrize("slug", GUIDES)
def test_guide_ranges(slug):
    assert GUIDES.keys() == ENTRIES.keys()
    columns = ENTRIES[slug].columns
    assert numbers(columns, "guide_") == GUIDES[slug]
    minutes = (5, 30) if slug == "walking" else NONE
    assert (columns["guide_minutes_min"], columns["guide_minutes_max"]) == minutes


@each_entry
def test_a_starting_dose_is_a_decision_inside_the_guide(entry):
    """Counted here from the file's numbers alone, by hand: the product's own rule is not asked."""
    columns = entry.columns
    for part in (*PARTS, "minutes"):
        low, high = columns[f"{part}_min"], columns[f"{part}_max"]
        if low is not None:
            assert high <= 2 * low, part
            assert columns[f"guide_{part}_min"] <= low <= high <= columns[f"guide_{part}_max"]
    if columns["minutes_max"] is None:
        hold, times, rounds = (columns[f"{part}_max"] or 1 for part in PARTS[:3])
        one = hold + 5 if columns["hold_seconds_max"] else 4  # with the change of position
        sides = 2 if columns["side_kind"] else 1
        assert sides * rounds * times * one + (rounds - 1) * 30 <= 5 * 60


def test_the_founding_stretch_starts_as_its_source_says():
    columns = ENTRIES["lying-hamstring-stretch"].columns
    assert numbers(columns) == numbers(columns, "guide_") == ((20, 30), (2, 3), (1, 1), (2, 3))


def test_what_one_side_is():
    sided = {slug: entry.columns["side_kind"] for slug, entry in ENTRIES.items()}
    assert {slug: kind for slug, kind in sided.items() if kind} == ON_A_SIDE


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

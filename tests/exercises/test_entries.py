"""The library as it ships: what every entry keeps, and the founding entry's facts."""

import re

import pytest

from exercises import figures, library

ENTRIES = {entry.slug: entry for entry in library.read()}
BESIDE_THE_FOUNDING_ENTRY = {
    "sitting-hamstring-stretch",
    "doorway-hamstring-stretch",
    "knee-across-buttock-stretch",
    "figure-four-stretch",
    "tummy-tightening",
    "pelvic-tilt",
    "heel-slide",
}
WORDS_IN_A_SENTENCE = 20
SCHOOL_YEARS = 5  # Flesch–Kincaid: read with ease at ten


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"[.:!?]\s*", text) if part]


def words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z’]+", text)


def syllables(word: str) -> int:
    """Groups of vowels, but for a silent e at the end: near enough for an average."""
    groups = re.findall(r"[aeiouy]+", word.lower())
    silent = word.lower().endswith("e") and not word.lower().endswith("le") and len(groups) > 1
    return max(1, len(groups) - silent)


def school_years(texts: list[str]) -> float:
    """The Flesch–Kincaid grade: years at school needed to follow it."""
    told = [sentence for text in texts for sentence in sentences(text)]
    said = [word for sentence in told for word in words(sentence)]
    spoken = sum(syllables(word) for word in said)
    return 0.39 * len(said) / len(told) + 11.8 * spoken / len(said) - 15.59


def patient_words(entry: library.Entry) -> list[str]:
    columns = entry.columns
    return [*columns["steps"], *columns["cautions"], columns["feel"]]


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=list(ENTRIES))
def test_a_ten_year_old_can_follow_it(entry):
    for text in patient_words(entry):
        for sentence in sentences(text):
            assert len(words(sentence)) <= WORDS_IN_A_SENTENCE, sentence
    assert school_years(patient_words(entry)) <= SCHOOL_YEARS


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=list(ENTRIES))
def test_it_says_what_to_feel_when_to_move_on_and_why_it_only_may_help(entry):
    columns = entry.columns
    assert columns["feel"]
    assert columns["cautions"]
    assert columns["progress"]
    assert any("may" in words(text) for text in columns["why"])
    assert columns["source"]


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=list(ENTRIES))
def test_its_figure_is_small_and_takes_the_colours_of_the_page(entry):
    path = figures.FOLDER / f"{entry.columns['figure']}.svg"
    assert path.stat().st_size < 4096
    drawn = path.read_text()
    assert 'viewBox="0 0 320 240"' in drawn
    assert not re.search(r"\b(style|fill|stroke|id|on\w+)=|<(style|script|image|use)\b", drawn)
    assert len(words(entry.columns["figure_alt"])) > 10


def test_every_drawing_belongs_to_an_entry():
    drawn = {path.stem for path in figures.FOLDER.glob("*.svg")}
    assert drawn == {entry.columns["figure"] for entry in ENTRIES.values()}


def test_the_founding_programme_has_its_neighbours():
    assert ENTRIES.keys() >= BESIDE_THE_FOUNDING_ENTRY
    assert ENTRIES["sitting-hamstring-stretch"].harder == ("lying-hamstring-stretch",)
    assert ENTRIES["lying-hamstring-stretch"].harder == ("doorway-hamstring-stretch",)
    assert ENTRIES["knee-across-buttock-stretch"].harder == ("figure-four-stretch",)
    assert ENTRIES["doorway-hamstring-stretch"].harder == ("strap-hamstring-stretch",)
    assert ENTRIES["pelvic-tilt"].harder == ("tummy-tightening", "bridge")
    assert ENTRIES["tummy-tightening"].harder == ("heel-slide",)


DOSES = {
    # hold (s), repetitions, sets, times a day
    "lying-hamstring-stretch": ((20, 30), (2, 3), (1, 1), (2, 3)),
    "sitting-hamstring-stretch": ((15, 30), (2, 3), (1, 1), (2, 2)),
    "doorway-hamstring-stretch": ((15, 30), (3, 3), (1, 1), (2, 2)),
    "knee-across-buttock-stretch": ((30, 30), (1, 3), (1, 1), (1, 1)),
    "figure-four-stretch": ((10, 30), (2, 3), (1, 1), (1, 2)),
    "tummy-tightening": ((10, 30), (5, 15), (1, 3), (1, 1)),
    "pelvic-tilt": ((2, 5), (5, 30), (1, 1), (1, 3)),
    "heel-slide": ((None, None), (10, 10), (1, 2), (1, 1)),
    "strap-hamstring-stretch": ((15, 60), (2, 3), (1, 1), (2, 2)),
    "bridge": ((2, 10), (5, 15), (1, 3), (1, 2)),
    "single-knee-to-chest": ((5, 30), (2, 3), (1, 1), (1, 2)),
    "sciatic-nerve-slider": ((None, None), (10, 10), (1, 1), (1, 3)),
}


@pytest.mark.parametrize("slug", DOSES)
def test_default_doses(slug):
    assert DOSES.keys() == ENTRIES.keys()
    columns = ENTRIES[slug].columns
    parts = ("hold_seconds", "repetitions", "sets", "per_day")
    stored = tuple((columns[f"{part}_min"], columns[f"{part}_max"]) for part in parts)
    assert stored == DOSES[slug]
    assert columns["weekdays"] == [0, 1, 2, 3, 4, 5, 6]


FOUNDING_STEPS = [
    "Lie on your back with both knees bent and your feet flat.",
    "With both hands, gently hold behind the knee of the side to stretch. "
    "Bring that knee towards your chest.",
    "Stop when your knee points straight up at the ceiling.",
    "Keep your low back level. Then gently tighten your tummy.",
    "Gently straighten the same knee, so that your lower leg starts to point at the ceiling too.",
    "Stop as soon as you first feel a stretch at the back of your leg. Hold it there.",
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
    entry = ENTRIES["lying-hamstring-stretch"]
    assert entry.kind == "stretch"
    assert entry.columns["is_sided"] is True
    assert entry.columns["steps"] == FOUNDING_STEPS
    assert entry.columns["cautions"] == FOUNDING_CAUTIONS
    assert "Progress only when it is too easy" in entry.columns["progress"]
    assert set(entry.columns["precautions"]) == {"IRR", "THR", "PREG"}


def test_the_founding_entry_cites_its_article_and_stays_careful():
    columns = ENTRIES["lying-hamstring-stretch"].columns
    assert columns["dose_basis"] == "source"
    assert columns["source"] == (
        "Paul Boxcer, BSc (Hons) Physiotherapist, “Low Back Pain, Sciatica and the Hamstring "
        "Muscles”."
    )
    why = " ".join(columns["why"])
    for subject in ("low back", "sacro-iliac joint", "sciatic nerve", "five nerve roots", "weak"):
        assert subject in why
    assert "One or two other exercises are usually needed" in columns["beside"]
    assert "unlikely, though not impossible" in columns["beside"]

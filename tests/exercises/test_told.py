"""What a patient reads of why, with what, how gentle and when to move on; and what paper says."""

import pytest

from exercises import library
from exercises.models import Precaution
from exercises.services import loading
from tests.exercises.test_entries import (
    CLINICIANS_WORDS,
    PROMISES,
    SCHOOL_YEARS_OF_REASONS,
    WORDS_IN_A_SENTENCE,
    school_years,
    sentences,
    words,
)
from tests.exercises.writing_desk import address, ready_draft, typed
from tests.factories import LONG_AGO

ENTRIES = {entry.slug: entry for entry in library.read()}
TOLD = ("summary", "why_for_patient", "beside_for_patient", "progress")

each_entry = pytest.mark.parametrize("entry", ENTRIES.values(), ids=list(ENTRIES))


@each_entry
def test_each_is_told_in_one_or_two_sentences(entry):
    for name in TOLD:
        assert 1 <= len(sentences(entry.columns[name])) <= 2, name


@each_entry
def test_paper_tells_it_in_one_sentence(entry):
    told = entry.columns["on_paper"]
    assert len(sentences(told)) == 1
    assert "may" in words(told)
    assert "physiotherapist" in told or "move on" in told


@each_entry
def test_a_ten_year_old_can_follow_it(entry):
    told = [entry.columns[name] for name in (*TOLD, "on_paper")]
    assert school_years(told) <= SCHOOL_YEARS_OF_REASONS


@each_entry
def test_no_sentence_is_long_no_word_a_clinicians_and_nothing_promised(entry):
    for name in (*TOLD, "on_paper"):
        told = entry.columns[name]
        assert told.endswith(".")
        assert not CLINICIANS_WORDS.search(told), told
        assert not PROMISES.search(told), told
        for sentence in sentences(told):
            assert len(words(sentence)) <= WORDS_IN_A_SENTENCE, sentence


@each_entry
def test_the_reason_only_may_be_one(entry):
    assert "may" in words(entry.columns["why_for_patient"])


@pytest.mark.django_db
def test_a_clinic_writes_it_and_reads_it_in_the_preview(cast, as_user):
    physio = as_user(cast.clinician)
    draft = ready_draft(cast.clinic, by=cast.clinician)
    told = {
        "why_for_patient": "It may ease your back.",
        "beside_for_patient": "It may go well with walks.",
        "on_paper": "A gentle one that may help.",
        "precautions": ["HERNIA"],
    }
    physio.post(address(draft), typed(draft, **told))
    draft.refresh_from_db()
    assert {name: getattr(draft, name) for name in told} == told
    page = physio.get(address(draft, "preview/")).text
    assert "Why it may help" in page
    assert "It may ease your back." in page
    assert "It may go well with walks." in page
    assert "you have a hernia" in page


@pytest.mark.django_db
@pytest.mark.parametrize("tag", Precaution)
def test_the_library_leaves_out_whatever_asks_first(cast, as_user, tag):
    loading.load(library.read(), now=LONG_AGO)
    results = as_user(cast.clinician).get("/exercises/", {"avoid": tag.value, "q": "back"})
    assert f"Not for: {tag.label}" in results.text
    for entry in ENTRIES.values():
        if tag in entry.columns["precautions"]:
            assert f'href="/exercises/{entry.slug}/"' not in results.text


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_three_short_lines_stand_for_the_steps_on_a_single_sheet(entry):
    cues = entry.columns["cues"]
    assert len(cues) == 3
    assert all(len(cue) <= 80 and cue.endswith(".") for cue in cues)
    if entry.columns["hold_seconds_min"]:
        steps = " ".join(entry.columns["steps"]).lower()
        for held in ("hold", "pause", "stay"):
            assert (held in " ".join(cues).lower()) or held not in steps

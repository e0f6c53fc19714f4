"""What a patient reads of why, with what, how gentle and when to move on; and what paper says."""

import pytest

from exercises import library
from tests.exercises.test_entries import (
    CLINICIANS_WORDS,
    PROMISES,
    SCHOOL_YEARS_OF_REASONS,
    WORDS_IN_A_SENTENCE,
    school_years,
    sentences,
    words,
)

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

"""The table can go red: what each kind of broken promise is counted as."""

import pytest

from tests.faults.tally import Tally, count

ONE, TWO = "<1@clinic.example>", "<2@clinic.example>"


def test_what_was_sent_and_taken_once_is_kept_promise():
    assert count({ONE: "sent"}, [ONE], due=1).faults == []


@pytest.mark.parametrize(
    ("rows", "taken", "faults"),
    [
        ({ONE: "sent"}, [ONE, ONE], ["1 duplicate"]),
        ({ONE: "uncertain"}, [ONE, ONE], ["1 duplicate", "1 uncertain of 0 in flight"]),
        ({ONE: "sent"}, [], ["1 lost"]),
        ({ONE: "handed"}, [], ["1 lost"]),
        ({ONE: "claimed"}, [], ["1 lost"]),
        ({}, [], ["1 lost"]),
        ({ONE: "failed"}, [ONE], ["1 wrong"]),
        ({ONE: "expired"}, [ONE], ["1 wrong"]),
        ({ONE: "uncertain"}, [], ["1 uncertain of 0 in flight"]),
    ],
)
def test_a_broken_promise(rows, taken, faults):
    assert count(rows, taken, due=1).faults == faults


@pytest.mark.parametrize("state", ["failed", "skipped", "expired"])
def test_what_is_on_record_as_not_sent_is_no_loss(state):
    assert count({ONE: state}, [], due=1).faults == []


def test_as_many_may_be_uncertain_as_were_in_flight():
    assert count({ONE: "uncertain"}, [ONE], due=1, in_flight=1).faults == []


def test_a_letter_is_about_each_row_that_it_names():
    in_one = {ONE: ONE, TWO: ONE}
    sent, doubtful = {ONE: "sent", TWO: "sent"}, {ONE: "uncertain", TWO: "uncertain"}
    assert count(sent, [ONE], due=2, letters=in_one).faults == []
    assert count(sent, [ONE, ONE], due=2, letters=in_one).faults == ["2 duplicate"]
    assert count(sent, [ONE, TWO], due=2, letters=in_one).faults == ["1 duplicate"]
    assert count(doubtful, [ONE], due=2, letters=in_one, in_flight=1).faults == []


def test_tallies_add_up():
    assert Tally(planned=1, lost=2) + Tally(planned=3) == Tally(planned=4, lost=2)

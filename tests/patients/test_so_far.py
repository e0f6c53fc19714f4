"""What a patient reads of their programme so far: each fact by its published rule, else nothing."""

from datetime import timedelta

import pytest

from patients.results import Went
from patients.so_far import Fall, Score, fall, milestone, pain_fall
from tests.patients.scene import DAY, HOUR, NOW, TODAY, items_of, log, running


def scores(first: list[int], last: list[int], *, apart: int = 7) -> list[Score]:
    """The first ones on one day, the last ones so many days later."""
    later = TODAY + timedelta(apart)
    return [*(Score(TODAY, pain) for pain in first), *(Score(later, pain) for pain in last)]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ([5, 5, 5], [3, 3, 3], Fall(5, 3)),
        ([6, 5, 5], [4, 3, 3], Fall(5, 3)),  # 5.3 and 3.3
        ([5, 4, 5], [3, 3, 2], Fall(5, 3)),  # 4.7 and 2.7
        ([5, 5, 5], [4, 3, 3], None),  # 3.3 is not 2 below 5
        ([5, 5, 5], [1, 2, 5], None),  # low as a whole, but not now
        ([3, 3, 3], [5, 5, 5], None),
        ([1, 1, 2], [0, 0, 0], None),
        ([2, 2, 2], [0, 0, 0], Fall(2, 0)),
        ([9, 5, 5, 5], [3, 3, 3], Fall(6, 3)),  # 6.3: what is between does not count
        ([5, 5], [1, 1, 1], None),  # too few
    ],
)
def test_pain_went_down_by_the_important_change_or_nothing_is_said(first, last, said):
    assert fall(scores(first, last)) == said


@pytest.mark.parametrize(("apart", "is_said"), [(6, False), (7, True)])
def test_a_week_lies_between(apart, is_said):
    assert (fall(scores([5, 5, 5], [3, 3, 3], apart=apart)) is not None) is is_said


@pytest.mark.django_db
def test_only_scores_of_this_programme_that_were_not_taken_back():
    plan = running(starts_on=TODAY - 10 * DAY, now=NOW - 10 * DAY)
    for on, pains in ((TODAY - 10 * DAY, (6, 6, 6)), (TODAY, (2, None, 2, 2))):
        for hour, pain in enumerate(pains):
            log(plan, on=on, now=NOW + (on - TODAY) + hour * HOUR, pain_after=pain)
    assert pain_fall(plan) == Fall(6, 2)
    newest = plan.sessions.newest_first().first()
    plan.sessions.filter(pk=newest.pk).update(undone_at=NOW)
    assert pain_fall(plan) is None


@pytest.mark.django_db
def test_the_tenth_session_is_told_and_stays_the_tenth():
    plan = running()
    skipped = {item.pk: Went("skipped") for item in items_of(plan)}
    log(plan, results=skipped, now=NOW)  # does not count
    sessions = [log(plan, now=NOW + n * HOUR / 4) for n in range(1, 13)]
    assert [milestone(session) for session in sessions] == [None] * 9 + [10, None, None]

"""Each threshold at its edge, and what holds for any facts."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseload.concerns import Facts, Kind
from caseload.dealing import standing
from caseload.words import reasons
from patients.facts import Hurt, OverRange, Pain, WeekOfPain

TODAY = date(2026, 3, 30)  # a Monday


def ago(days: int) -> date:
    return TODAY - timedelta(days)


def raised(**known) -> list[tuple[Kind, str]]:
    return [(c.kind, reasons.reason(c.reason)) for c in standing(Facts(today=TODAY, **known), {})]


SILENT = {"silent_days": 12, "silent_asked_days": 12, "is_reminded": True}


def hurt(times: int, on: date, pain: int | None, exercise: str = "Bridge") -> Hurt:
    at = datetime.combine(on, time(9), tzinfo=UTC)
    return Hurt(exercise, times=times, at=at, on=on, pain=pain)


def week(mean: float, readings: int = 3) -> WeekOfPain:
    return WeekOfPain(mean=mean, readings=readings)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (
            {"warned_at": datetime.combine(ago(30), time(9, 5))},
            "Told us of a warning sign on Sat 28 Feb, 09:05. Please look at this now",
        ),
        ({"not_today_on": ago(6)}, "Said not today: pain (Tue 24 Mar)"),
        ({"last_pain": Pain(6, ago(1))}, "Last pain 6 of 10, Sun 29 Mar"),
        ({"hurts": (hurt(2, ago(6), 6),)}, "Hurt twice: Bridge (pain 6 on Tue 24 Mar)"),
        ({"hurts": (hurt(2, ago(6), None),)}, "Hurt twice: Bridge (Tue 24 Mar)"),
        ({"hurts": (hurt(3, TODAY, 0),)}, "Hurt 3 times: Bridge (pain 0 on Mon 30 Mar)"),
        (
            {"hurts": (hurt(1, TODAY, 9, "Clam"), hurt(2, ago(1), 4), hurt(5, ago(2), 8, "Plank"))},
            "Hurt twice: Bridge (pain 4 on Sun 29 Mar), and 1 more exercise",
        ),
        ({"last_pain": Pain(10, TODAY)}, "Last pain 10 of 10, Mon 30 Mar"),
        (
            {"pain_this_week": week(5.5), "pain_week_before": week(3)},
            "Pain up from 3 to 5.5 in a week",
        ),
        (
            {"pain_this_week": week(2, 2), "pain_week_before": week(0, 2)},
            "Pain up from 0 to 2 in a week",
        ),
        ({"silent_days": 5, "silent_asked_days": 2}, "Nothing logged for 5 days"),
        ({"silent_days": 40, "silent_asked_days": 40}, "Nothing logged for 40 days"),
        (SILENT | {"silent_days": 9}, "Nothing logged for 9 days"),
        (
            SILENT | {"silent_days": 10, "silent_asked_days": 1},
            "No session for 10 days; reminders now come weekly at most",
        ),
        (
            SILENT | {"silent_days": 29},
            "No session for 29 days; reminders now come weekly at most",
        ),
        (
            SILENT | {"silent_days": 30},
            "No session for 30 days; reminders now come fortnightly at most",
        ),
        (
            {"mail_comes_back": True},
            "E-mail to this person comes back; ask for another address",
        ),
        (
            {"mail_waits": True},
            "E-mail to this person keeps being put off, so reminders wait; ask about the address",
        ),
        (
            {"invitation_is_lost": True, "mail_comes_back": True},
            "The invitation could not be delivered; send it again, or to another address",
        ),
        (
            {"invitation_is_lost": True, "invitation_is_ours_to_mend": True},
            "The invitation has not left: the mail server refuses our sender, not this address."
            " Tell whoever looks after Homestretch",
        ),
        (
            {"over_range": OverRange(ago(6), done=4, asked_max=3)},
            "Over the range: 4 sessions on Tue 24 Mar, up to 3 asked",
        ),
        ({"review_on": ago(1)}, "Review overdue by 1 day"),
        ({"review_on": ago(12)}, "Review overdue by 12 days"),
        ({"invited_on": ago(3)}, "Invitation not accepted after 3 days"),
    ],
)
def test_raised_at_its_threshold_with_the_reason_in_words(known, expected):
    [(_kind, words)] = raised(**known)
    assert words == expected


@pytest.mark.parametrize(
    "known",
    [
        {},
        {"last_pain": Pain(5, TODAY)},
        {"hurts": (hurt(1, TODAY, 10), hurt(1, TODAY, 10, "Clam"))},
        {"pain_this_week": week(4.9), "pain_week_before": week(3)},
        {"pain_this_week": week(3), "pain_week_before": week(8)},
        {"pain_this_week": week(8, readings=1), "pain_week_before": week(3)},
        {"pain_this_week": week(8), "pain_week_before": week(3, readings=1)},
        {"pain_this_week": week(8)},
        {"pain_week_before": week(8)},
        {"silent_days": 4, "silent_asked_days": 4},
        {"silent_days": 9, "silent_asked_days": 1},
        {"silent_days": 12, "silent_asked_days": 0, "is_reminded": True},
        {"over_range": OverRange(ago(7), done=4, asked_max=3)},
        {"review_on": TODAY},
        {"review_on": TODAY + timedelta(9)},
        {"invited_on": ago(2)},
        {"not_today_on": ago(7)},
    ],
)
def test_silent_just_below_its_threshold(known):
    assert raised(**known) == []


def test_the_most_pressing_comes_first():
    kinds = [
        kind
        for kind, _words in raised(
            invited_on=ago(9),
            warned_at=datetime.combine(TODAY, time(9)),
            pain_told_at=datetime.combine(TODAY, time(9)),
            not_today_on=TODAY,
            mail_comes_back=True,
            review_on=ago(1),
            over_range=OverRange(TODAY, done=5, asked_max=3),
            silent_days=6,
            silent_asked_days=6,
            pain_this_week=week(7),
            pain_week_before=week(2),
            last_pain=Pain(8, TODAY),
            hurts=(hurt(2, TODAY, 8),),
        )
    ]
    assert kinds == list(Kind)


def test_every_kind_publishes_its_threshold():
    published = [reasons.threshold(kind) for kind in Kind]
    assert len(published) == len(Kind)
    assert "5 days or more" in published[Kind.SILENT - 1]
    assert "2 points or more" in published[Kind.PAIN_UP - 1]
    assert "6 or more of 10" in published[Kind.PAIN_HIGH - 1]
    assert "After 10 days reminders come weekly" in published[Kind.SILENT - 1]
    assert "after 30 fortnightly" in published[Kind.SILENT - 1]
    assert "3 times in a row" in published[Kind.ADDRESS - 1]
    assert "3 days or more" in published[Kind.INVITATION - 1]
    assert "2 times or more within the last 14 days" in published[Kind.HURT - 1]


near = st.dates(TODAY - timedelta(400), TODAY + timedelta(400))
weeks = st.builds(WeekOfPain, mean=st.floats(0, 10), readings=st.integers(1, 40))
anything = st.builds(
    Facts,
    today=st.just(TODAY),
    warned_at=st.none() | near.map(lambda on: datetime.combine(on, time(9))),
    not_today_on=st.none() | near,
    last_pain=st.none() | st.builds(Pain, score=st.integers(0, 10), on=near),
    hurts=st.lists(st.builds(hurt, st.integers(1, 20), near, st.none() | st.integers(0, 10))).map(
        tuple
    ),
    pain_this_week=st.none() | weeks,
    pain_week_before=st.none() | weeks,
    silent_days=st.integers(0, 400),
    silent_asked_days=st.integers(0, 400),
    over_range=st.none()
    | st.builds(OverRange, on=near, done=st.integers(2, 20), asked_max=st.integers(1, 12)),
    review_on=st.none() | near,
    invited_on=st.none() | near,
    invitation_is_lost=st.booleans(),
    mail_comes_back=st.booleans(),
    mail_waits=st.booleans(),
    is_reminded=st.booleans(),
)


@given(anything)
def test_any_facts_give_each_concern_once_in_order_with_words(facts):
    kinds = [concern.kind for concern in standing(facts, {})]
    assert kinds == sorted(set(kinds))
    assert all(reasons.reason(concern.reason).strip() for concern in standing(facts, {}))


@given(anything, st.integers(0, 400))
def test_waiting_longer_never_lifts_a_concern_about_waiting(facts, more):
    waits = {Kind.REVIEW, Kind.INVITATION}
    later = Facts(**{**facts.__dict__, "today": facts.today + timedelta(more)})
    before = {c.kind for c in standing(facts, {})} & waits
    assert before <= {c.kind for c in standing(later, {})}

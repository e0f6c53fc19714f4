"""A reason that was dealt with: quiet while its facts are the same, back once they are worse."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from caseload import concerns
from caseload.concerns import DEALT_WITH, Facts, Kind
from caseload.dealing import Dealt, standing
from caseload.words import reasons
from patients.facts import Hurt, OverRange, Pain, WeekOfPain
from patients.models import About

TODAY = date(2026, 3, 30)  # a Monday


def day(n: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(n)


def at(n: int, hour: int = 9) -> datetime:
    return datetime.combine(day(n), time(hour), tzinfo=UTC)


def facts(n: int = 0, **known) -> Facts:
    return Facts(today=day(n), plan_since=at(-60), **known)


def up(before: float, now: float) -> dict:
    return {"pain_week_before": WeekOfPain(before, 4), "pain_this_week": WeekOfPain(now, 4)}


def silent(days: int, *, since: int) -> dict:
    return {"silent_days": days, "silent_asked_days": days, "last_logged_on": day(since)}


def high(score: int, on: int = 0, *, low_on: int | None = -3) -> dict:
    low = None if low_on is None else at(low_on)
    return {"last_pain": Pain(score, day(on)), "last_low_pain_at": low}


def hurt(*times_and_day: tuple[int, int]) -> dict:
    """Exercises that hurt so often, the last time on such a day."""
    often = [Hurt("Bridge", times, at(on), day(on), 6) for times, on in times_and_day]
    return {"hurts": tuple(often)}


def over(on: int, done: int) -> dict:
    return {"over_range": OverRange(day(on), done=done, asked_max=3)}


# kind: what was dealt with today; what it may look like later and stay quiet; what is worse
CASES = {
    Kind.PAIN_TOLD: (
        {"pain_told_at": at(0)},
        [(9, {"pain_told_at": at(0)})],
        [(0, {"pain_told_at": at(0, 10)}), (9, {"pain_told_at": at(8)})],
    ),
    Kind.PAIN_HIGH: (
        high(7),
        [(0, high(7)), (2, high(7, 2)), (6, high(6, 6)), (30, high(7, 0))],
        [(0, high(8)), (7, high(6, 7)), (2, high(6, 2, low_on=1))],
    ),
    Kind.HURT: (
        hurt((2, -1)),
        [(3, hurt((2, -1))), (1, hurt((1, 1), (2, -1)))],
        [(0, hurt((3, -1))), (1, hurt((2, 1))), (1, hurt((2, 0), (2, -1)))],
    ),
    Kind.PAIN_UP: (
        up(2, 4.5),
        [(1, up(2, 5.4)), (6, up(2, 4))],
        [(1, up(2, 5.5)), (7, up(4.5, 6.5))],
    ),
    Kind.NOT_TODAY: (
        {"not_today_on": day(-1)},
        [(4, {"not_today_on": day(-1)})],
        [(0, {"not_today_on": day(0)})],
    ),
    Kind.SILENT: (
        silent(6, since=-7),
        [(4, silent(10, since=-7))],
        [(5, silent(11, since=-7)), (9, silent(5, since=3))],
    ),
    Kind.OVER_RANGE: (
        over(-1, 4),
        [(3, over(-1, 4))],
        [(0, over(-1, 5)), (1, over(0, 4))],
    ),
    Kind.ADDRESS: (
        {"mail_waits": True, "mail_failed_at": at(-1)},
        [(9, {"mail_waits": True, "mail_failed_at": at(-1)})],
        [(1, {"mail_comes_back": True, "mail_failed_at": at(1)})],
    ),
    Kind.REVIEW: (
        {"review_on": day(-1)},
        [(6, {"review_on": day(-1)})],
        [(7, {"review_on": day(-1)}), (9, {"review_on": day(8)})],
    ),
    Kind.INVITATION: (
        {"invited_on": day(-3)},
        [(6, {"invited_on": day(-3)})],
        [(7, {"invited_on": day(-3)}), (4, {"invited_on": day(1)})],
    ),
}


def dealt_with(kind: Kind, known: dict, *, until: int | None = None) -> dict[Kind, Dealt]:
    """As it stands today."""
    [concern] = [one for one in standing(facts(**known), {}) if one.kind == kind]
    until_on = None if until is None else day(until)
    return {
        kind: Dealt(
            reason=reasons.reason(concern.reason),
            measure=concern.measure,
            on=TODAY,
            until_on=until_on,
        )
    }


def of_kind(kind: Kind, known: Facts, dealt: dict) -> list:
    return [one for one in standing(known, dealt) if one.kind == kind]


def test_each_kind_but_the_warning_sign_can_be_dealt_with():
    assert set(CASES) == set(DEALT_WITH) == set(Kind) - {Kind.WARNING_SIGN}
    assert [kind.slug for kind in DEALT_WITH] == About.values, "what can be kept of it"


@pytest.mark.parametrize("kind", CASES)
def test_dealt_with_it_is_gone_and_the_same_facts_leave_it_gone(kind):
    then, same, _worse = CASES[kind]
    dealt = dealt_with(kind, then)
    for later, known in [(0, then), *same]:
        assert concerns.RULES[kind](facts(later, **known)) or later > 6, "the case proves nothing"
        assert of_kind(kind, facts(later, **known), dealt) == [], (later, known)


@pytest.mark.parametrize("kind", CASES)
def test_worse_than_then_it_is_back_and_says_so(kind):
    then, _same, worse = CASES[kind]
    dealt = dealt_with(kind, then)
    for later, known in worse:
        [back] = of_kind(kind, facts(later, **known), dealt)
        assert reasons.back(back) == (
            f"Back since it was dealt with on Mon 30 Mar. It then said: {dealt[kind].reason}"
        )
        assert back.reason == concerns.RULES[kind](facts(later, **known))


@pytest.mark.parametrize("kind", CASES)
def test_asked_again_on_the_day_whatever_happened(kind):
    then, _same, _worse = CASES[kind]
    dealt = dealt_with(kind, then, until=4)
    assert of_kind(kind, facts(3), dealt) == []
    [back] = of_kind(kind, facts(4), dealt)  # its facts have gone, and still
    assert (reasons.reason(back.reason), back.measure) == (dealt[kind].reason, None)
    assert reasons.back(back) == "You wanted to be asked again on Fri 3 Apr"
    assert of_kind(kind, facts(9), dealt)


@pytest.mark.parametrize("kind", CASES)
def test_asked_again_before_that_day_if_it_is_worse(kind):
    then, same, worse = CASES[kind]
    dealt = dealt_with(kind, then, until=60)
    for later, known in same:
        assert of_kind(kind, facts(later, **known), dealt) == []
    for later, known in worse:
        assert of_kind(kind, facts(later, **known), dealt)


def test_what_was_dealt_with_after_its_facts_had_gone_is_new_when_raised():
    dealt = {Kind.PAIN_HIGH: Dealt(reason="Last pain 7 of 10", measure=None, on=TODAY)}
    assert standing(facts(1), dealt) == []
    assert len(standing(facts(1, **high(6, 1)), dealt)) == 1


def test_a_new_plan_begins_anew():
    dealt = dealt_with(Kind.PAIN_HIGH, high(9, low_on=None))
    given_later = Facts(today=day(3), plan_since=at(1), last_pain=Pain(6, day(3)))
    assert len(of_kind(Kind.PAIN_HIGH, given_later, dealt)) == 1


def test_one_kind_dealt_with_leaves_the_others():
    known = {**high(8), "review_on": day(-1)}
    dealt = dealt_with(Kind.REVIEW, known)
    assert [one.kind for one in standing(facts(**known), dealt)] == [Kind.PAIN_HIGH]


def test_a_warning_sign_is_never_quiet():
    dealt = {Kind.WARNING_SIGN: Dealt(reason="x", measure=None, on=TODAY)}
    known = facts(warned_at=at(0))
    assert [one.kind for one in standing(known, {})] == [Kind.WARNING_SIGN]
    assert [one.kind for one in standing(known, dealt)] == [Kind.WARNING_SIGN]


def test_each_kind_says_what_worse_means():
    words = dict(zip(Kind, reasons.thresholds(), strict=True))
    for kind in DEALT_WITH:
        assert "It comes back" in words[kind]
        assert "None" not in words[kind]
    assert "It comes back" not in words[Kind.WARNING_SIGN]
    assert "after 5 more days without a session" in words[Kind.SILENT]
    assert "when it has been below 6 and is not any more" in words[Kind.PAIN_HIGH]


# --- a session that comes late, and was done before the reason was dealt with


def test_a_silence_that_was_dealt_with_is_no_other_one_where_a_session_of_it_comes_late():
    silent = {"last_logged_on": day(-10), "silent_days": 9, "silent_asked_days": 9}
    dealt = dealt_with(Kind.SILENT, silent)
    shorter = {"last_logged_on": day(-6), "silent_days": 5, "silent_asked_days": 5}
    assert of_kind(Kind.SILENT, facts(**shorter), dealt) == []
    longer = {"last_logged_on": day(-6), "silent_days": 14, "silent_asked_days": 14}
    assert len(of_kind(Kind.SILENT, facts(9, **longer), dealt)) == 1
    another = {"last_logged_on": day(1), "silent_days": 5, "silent_asked_days": 5}
    assert len(of_kind(Kind.SILENT, facts(7, **another), dealt)) == 1


def test_much_pain_that_was_dealt_with_is_no_other_where_a_better_session_before_it_comes_late():
    dealt = dealt_with(Kind.PAIN_HIGH, high(8, low_on=-5))
    dealt = {kind: replace(one, at=at(0)) for kind, one in dealt.items()}
    assert of_kind(Kind.PAIN_HIGH, facts(1, **high(8, low_on=-1)), dealt) == []
    # Better and much again since then, also on the same day; and another one from before.
    assert len(of_kind(Kind.PAIN_HIGH, facts(3, **high(6, 3, low_on=2)), dealt)) == 1
    assert len(of_kind(Kind.PAIN_HIGH, facts(3, **high(6, 1, low_on=-1)), dealt)) == 1

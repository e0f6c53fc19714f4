"""What stands of the reasons that someone has dealt with, and when one comes back. Pure.

A reason that was dealt with is quiet until its own facts are worse than they were then, or
until the day on which someone wanted to be asked again. A warning sign is never dealt with
here: it has a check of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from caseload.concerns import (
    RULES,
    AsItStood,
    AskedAgain,
    Concern,
    Facts,
    Kind,
    Measure,
    Worse,
    hurts_often,
)

LASTS = {Kind.PAIN_HIGH: 7, Kind.PAIN_UP: 7}
"""Days after which a reason that still holds counts as worse, though no number grew."""

GROWS = {
    Kind.PAIN_HIGH: 1,  # points, 0–10
    Kind.HURT: 1,  # times, of all exercises that hurt often
    Kind.PAIN_UP: 1,  # points between the two weeks
    Kind.SILENT: 5,  # days
    Kind.OVER_RANGE: 1,  # sessions
    Kind.REVIEW: 7,  # days
    Kind.INVITATION: 7,  # days
}
"""By how much a number has to grow to count as worse."""


ENDED_LATE = {Kind.PAIN_HIGH, Kind.SILENT}
"""Whose spell is ended by a session that does not raise them."""


@dataclass(frozen=True, kw_only=True)
class Dealt:
    """How someone has dealt with a reason: the last time for its kind."""

    reason: str  # in the words of then
    measure: Measure | None  # None: the facts had gone when it was dealt with
    on: date  # the patient's own
    until_on: date | None = None  # only where someone wanted to be asked again
    at: datetime | None = None


def standing(facts: Facts, dealt: Mapping[Kind, Dealt]) -> list[Concern]:
    """Every concern that needs attention now, the most pressing first."""
    found = (_of_kind(kind, facts, dealt.get(kind)) for kind in Kind)
    return [concern for concern in found if concern is not None]


def _of_kind(kind: Kind, facts: Facts, dealt: Dealt | None) -> Concern | None:
    reason = RULES[kind](facts)
    measure = measure_of(kind, facts) if reason else None
    if dealt is None:
        return Concern(kind, reason, measure=measure) if reason else None
    if dealt.until_on is not None and dealt.until_on <= facts.today:
        again = AskedAgain(dealt.until_on)
        return Concern(kind, reason or AsItStood(dealt.reason), again, measure)
    if reason is None or measure is None or not _is_back(kind, measure, dealt):
        return None
    return Concern(kind, reason, Worse(dealt.on, then=dealt.reason), measure)


def _is_back(kind: Kind, now: Measure, dealt: Dealt) -> bool:
    """As ``is_worse``. A session without a network may come late, and end a spell before the
    reason was dealt with: what went on since then is no other reason.
    """
    than = dealt.measure
    if than is not None and kind in ENDED_LATE and not _began_since(now.spell, dealt):
        is_newer = now.on is not None and than.on is not None and now.on > than.on
        now = now if is_newer else replace(now, spell=min(now.spell, than.spell))
    return is_worse(kind, now, than=than)


def _began_since(spell: str, dealt: Dealt) -> bool:
    if len(spell) == len(_day(dealt.on)):
        return spell >= _day(dealt.on)
    return dealt.at is None or spell > _moment(dealt.at)


def is_worse(kind: Kind, now: Measure, *, than: Measure | None) -> bool:
    """Whether a reason is a new one, or its number grew enough, or it lasted too long."""
    if than is None or now.spell > than.spell:
        return True
    if kind in GROWS and now.level >= than.level + GROWS[kind]:
        return True
    if kind not in LASTS or now.on is None or than.on is None:
        return False
    return (now.on - than.on).days >= LASTS[kind]


def measure_of(kind: Kind, facts: Facts) -> Measure:
    """How bad it is, of a concern that these facts raise."""
    return MEASURES[kind](facts)


def _warning(facts: Facts) -> Measure:
    return Measure(_moment(facts.warned_at))


def _pain_told(facts: Facts) -> Measure:
    return Measure(_moment(facts.pain_told_at))


def _pain_high(facts: Facts) -> Measure:
    """A spell begins with the last score that was not high, or with the plan."""
    pain = facts.last_pain
    assert pain is not None  # noqa: S101  the concern is raised
    spell = max(_moment(facts.plan_since), _moment(facts.last_low_pain_at))
    return Measure(spell, pain.score, pain.on)


def _hurt(facts: Facts) -> Measure:
    often = hurts_often(facts)
    return Measure(_moment(often[0].at), sum(hurt.times for hurt in often))


def _pain_up(facts: Facts) -> Measure:
    now, before = facts.pain_this_week, facts.pain_week_before
    assert now is not None and before is not None  # noqa: S101, PT018  the concern is raised
    rise = round(now.mean - before.mean, 1)
    return Measure(_moment(facts.plan_since), rise, facts.today)


def _not_today(facts: Facts) -> Measure:
    return Measure(_day(facts.not_today_on))


def _silent(facts: Facts) -> Measure:
    spell = max(_moment(facts.plan_since), _day(facts.last_logged_on))
    return Measure(spell, facts.silent_days)


def _over_range(facts: Facts) -> Measure:
    over = facts.over_range
    assert over is not None  # noqa: S101  the concern is raised
    return Measure(_day(over.on), over.done - over.asked_max)


def _address(facts: Facts) -> Measure:
    return Measure(_moment(facts.mail_failed_at))


def _review(facts: Facts) -> Measure:
    return Measure(_day(facts.review_on), _days_since(facts.review_on, facts))


def _invitation(facts: Facts) -> Measure:
    return Measure(_day(facts.invited_on), _days_since(facts.invited_on, facts))


MEASURES: dict[Kind, Callable[[Facts], Measure]] = {
    Kind.WARNING_SIGN: _warning,
    Kind.PAIN_TOLD: _pain_told,
    Kind.PAIN_HIGH: _pain_high,
    Kind.HURT: _hurt,
    Kind.PAIN_UP: _pain_up,
    Kind.NOT_TODAY: _not_today,
    Kind.SILENT: _silent,
    Kind.OVER_RANGE: _over_range,
    Kind.ADDRESS: _address,
    Kind.REVIEW: _review,
    Kind.INVITATION: _invitation,
}


def _moment(at: datetime | None) -> str:
    """As text in UTC, so that a later one is greater."""
    return at.astimezone(UTC).isoformat() if at else ""


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


def _days_since(on: date | None, facts: Facts) -> int:
    return (facts.today - on).days if on else 0

"""What needs a clinician's attention, and from which threshold on. Pure: no database, no clock.

A concern never changes anything by itself; it brings a patient to the top of the
caseload and says why. ``caseload.words.reasons`` says it in words, and publishes the same
thresholds to clinicians.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import Enum, IntEnum, auto
from typing import Any

from accounts.models import AddressTrouble
from patients.facts import Hurt, OverRange, Pain, PatientFacts, RunningPlan, WeekOfPain
from patients.thresholds import (
    FORTNIGHTLY_AFTER,
    HURT_TIMES,
    INVITATION_DAYS,
    NOT_TODAY_WITHIN,
    OVER_RANGE_WITHIN,
    PAIN_HIGH,
    PAIN_READINGS,
    PAIN_RISE,
    SILENT_ASKED_DAYS,
    SILENT_DAYS,
    WEEKLY_AFTER,
)


class Kind(IntEnum):
    """In the order in which a clinician would look at them."""

    WARNING_SIGN = 1
    PAIN_TOLD = 2
    PAIN_HIGH = 3
    HURT = 4
    PAIN_UP = 5
    NOT_TODAY = 6
    SILENT = 7
    OVER_RANGE = 8
    ADDRESS = 9
    REVIEW = 10
    INVITATION = 11

    @property
    def slug(self) -> str:
        """Its name in the database and in addresses: "pain_high"."""
        return self.name.lower()


DEALT_WITH = [kind for kind in Kind if kind != Kind.WARNING_SIGN]
"""The kinds that can be dealt with in a few words; a warning sign has its own check."""


@dataclass(frozen=True)
class Measure:
    """How bad a reason is, to tell later whether it got worse. See ``caseload/dealing.py``.

    ``spell`` is a date or moment as text: a greater one is another reason of the same kind.
    """

    spell: str
    level: float = 0
    on: date | None = None

    @classmethod
    def from_json(cls, stored: dict[str, Any] | None) -> "Measure | None":
        if stored is None:
            return None
        return cls(**{**stored, "on": date.fromisoformat(stored["on"]) if stored["on"] else None})

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "on": self.on.isoformat() if self.on else None}


# --- reasons: what each kind of concern has to say ---


@dataclass(frozen=True)
class SignTold:
    at: datetime  # local
    came_at: datetime | None = None  # local; if it was told without a network


@dataclass(frozen=True)
class PainTold:
    on: date


@dataclass(frozen=True)
class PainIsHigh:
    score: int
    on: date


@dataclass(frozen=True)
class HurtsAgain:
    """The exercise that hurt last; ``others`` hurt so often too."""

    exercise: str  # its name
    times: int
    on: date
    pain: int | None  # 0–10
    others: int


@dataclass(frozen=True)
class PainIsUp:
    """Means of two weeks, 0–10, to one decimal."""

    before: float
    now: float


@dataclass(frozen=True)
class LeftOut:
    on: date


class Pace(Enum):
    """How often reminders still come after a long silence, at most."""

    AS_CHOSEN = auto()
    WEEKLY = auto()
    FORTNIGHTLY = auto()


@dataclass(frozen=True)
class Silent:
    days: int
    reminders: Pace


class AddressFails(Enum):
    INVITATION_LOST = auto()
    SENDER_REFUSED = auto()
    COMES_BACK = auto()
    WAITS = auto()


@dataclass(frozen=True)
class ReviewOverdue:
    days: int


@dataclass(frozen=True)
class InvitationWaits:
    days: int


@dataclass(frozen=True)
class AsItStood:
    """Its facts have gone: the words in which it was dealt with."""

    words: str


type Reason = (
    SignTold
    | PainTold
    | PainIsHigh
    | HurtsAgain
    | PainIsUp
    | LeftOut
    | Silent
    | OverRange
    | AddressFails
    | ReviewOverdue
    | InvitationWaits
    | AsItStood
)


# --- why a reason that was dealt with stands again ---


@dataclass(frozen=True)
class AskedAgain:
    """Someone wanted to be asked again on this day."""

    on: date


@dataclass(frozen=True)
class Worse:
    """It is worse than it was when it was dealt with, in the words of then."""

    dealt_on: date
    then: str


@dataclass(frozen=True)
class Concern:
    kind: Kind
    reason: Reason
    back: AskedAgain | Worse | None = None
    measure: Measure | None = None

    @property
    def is_warning(self) -> bool:
        """Unlike any other: it cannot wait, and looks it."""
        return self.kind == Kind.WARNING_SIGN


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of one patient on their own local date. What is not known is None."""

    today: date
    warned_at: datetime | None = None  # local; only while nobody has checked
    warning_came_at: datetime | None = None  # local; if it was told without a network
    pain_told_at: datetime | None = None  # local; the last time
    plan_since: datetime | None = None  # when the running programme was given
    last_pain: Pain | None = None
    last_low_pain_at: datetime | None = None  # of the last session with less than PAIN_HIGH
    hurts: tuple[Hurt, ...] = ()  # exercises of the programme, the one that hurt last first
    pain_this_week: WeekOfPain | None = None
    pain_week_before: WeekOfPain | None = None
    not_today_on: date | None = None  # the last day left out because of pain
    last_logged_on: date | None = None
    silent_days: int = 0  # since the last session or the start, today left out
    silent_asked_days: int = 0
    over_range: OverRange | None = None
    review_on: date | None = None
    invited_on: date | None = None  # only while nobody has accepted
    invitation_is_lost: bool = False  # its e-mail was refused, or could not leave in time
    invitation_is_ours_to_mend: bool = False  # a mail server refuses our sender
    mail_failed_at: datetime | None = None  # of the last refusal, of the lost invitation
    mail_comes_back: bool = False  # the address is refused for good
    mail_waits: bool = False  # refused for a while, so often that we stopped
    is_reminded: bool = False  # there is an account to write to, and mail arrives there

    @classmethod
    def of(cls, known: PatientFacts) -> "Facts":
        facts = cls._of_the_record(known)
        if known.running is not None:
            facts = facts._with_plan(known.running)
        # Nobody can log anything: that nothing comes is no reason to look.
        return replace(facts, silent_days=0, silent_asked_days=0) if known.is_closed else facts

    @classmethod
    def _of_the_record(cls, known: PatientFacts) -> "Facts":
        """Once the programme has ended nothing is sent, and nothing need be done about mail."""
        told = cls(
            today=known.today,
            warned_at=known.warned_at,
            warning_came_at=known.warning_came_at,
            pain_told_at=known.pain_told_at,
        )
        if known.has_ended:
            return told
        waits_for = known.invitation if known.is_waiting else None
        return replace(
            told,
            invited_on=waits_for.sent_on if waits_for else None,
            invitation_is_lost=known.invitation_is_lost,
            invitation_is_ours_to_mend=known.invitation_is_ours_to_mend,
            mail_failed_at=known.mail_failed_at,
            mail_comes_back=known.address_state == AddressTrouble.State.REFUSED,
            mail_waits=known.address_state == AddressTrouble.State.PAUSED,
            is_reminded=known.is_reminded,
        )

    def _with_plan(self, plan: RunningPlan) -> "Facts":
        return replace(
            self,
            plan_since=plan.assigned_at,
            last_logged_on=plan.last_logged_on,
            last_pain=plan.last_pain,
            last_low_pain_at=plan.last_low_pain_at,
            hurts=plan.hurts,
            pain_this_week=plan.pain_this_week,
            pain_week_before=plan.pain_week_before,
            not_today_on=plan.not_today_on,
            silent_days=plan.silent_days,
            silent_asked_days=plan.silent_asked_days,
            over_range=plan.over_range,
            review_on=plan.review_on,
        )


# --- rules: which facts raise which reason ---


def _has_a_warning_sign(facts: Facts) -> SignTold | None:
    return SignTold(facts.warned_at, facts.warning_came_at) if facts.warned_at else None


def _told_of_pain(facts: Facts) -> PainTold | None:
    return PainTold(facts.pain_told_at.date()) if facts.pain_told_at else None


def _pain_is_high(facts: Facts) -> PainIsHigh | None:
    pain = facts.last_pain
    if pain is None or pain.score < PAIN_HIGH:
        return None
    return PainIsHigh(pain.score, pain.on)


def hurts_often(facts: Facts) -> list[Hurt]:
    """The exercises that hurt often enough to look at, the one that hurt last first."""
    return [hurt for hurt in facts.hurts if hurt.times >= HURT_TIMES]


def _hurts_again(facts: Facts) -> HurtsAgain | None:
    often = hurts_often(facts)
    if not often:
        return None
    last = often[0]
    return HurtsAgain(last.exercise, last.times, last.on, last.pain, others=len(often) - 1)


def _pain_is_up(facts: Facts) -> PainIsUp | None:
    now, before = facts.pain_this_week, facts.pain_week_before
    if now is None or before is None or min(now.readings, before.readings) < PAIN_READINGS:
        return None
    if now.mean - before.mean < PAIN_RISE:
        return None
    return PainIsUp(before=round(before.mean, 1), now=round(now.mean, 1))


def _said_not_today(facts: Facts) -> LeftOut | None:
    on = facts.not_today_on
    if on is None or not 0 <= (facts.today - on).days < NOT_TODAY_WITHIN:
        return None
    return LeftOut(on)


def _is_silent(facts: Facts) -> Silent | None:
    days = facts.silent_days
    asked = SILENT_ASKED_DAYS if days < WEEKLY_AFTER else 1
    if days < SILENT_DAYS or facts.silent_asked_days < asked:
        return None
    if not facts.is_reminded or days < WEEKLY_AFTER:
        return Silent(days, Pace.AS_CHOSEN)
    return Silent(days, Pace.WEEKLY if days < FORTNIGHTLY_AFTER else Pace.FORTNIGHTLY)


def _is_over_the_range(facts: Facts) -> OverRange | None:
    over = facts.over_range
    if over is None or not 0 <= (facts.today - over.on).days < OVER_RANGE_WITHIN:
        return None
    return over


def _address_fails(facts: Facts) -> AddressFails | None:
    if facts.invitation_is_ours_to_mend:
        return AddressFails.SENDER_REFUSED
    if facts.invitation_is_lost:
        return AddressFails.INVITATION_LOST
    if facts.mail_comes_back:
        return AddressFails.COMES_BACK
    return AddressFails.WAITS if facts.mail_waits else None


def _review_is_overdue(facts: Facts) -> ReviewOverdue | None:
    if facts.review_on is None or facts.review_on >= facts.today:
        return None
    return ReviewOverdue((facts.today - facts.review_on).days)


def _invitation_waits(facts: Facts) -> InvitationWaits | None:
    if facts.invited_on is None:
        return None
    days = (facts.today - facts.invited_on).days
    return InvitationWaits(days) if days >= INVITATION_DAYS else None


RULES: dict[Kind, Callable[[Facts], Reason | None]] = {
    Kind.WARNING_SIGN: _has_a_warning_sign,
    Kind.PAIN_TOLD: _told_of_pain,
    Kind.PAIN_HIGH: _pain_is_high,
    Kind.HURT: _hurts_again,
    Kind.PAIN_UP: _pain_is_up,
    Kind.NOT_TODAY: _said_not_today,
    Kind.SILENT: _is_silent,
    Kind.OVER_RANGE: _is_over_the_range,
    Kind.ADDRESS: _address_fails,
    Kind.REVIEW: _review_is_overdue,
    Kind.INVITATION: _invitation_waits,
}

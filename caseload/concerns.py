"""What asks for a clinician's eye, and from when on. Pure: no database, no clock.

A concern never changes anything by itself; it brings a patient to the top of the
caseload and says why. ``THRESHOLDS`` is the same list in words, shown to clinicians.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import IntEnum
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import AddressTrouble
from patients.facts import OverRange, Pain, PatientFacts, RunningPlan, WeekOfPain
from patients.thresholds import (
    FORTNIGHTLY_AFTER,
    INVITATION_DAYS,
    NOT_TODAY_WITHIN,
    OVER_RANGE_WITHIN,
    PAIN_HIGH,
    PAIN_READINGS,
    PAIN_RISE,
    PAIN_RISE_IN_A_DAY,
    REFUSALS,
    SILENT_ASKED_DAYS,
    SILENT_DAYS,
    WEEKLY_AFTER,
)
from patients.words import short_date


class Kind(IntEnum):
    """In the order in which a clinician would look at them."""

    WARNING_SIGN = 1
    PAIN_TOLD = 2
    PAIN_HIGH = 3
    PAIN_UP = 4
    NOT_TODAY = 5
    SILENT = 6
    OVER_RANGE = 7
    ADDRESS = 8
    REVIEW = 9
    INVITATION = 10

    @property
    def slug(self) -> str:
        """Its name where it is kept and in addresses: "pain_high"."""
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
    def from_json(cls, kept: dict[str, Any] | None) -> "Measure | None":
        if kept is None:
            return None
        return cls(**{**kept, "on": date.fromisoformat(kept["on"]) if kept["on"] else None})

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "on": self.on.isoformat() if self.on else None}


@dataclass(frozen=True)
class Concern:
    """``back`` says why it stands again, of one that was dealt with before."""

    kind: Kind
    words: str
    back: str = ""
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
    pain_told_at: datetime | None = None  # local; the last time
    plan_since: datetime | None = None  # when the running programme was given
    last_pain: Pain | None = None
    last_low_pain_at: datetime | None = None  # of the last session with less than PAIN_HIGH
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
        told = cls(today=known.today, warned_at=known.warned_at, pain_told_at=known.pain_told_at)
        if known.has_ended:
            return told
        waits_for = known.invitation if known.is_waiting else None
        return replace(
            told,
            invited_on=waits_for.sent_on if waits_for else None,
            invitation_is_lost=known.invitation_is_lost,
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
            pain_this_week=plan.pain_this_week,
            pain_week_before=plan.pain_week_before,
            not_today_on=plan.not_today_on,
            silent_days=plan.silent_days,
            silent_asked_days=plan.silent_asked_days,
            over_range=plan.over_range,
            review_on=plan.review_on,
        )


def of(facts: Facts) -> list[Concern]:
    """Every concern that these facts raise, the most pressing first."""
    found = ((kind, RULES[kind](facts)) for kind in Kind)
    return [Concern(kind, words) for kind, words in found if words]


def _has_a_warning_sign(facts: Facts) -> str:
    if facts.warned_at is None:
        return ""
    return _("Told us of a warning sign on %(at)s. Please look at this now") % {
        "at": date_format(facts.warned_at, "SHORT_MOMENT")
    }


def _told_of_pain(facts: Facts) -> str:
    if facts.pain_told_at is None:
        return ""
    return _("Asked us on %(on)s to tell you of much pain, twice in a row") % {
        "on": short_date(facts.pain_told_at.date())
    }


def _pain_is_high(facts: Facts) -> str:
    pain = facts.last_pain
    if pain is None or pain.score < PAIN_HIGH:
        return ""
    return _("Last pain %(score)d of 10, %(on)s") % {
        "score": pain.score,
        "on": short_date(pain.on),
    }


def _pain_is_up(facts: Facts) -> str:
    now, before = facts.pain_this_week, facts.pain_week_before
    if now is None or before is None or min(now.readings, before.readings) < PAIN_READINGS:
        return ""
    if now.mean - before.mean < PAIN_RISE:
        return ""
    return _("Pain up from %(before)s to %(now)s in a week") % {
        "before": _score(before.mean),
        "now": _score(now.mean),
    }


def _said_not_today(facts: Facts) -> str:
    on = facts.not_today_on
    if on is None or not 0 <= (facts.today - on).days < NOT_TODAY_WITHIN:
        return ""
    return _("Said not today: pain (%(on)s)") % {"on": short_date(on)}


def _is_silent(facts: Facts) -> str:
    days = facts.silent_days
    asked = SILENT_ASKED_DAYS if days < WEEKLY_AFTER else 1
    if days < SILENT_DAYS or facts.silent_asked_days < asked:
        return ""
    if not facts.is_reminded or days < WEEKLY_AFTER:
        return ngettext("Nothing logged for %(n)d day", "Nothing logged for %(n)d days", days) % {
            "n": days
        }
    if days < FORTNIGHTLY_AFTER:
        return _("No session for %(n)d days; reminders now come weekly at most") % {"n": days}
    return _("No session for %(n)d days; reminders now come fortnightly at most") % {"n": days}


def _is_over_the_range(facts: Facts) -> str:
    over = facts.over_range
    if over is None or not 0 <= (facts.today - over.on).days < OVER_RANGE_WITHIN:
        return ""
    return _("Over the range: %(done)d sessions on %(on)s, up to %(most)d asked") % {
        "done": over.done,
        "on": short_date(over.on),
        "most": over.asked_max,
    }


def _address_fails(facts: Facts) -> str:
    if facts.invitation_is_lost:
        return _("The invitation could not be delivered; send it again, or to another address")
    if facts.mail_comes_back:
        return _("E-mail to this person comes back; ask for another address")
    if facts.mail_waits:
        return _(
            "E-mail to this person keeps being put off, so reminders wait; ask about the address"
        )
    return ""


def _review_is_overdue(facts: Facts) -> str:
    if facts.review_on is None or facts.review_on >= facts.today:
        return ""
    days = (facts.today - facts.review_on).days
    return ngettext("Review overdue by %(n)d day", "Review overdue by %(n)d days", days) % {
        "n": days
    }


def _invitation_waits(facts: Facts) -> str:
    if facts.invited_on is None:
        return ""
    days = (facts.today - facts.invited_on).days
    if days < INVITATION_DAYS:
        return ""
    return ngettext(
        "Invitation not accepted after %(n)d day",
        "Invitation not accepted after %(n)d days",
        days,
    ) % {"n": days}


RULES: dict[Kind, Callable[[Facts], str]] = {
    Kind.WARNING_SIGN: _has_a_warning_sign,
    Kind.PAIN_TOLD: _told_of_pain,
    Kind.PAIN_HIGH: _pain_is_high,
    Kind.PAIN_UP: _pain_is_up,
    Kind.NOT_TODAY: _said_not_today,
    Kind.SILENT: _is_silent,
    Kind.OVER_RANGE: _is_over_the_range,
    Kind.ADDRESS: _address_fails,
    Kind.REVIEW: _review_is_overdue,
    Kind.INVITATION: _invitation_waits,
}

_WORDS: dict[Kind, tuple[str | Promise, dict[str, int]]] = {
    Kind.WARNING_SIGN: (
        gettext_lazy(
            "The patient told us of a warning sign, and nobody has checked it yet. Nobody watches"
            " this in real time, and the patient is told so."
        ),
        {},
    ),
    Kind.PAIN_TOLD: (
        gettext_lazy(
            "After two sessions in a row with pain of %(high)d or more, or %(rise)d points above"
            " the day’s first score, the patient asked us to tell you."
        ),
        {"high": PAIN_HIGH, "rise": PAIN_RISE_IN_A_DAY},
    ),
    Kind.PAIN_HIGH: (
        gettext_lazy("The last pain logged is %(high)d or more of 10."),
        {"high": PAIN_HIGH},
    ),
    Kind.PAIN_UP: (
        gettext_lazy(
            "Mean pain of the last 7 days is %(rise)d points or more above that of the 7 days"
            " before, with %(readings)d scores or more in each."
        ),
        {"rise": PAIN_RISE, "readings": PAIN_READINGS},
    ),
    Kind.NOT_TODAY: (
        gettext_lazy("Left out a day because of pain within the last %(days)d days."),
        {"days": NOT_TODAY_WITHIN},
    ),
    Kind.SILENT: (
        gettext_lazy(
            "Nothing logged for %(days)d days or more, at least %(asked)d of which asked for"
            " sessions. Pauses and today do not count. After %(weekly)d days reminders come"
            " weekly at most, after %(fortnightly)d fortnightly."
        ),
        {
            "days": SILENT_DAYS,
            "asked": SILENT_ASKED_DAYS,
            "weekly": WEEKLY_AFTER,
            "fortnightly": FORTNIGHTLY_AFTER,
        },
    ),
    Kind.OVER_RANGE: (
        gettext_lazy("More sessions than asked on one of the last %(days)d days."),
        {"days": OVER_RANGE_WITHIN},
    ),
    Kind.ADDRESS: (
        gettext_lazy(
            "A mail server refused the patient’s address for good, or %(times)d times in a row"
            " for a while; or the invitation could not be delivered."
        ),
        {"times": REFUSALS},
    ),
    Kind.REVIEW: (gettext_lazy("The review date has passed."), {}),
    Kind.INVITATION: (
        gettext_lazy("The invitation has waited %(days)d days or more."),
        {"days": INVITATION_DAYS},
    ),
}


def thresholds() -> Iterator[str]:
    """What raises each concern, in words, in the same order."""
    for kind in Kind:
        words, numbers = _WORDS[kind]
        yield str(words) % numbers


def _score(mean: float) -> str:
    """One decimal, and none where it says nothing: "5.5", "3"."""
    return number_format(round(mean, 1) if round(mean, 1) % 1 else round(mean))

"""Why a patient needs attention, from which threshold on, and when a reason comes back: in words."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, npgettext

from caseload.concerns import (
    AddressFails,
    AsItStood,
    AskedAgain,
    Concern,
    HurtsAgain,
    InvitationWaits,
    Kind,
    LeftOut,
    Pace,
    PainIsHigh,
    PainIsUp,
    PainTold,
    Reason,
    ReviewOverdue,
    SignTold,
    Silent,
    Worse,
)
from caseload.dealing import GROWS, LASTS
from patients.facts import OverRange
from patients.thresholds import (
    FORTNIGHTLY_AFTER,
    HURT_TIMES,
    HURT_WITHIN,
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

A_MOMENT = timedelta(minutes=5)  # on its way no longer than this, it came at once

TWICE = 2
ADDRESS_FAILS = {
    AddressFails.INVITATION_LOST: gettext_lazy(
        "The invitation could not be delivered; send it again, or to another address"
    ),
    AddressFails.SENDER_REFUSED: gettext_lazy(
        "The invitation has not left: the mail server refuses our sender, not this address."
        " Tell whoever looks after Homestretch"
    ),
    AddressFails.COMES_BACK: gettext_lazy(
        "E-mail to this person comes back; ask for another address"
    ),
    AddressFails.WAITS: gettext_lazy(
        "E-mail to this person keeps being put off, so reminders wait; ask about the address"
    ),
}


def reason(reason: Reason) -> str:
    """What a concern says: "Last pain 7 of 10, Sun 3 May"."""
    match reason:
        case SignTold(at, came_at):
            return _sign_told(at, came_at)
        case PainTold(on):
            words = _("Asked us on %(on)s to tell you of much pain, twice in a row")
            return words % {"on": short_date(on)}
        case PainIsHigh(score, on):
            return _("Last pain %(score)d of 10, %(on)s") % {"score": score, "on": short_date(on)}
        case HurtsAgain():
            return _hurts_again(reason)
        case PainIsUp(before, now):
            words = _("Pain up from %(before)s to %(now)s in a week")
            return words % {"before": _score(before), "now": _score(now)}
        case LeftOut(on):
            return _("Said not today: pain (%(on)s)") % {"on": short_date(on)}
        case Silent(days, reminders):
            return _silence(days, reminders)
        case OverRange():
            return _over_the_range(reason)
        case ReviewOverdue(n):
            words = ngettext("Review overdue by %(n)d day", "Review overdue by %(n)d days", n)
            return words % {"n": n}
        case InvitationWaits(n):
            return _invitation_waits(n)
        case AsItStood(as_it_stood):
            return as_it_stood
        case AddressFails():
            return str(ADDRESS_FAILS[reason])


def _sign_told(at: datetime, came_at: datetime | None) -> str:
    said = {"at": date_format(at, "SHORT_MOMENT")}
    if came_at is None or came_at - at < A_MOMENT:
        return _("Told us of a warning sign on %(at)s. Please look at this now") % said
    words = _(
        "Told us of a warning sign on %(at)s, without a network: it reached us on %(came)s. "
        "Please look at this now"
    )
    return words % {**said, "came": date_format(came_at, "SHORT_MOMENT")}


def _hurts_again(hurts: HurtsAgain) -> str:
    """ "Hurt twice: Bridge (pain 6 on Tue 24 Nov)", "..., and 1 more exercise"."""
    when = short_date(hurts.on)
    if hurts.pain is not None:
        # Translators: the score of pain at an exercise, and a date.
        when = _("pain %(score)d on %(on)s") % {"score": hurts.pain, "on": when}
    # Translators: %(when)s is a date, or pain and a date, such as “pain 6 on Tue 24 Nov”.
    words = ngettext(
        "Hurt %(n)d time: %(exercise)s (%(when)s)",
        "Hurt %(n)d times: %(exercise)s (%(when)s)",
        hurts.times,
    )
    if hurts.times == TWICE:
        words = _("Hurt twice: %(exercise)s (%(when)s)")
    said = words % {"n": hurts.times, "exercise": hurts.exercise, "when": when}
    if not hurts.others:
        return said
    # Translators: %(hurt)s is what hurt and when, such as “Hurt twice: Bridge (Tue 24 Nov)”.
    words = ngettext(
        "%(hurt)s, and %(n)d more exercise", "%(hurt)s, and %(n)d more exercises", hurts.others
    )
    return words % {"hurt": said, "n": hurts.others}


def _score(mean: float) -> str:
    """One decimal, and none where it says nothing: "5.5", "3"."""
    return number_format(mean if mean % 1 else round(mean))


def _silence(days: int, reminders: Pace) -> str:
    if reminders == Pace.WEEKLY:
        words = ngettext(
            "No session for %(n)d day; reminders now come weekly at most",
            "No session for %(n)d days; reminders now come weekly at most",
            days,
        )
    elif reminders == Pace.FORTNIGHTLY:
        words = ngettext(
            "No session for %(n)d day; reminders now come fortnightly at most",
            "No session for %(n)d days; reminders now come fortnightly at most",
            days,
        )
    else:
        words = ngettext("Nothing logged for %(n)d day", "Nothing logged for %(n)d days", days)
    return words % {"n": days}


def _over_the_range(over: OverRange) -> str:
    words = ngettext(
        "Over the range: %(done)d session on %(on)s, up to %(most)d asked",
        "Over the range: %(done)d sessions on %(on)s, up to %(most)d asked",
        over.done,
    )
    return words % {"done": over.done, "on": short_date(over.on), "most": over.asked_max}


def _invitation_waits(days: int) -> str:
    words = ngettext(
        "Invitation not accepted after %(n)d day",
        "Invitation not accepted after %(n)d days",
        days,
    )
    return words % {"n": days}


def back(concern: Concern) -> str:
    """Why a reason that was dealt with stands again; "" if none was."""
    match concern.back:
        case AskedAgain(on):
            return _("You wanted to be asked again on %(on)s") % {"on": short_date(on)}
        case Worse(dealt_on, then):
            # Translators: %(reason)s is a reason as it stood, such as “Last pain 7 of 10”.
            words = _("Back since it was dealt with on %(on)s. It then said: %(reason)s")
            return words % {"on": short_date(dealt_on), "reason": then}
        case None:
            return ""


# --- what is published of the rules ---


def thresholds() -> Iterator[str]:
    """What raises each concern and what brings it back, the most pressing first."""
    for kind in Kind:
        yield f"{threshold(kind)} {comes_back(kind)}".strip()


def threshold(kind: Kind) -> str:
    """From when on a concern of this kind is raised."""
    match kind:
        case Kind.WARNING_SIGN:
            return _(
                "The patient told us of a warning sign, and nobody has checked it yet. Nobody"
                " watches this in real time, and the patient is told so."
            )
        case Kind.PAIN_HIGH:
            words = _("The last pain logged is %(high)d or more of 10.")
            return words % {"high": PAIN_HIGH}
        case Kind.HURT:
            return _threshold_of_hurt()
        case Kind.REVIEW:
            return _("The review date has passed.")
        case Kind.PAIN_TOLD | Kind.PAIN_UP:
            return _threshold_of_pain(kind)
        case Kind.SILENT:
            return _threshold_of_silence()
        case _kind:
            return _threshold_of_time(kind)


def _threshold_of_pain(kind: Kind) -> str:
    if kind == Kind.PAIN_TOLD:
        words = ngettext(
            "After two sessions in a row with pain of %(high)d or more, or %(rise)d point above"
            " the day’s first score, the patient asked us to tell you.",
            "After two sessions in a row with pain of %(high)d or more, or %(rise)d points above"
            " the day’s first score, the patient asked us to tell you.",
            PAIN_RISE_IN_A_DAY,
        )
        return words % {"high": PAIN_HIGH, "rise": PAIN_RISE_IN_A_DAY}
    # Translators: %(scores)s is “2 scores”.
    words = ngettext(
        "Mean pain of the last 7 days is %(rise)d point or more above that of the 7 days before,"
        " with %(scores)s or more in each.",
        "Mean pain of the last 7 days is %(rise)d points or more above that of the 7 days before,"
        " with %(scores)s or more in each.",
        PAIN_RISE,
    )
    scores = ngettext("%(n)d score", "%(n)d scores", PAIN_READINGS) % {"n": PAIN_READINGS}
    return words % {"rise": PAIN_RISE, "scores": scores}


def _threshold_of_hurt() -> str:
    # Translators: %(times)s is “2 times”.
    words = ngettext(
        "The patient stopped one exercise because it hurt, %(times)s or more within the last %(n)d"
        " day. An exercise that is no longer in the programme does not count.",
        "The patient stopped one exercise because it hurt, %(times)s or more within the last %(n)d"
        " days. An exercise that is no longer in the programme does not count.",
        HURT_WITHIN,
    )
    times = npgettext("so many times", "%(n)d time", "%(n)d times", HURT_TIMES)
    return words % {"times": times % {"n": HURT_TIMES}, "n": HURT_WITHIN}


def _threshold_of_silence() -> str:
    raised = ngettext(
        "Nothing logged for %(days)d day or more, at least %(asked)d of which asked for sessions.",
        "Nothing logged for %(days)d days or more, at least %(asked)d of which asked for sessions.",
        SILENT_DAYS,
    )
    reminders = ngettext(
        "After %(n)d day reminders come weekly at most, after %(fortnightly)d fortnightly.",
        "After %(n)d days reminders come weekly at most, after %(fortnightly)d fortnightly.",
        WEEKLY_AFTER,
    )
    sentences = (
        raised % {"days": SILENT_DAYS, "asked": SILENT_ASKED_DAYS},
        _("Pauses and today do not count."),
        reminders % {"n": WEEKLY_AFTER, "fortnightly": FORTNIGHTLY_AFTER},
    )
    return " ".join(sentences)


def _threshold_of_time(kind: Kind) -> str:
    """Those with one number, of days or of times."""
    number = {
        Kind.NOT_TODAY: NOT_TODAY_WITHIN,
        Kind.OVER_RANGE: OVER_RANGE_WITHIN,
        Kind.ADDRESS: REFUSALS,
        Kind.INVITATION: INVITATION_DAYS,
    }[kind]
    words = {
        Kind.NOT_TODAY: ngettext(
            "Left out a day because of pain within the last %(n)d day.",
            "Left out a day because of pain within the last %(n)d days.",
            number,
        ),
        Kind.OVER_RANGE: ngettext(
            "More sessions than asked on the last %(n)d day.",
            "More sessions than asked on one of the last %(n)d days.",
            number,
        ),
        Kind.ADDRESS: ngettext(
            "A mail server refused the patient’s address for good, or %(n)d time in a row"
            " for a while; or the invitation could not be delivered.",
            "A mail server refused the patient’s address for good, or %(n)d times in a row"
            " for a while; or the invitation could not be delivered.",
            number,
        ),
        Kind.INVITATION: ngettext(
            "The invitation has waited %(n)d day or more.",
            "The invitation has waited %(n)d days or more.",
            number,
        ),
    }[kind]
    return words % {"n": number}


def comes_back(kind: Kind) -> str:
    """When a reason that was dealt with stands again; "" for a warning sign."""
    match kind:
        case Kind.WARNING_SIGN:
            return ""
        case Kind.PAIN_TOLD:
            return _("It comes back when the patient asks again.")
        case Kind.PAIN_HIGH | Kind.PAIN_UP:
            return _pain_comes_back(kind)
        case Kind.HURT:
            return _("It comes back when it hurts once more, or another exercise as often.")
        case Kind.NOT_TODAY:
            return _("It comes back with another such day.")
        case Kind.OVER_RANGE:
            return _("It comes back with one more session on that day, and with a later day.")
        case Kind.ADDRESS:
            return _("It comes back when mail is refused again.")
        case Kind.SILENT | Kind.REVIEW | Kind.INVITATION:
            return _comes_back_after_days(kind)


def _pain_comes_back(kind: Kind) -> str:
    if kind == Kind.PAIN_HIGH:
        words = ngettext(
            "It comes back with a higher score, when it has been below %(high)d and is not any"
            " more, or when it is still so high after %(n)d day.",
            "It comes back with a higher score, when it has been below %(high)d and is not any"
            " more, or when it is still so high after %(n)d days.",
            LASTS[kind],
        )
        return words % {"high": PAIN_HIGH, "n": LASTS[kind]}
    # Translators: %(days)s is “7 days”.
    words = ngettext(
        "It comes back when the rise is %(n)d point larger, or when pain is up again after %(days)s.",
        "It comes back when the rise is %(n)d points larger, or when pain is up again after %(days)s.",
        GROWS[kind],
    )
    days = npgettext("after so many days", "%(n)d day", "%(n)d days", LASTS[kind])
    return words % {"n": GROWS[kind], "days": days % {"n": LASTS[kind]}}


def _comes_back_after_days(kind: Kind) -> str:
    days = GROWS[kind]
    words = {
        Kind.SILENT: ngettext(
            "It comes back after %(n)d more day without a session, and when there were sessions"
            " and then a new silence.",
            "It comes back after %(n)d more days without a session, and when there were sessions"
            " and then a new silence.",
            days,
        ),
        Kind.REVIEW: ngettext(
            "It comes back after %(n)d more day, and when another review date has passed.",
            "It comes back after %(n)d more days, and when another review date has passed.",
            days,
        ),
        Kind.INVITATION: ngettext(
            "It comes back after %(n)d more day, and when one sent later waits as well.",
            "It comes back after %(n)d more days, and when one sent later waits as well.",
            days,
        ),
    }[kind]
    return words % {"n": days}

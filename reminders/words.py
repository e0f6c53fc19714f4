"""What people read about reminders: patients, the clinic's staff, whoever looks after the machine.

Everything else in this app returns values; here they become sentences.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from math import floor
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.formats import number_format, time_format
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from outbox import words as outbox_words
from outbox.models import State
from patients.models import NotToday, Patient
from reminders.alarms import Alarm, Trouble
from reminders.delivery_stats import Cause
from reminders.explanations import Explanations, Line, NoRow
from reminders.models import LATEST, Reminder
from reminders.rules import BY_REASON, GAP, GRACE, HOUR, Reason
from reminders.services import Choice, Start

REASONS = {
    NotToday.Reason.NO_TIME: gettext_lazy("I have no time"),
    NotToday.Reason.PAIN: gettext_lazy("I have pain"),
    NotToday.Reason.TIRED: gettext_lazy("I am tired or unwell"),
    NotToday.Reason.AWAY: gettext_lazy("I am away from home"),
    NotToday.Reason.OTHER: gettext_lazy("Something else"),
}

# One careful thought for each, which promises nothing and asks for nothing.
TIPS = {
    NotToday.Reason.NO_TIME: gettext_lazy(
        "Busy days happen. It may help to tie the exercises to something you do every day,"
        " like brushing your teeth. You can also choose another time for your reminders."
    ),
    NotToday.Reason.PAIN: gettext_lazy(
        "Leave the exercises for today if you are unsure. Call your clinic if the pain is new,"
        " strong or spreading, or if it has not settled by tomorrow."
    ),
    NotToday.Reason.TIRED: gettext_lazy(
        "Then rest today. Start again when you feel better, and take it slowly. If you are"
        " unwell for more than a few days, tell your clinic."
    ),
    NotToday.Reason.AWAY: gettext_lazy(
        "Enjoy your time away. Are you away for longer? Tell your clinic: they can pause your"
        " exercises until you are back."
    ),
    NotToday.Reason.OTHER: gettext_lazy(
        "That is fine. If something makes the exercises hard for you, tell your clinic: they"
        " can change them."
    ),
}


# Why, after a colon, where it is no rule of ``reminders.rules``: to staff, and to the patient.
WHY: dict[str, tuple[str | Promise, str | Promise]] = {
    Reason.NO_DAY: (
        gettext_lazy("nothing was asked that day"),
        gettext_lazy("nothing was asked of you"),
    ),
    NoRow.STOPPED: (
        gettext_lazy("stopped because of a warning sign"),
        gettext_lazy("you told us of a warning sign"),
    ),
    NoRow.CHANGED: (
        gettext_lazy("the times were changed in that minute"),
        gettext_lazy("your times were changed in that minute"),
    ),
    NoRow.TOO_CLOSE: (
        gettext_lazy("chosen too close to the last reminder, it counts from the next day on"),
        gettext_lazy("you chose it too close to the last one. It counts from the next day on"),
    ),
    NoRow.NO_TIME: (
        gettext_lazy("the times were changed, and none of them fell on that day"),
        gettext_lazy("your times were changed, and none of them fell on that day"),
    ),
    NoRow.UNKNOWN: (
        gettext_lazy("a rule kept it back, and nothing that is kept says which"),
        gettext_lazy("we no longer know why"),
    ),
}

# Why there was one at that time, where it was none of the day's times: to staff, and to the patient.
ORIGINS: dict[str, tuple[str | Promise, str | Promise]] = {
    Reminder.Origin.LATER: (
        gettext_lazy("The patient had asked for this one."),
        gettext_lazy("You had asked for this one."),
    ),
    Reminder.Origin.OLD_CLOCK: (
        gettext_lazy("It kept to the clock from before the time zone changed."),
        gettext_lazy("It kept to your clock from before your time zone changed."),
    ),
}

# What a state means, to staff, after its own word.
MEANS: dict[str, str | Promise] = {
    State.DUE: gettext_lazy("It goes out within a minute, or is tried again."),
    State.CLAIMED: gettext_lazy("It goes out within a minute, or is tried again."),
    State.SENT: gettext_lazy("The mail server has taken it."),
    State.UNCERTAIN: gettext_lazy("It is not sent again: nobody should get it twice."),
    State.FAILED: gettext_lazy("It is not tried again."),
}

OUTCOMES_TO_PATIENT: dict[str, str | Promise] = {
    State.DUE: gettext_lazy("It is on its way."),
    State.CLAIMED: gettext_lazy("It is on its way."),
    State.HANDED: gettext_lazy("It is on its way."),
    State.UNCERTAIN: gettext_lazy(
        "We sent it, but we do not know if it arrived. We never send one twice."
    ),
    State.FAILED: gettext_lazy("It did not go through. Your mail service did not take it."),
    State.EXPIRED: gettext_lazy("It could not leave in time, so we left it out. Sorry."),
}


# --- what a patient chose, and a tip for a hard day ---


def reasons() -> list[tuple[str, Promise]]:
    """Each reason with the words of its button."""
    return [(reason.value, REASONS[reason]) for reason in NotToday.Reason]


def tip(reason: str) -> Promise:
    """What may help someone who gave this reason."""
    return TIPS[NotToday.Reason(reason)]


def of_choice(choice: Choice) -> str:
    """One sentence that says what will happen now."""
    if not choice.is_on:
        return _("Reminders are off. No more will come.")
    if choice.times is None:
        return _("Reminders come at the usual times, and only when something is left to do.")
    if not choice.times:
        return _("You chose no times, so no reminders will come.")
    return _("Reminders come at %(times)s, and only when something is left to do.") % {
        "times": of_times(choice.times)
    }


def of_saved(choice: Choice, from_tomorrow: Sequence[time]) -> str:
    """The same, with the times that come for the first time on the next day."""
    if not from_tomorrow:
        return of_choice(choice)
    words = ngettext(
        "%(choice)s %(times)s starts tomorrow.",
        "%(choice)s %(times)s start tomorrow.",
        len(from_tomorrow),
    )
    return words % {"choice": of_choice(choice), "times": of_times(from_tomorrow)}


def of_start(start: Start, zone: ZoneInfo) -> str:
    """What a new time has to wait for today; "" if nothing but its own time."""
    if start.letter_at is None:
        return ""
    came, counts = start.letter_at.astimezone(zone), start.counts_from.astimezone(zone)
    given = {"at": time_format(came, "TIME_OF_DAY"), "from": time_format(counts, "TIME_OF_DAY")}
    if counts.date() > came.date() or counts.time() > LATEST:
        return _("The last reminder came at %(at)s. New times start tomorrow.") % given
    words = _("The last reminder came at %(at)s. New times before %(from)s start tomorrow.")
    return words % given


def of_times(times: Sequence[time]) -> str:
    """ "8:30, 13:00 and 18:30" """
    return get_text_list([time_format(at, "TIME_OF_DAY") for at in times], _("and"))


# --- why a reminder came, or did not ---


class Told(NamedTuple):
    """One line of the page, as it is read."""

    planned: str
    words: str
    sent: str


def told_to_staff(found: Explanations) -> list[tuple[date, list[Told]]]:
    """Each day with what became of its times."""
    return [
        (on, [_told(line, for_staff(line, found.patient), found.patient) for line in lines])
        for on, lines in found.by_day
    ]


def told_to_patient(found: Explanations) -> list[tuple[date, list[Told]]]:
    return [
        (on, [_told(line, for_patient(line, found.patient), found.patient) for line in lines])
        for on, lines in found.by_day
    ]


def _told(line: Line, words: str, patient: Patient) -> Told:
    return Told(planned_at(line), words, sent_at(line, patient))


def planned_at(line: Line) -> str:
    """ "8:30", or that it is about the whole day."""
    return time_format(line.at, "TIME_OF_DAY") if line.at else _("all day")


def sent_at(line: Line, patient: Patient) -> str:
    """The patient's own time at which it was handed over; "" if it was not."""
    if line.row is None or line.row.handed_at is None:
        return ""
    return time_format(line.row.handed_at.astimezone(patient.zone), "CLOCK_WITH_SECONDS")


def why_to_staff(reason: str) -> str:
    """ "the day was complete already"; "" for none."""
    if reason in WHY:
        return str(WHY[reason][0])
    if reason in BY_REASON:
        return str(BY_REASON[Reason(reason)].to_staff)
    return outbox_words.of_reason(reason)


def why_to_patient(reason: str) -> str:
    """ "you had done all that was asked"."""
    if reason in BY_REASON:
        return str(BY_REASON[Reason(reason)].to_patient)
    return str(WHY.get(reason, WHY[NoRow.UNKNOWN])[1])


def of_outcome(state: str, reason: str) -> str:
    """ "kept back: the day was complete already"."""
    said, why = str(State(state).label), why_to_staff(reason)
    return _("%(said)s: %(why)s") % {"said": said, "why": why} if why else said


def for_staff(line: Line, patient: Patient) -> str:
    if line.row is None:
        return _silent_for_staff(line)
    # A record of another clinic is none of their business.
    beside = [one for one in line.together_with if one.clinic_id == patient.clinic_id]
    words = (
        _of_row_for_staff(line, line.row, patient),
        *_besides(line, [one.name for one in beside], to_staff=True),
    )
    return _as_sentences(words)


def _of_row_for_staff(line: Line, row: Reminder, patient: Patient) -> str:
    if line.is_ahead and line.waits_until and line.why == NoRow.AHEAD:
        said = {"at": _clock(line.waits_until, patient), "why": why_to_staff(Reason.TOO_SOON)}
        return _("Waits until %(at)s: %(why)s") % said
    if line.is_ahead:
        return _silent_for_staff(line)
    outcome, means = of_outcome(row.state, row.reason), _means(row.state)
    return f"{outcome}. {means}" if means else outcome


def _besides(line: Line, beside: Sequence[str], *, to_staff: bool) -> Iterator[str]:
    """What else there is to say of a row: with whose it left, and why it was there."""
    if beside:
        names = get_text_list(list(beside), _("and"))
        yield _("It left in one letter with that of %(names)s.") % {"names": names}
    if line.row and (words := ORIGINS.get(line.row.origin)):
        yield str(words[0] if to_staff else words[1])


def _as_sentences(words: Sequence[str]) -> str:
    """With a full stop after the first, where another follows."""
    first, *others = words
    return " ".join([first if first.endswith(".") else f"{first}.", *others]) if others else first


def _clock(moment: datetime, patient: Patient) -> str:
    return time_format(moment.astimezone(patient.zone), "TIME_OF_DAY")


def _means(state: str) -> str:
    if state == State.EXPIRED:
        hours = GRACE // HOUR
        return ngettext(
            "It could not leave within %(number)d hour or before midnight.",
            "It could not leave within %(number)d hours or before midnight.",
            hours,
        ) % {"number": hours}
    return str(MEANS.get(state, ""))


def _silent_for_staff(line: Line) -> str:
    if line.why == NoRow.AHEAD:
        return _("To come, if something is still left to do then")
    # Translators: a reason follows, such as "a rest day".
    words = _("None will come: %(why)s") if line.is_ahead else _("None: %(why)s")
    return words % {"why": why_to_staff(line.why or "")}


def for_patient(line: Line, patient: Patient) -> str:
    """ "We sent you a reminder at 8:30."."""
    if line.row is None:
        return _silent_for_patient(line)
    # Only what the same person's own letter named.
    beside = [one for one in line.together_with if one.user_id == patient.user_id]
    words = (
        _of_row_for_patient(line, line.row, patient),
        *_besides(line, [one.addressed_as for one in beside], to_staff=False),
    )
    return _as_sentences(words)


def _of_row_for_patient(line: Line, row: Reminder, patient: Patient) -> str:
    if line.is_ahead and line.waits_until and line.why == NoRow.AHEAD:
        said = {"at": _clock(line.waits_until, patient), "number": GAP // HOUR}
        words = ngettext(
            "It waits until %(at)s, because the last one came less than %(number)d hour before.",
            "It waits until %(at)s, because the last one came less than %(number)d hours before.",
            GAP // HOUR,
        )
        return words % said
    if line.is_ahead or row.state == State.SKIPPED:
        return _silent_for_patient(line)
    if row.state == State.SENT and row.handed_at:
        return _("We sent you a reminder at %(at)s.") % {"at": _clock(row.handed_at, patient)}
    return str(OUTCOMES_TO_PATIENT[row.state])


def _silent_for_patient(line: Line) -> str:
    if line.why == NoRow.AHEAD:
        return _("A reminder comes if something is still left to do.")
    reason = line.why or (line.row.reason if line.row else "")
    # Translators: a reason follows, such as "a rest day".
    words = _("None will come: %(why)s.") if line.is_ahead else _("None came: %(why)s.")
    return words % {"why": why_to_patient(reason)}


# --- how sending goes ---


def percent(share: float | None) -> str:
    """ "99.8 %", never rounded up: 100 % means all of them."""
    return "–" if share is None else f"{number_format(floor(share * 1000) / 10, 1)} %"


def length(of: timedelta | None) -> str:
    """ "0.4 s", "12 s" or "3 min"."""
    if of is None:
        return "–"
    seconds = of.total_seconds()
    if seconds < 10:
        return f"{number_format(seconds, 1)} s"
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds // 60:.0f} min"


def of_cause(cause: Cause) -> str:
    return of_outcome(cause.state, cause.reason)


def of_alarm(alarm: Alarm) -> str:
    """What is wrong, in a sentence."""
    given = {"number": alarm.number, "minutes": alarm.minutes}
    match alarm.trouble:
        case Trouble.NEVER_RAN:
            return _("The minute’s tick has never run. Start beat and a worker.")
        case Trouble.STALLED:
            return (
                ngettext(
                    "The last tick was %(minutes)d minute ago. Look after beat and the workers.",
                    "The last tick was %(minutes)d minutes ago. Look after beat and the workers.",
                    alarm.minutes,
                )
                % given
            )
        case Trouble.REMINDERS_BEHIND:
            return (
                ngettext(
                    "Reminders are behind: %(number)d wait, the first for %(minutes)d minute.",
                    "Reminders are behind: %(number)d wait, the first for %(minutes)d minutes.",
                    alarm.minutes,
                )
                % given
            )
        case Trouble.LETTERS_BEHIND:
            return (
                ngettext(
                    "Sign-in mail is behind: %(number)d wait, the first for %(minutes)d minute.",
                    "Sign-in mail is behind: %(number)d wait, the first for %(minutes)d minutes.",
                    alarm.minutes,
                )
                % given
            )
        case Trouble.REMINDERS_LOST:
            return _("Reminders came too late to send within the last hour: %(number)d.") % given
        case Trouble.LETTERS_LOST:
            return _("Letters ran out unsent within the last hour: %(number)d.") % given

"""From when on a time counts that is chosen now: not within two hours after the account's last letter.

Reads only.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import NamedTuple

from patients.models import Day, Patient
from patients.schedule import DAY, MINUTE, instant, local_date
from reminders.channels import EMAIL
from reminders.choice import Choice, times_of
from reminders.models import MAY_HAVE_LEFT, ChoiceMade, Reminder
from reminders.rules import GAP
from reminders.usual_times import ever_usual


class Start(NamedTuple):
    """What decides when a time comes first that is chosen now."""

    counts_from: datetime  # a whole minute: a new time that comes due before it, waits for a day
    letter_at: datetime | None  # the account's last letter, where new times wait for its gap to end
    asked_min: int | None  # how many sessions today asks for; None: today there is no reminder
    # Times that counted today since that letter: who takes one away and brings it back, or saves it
    # together with another one, does not lose it for the day.
    known: frozenset[time]


def last_letter_at(patient: Patient, *, now: datetime) -> datetime | None:
    """When the last reminder left to this person, whichever of their records it was about."""
    whose = {"patient": patient} if patient.user_id is None else {"patient__user": patient.user_id}
    lately = Reminder.objects.filter(**whose, on__gt=now.date() - 3 * DAY, channel=EMAIL)
    left = lately.filter(state__in=MAY_HAVE_LEFT).order_by("-handed_at")
    return left.values_list("handed_at", flat=True).first()


def gap(patient: Patient, *, now: datetime) -> tuple[datetime | None, datetime]:
    """The account's last letter, where new times wait for its gap to end; and when they count."""
    letter_at = last_letter_at(patient, now=now)
    gap_ends = _whole(letter_at) + GAP if letter_at else now
    return (letter_at, gap_ends) if gap_ends > now else (None, _whole(now) + MINUTE)


def start(patient: Patient, *, now: datetime) -> Start:
    """From when on a time counts that is chosen at ``now``."""
    letter_at, gap_ends = gap(patient, now=now)
    today = local_date(now, patient.zone)
    asked = Day.objects.asked().filter(assignment__patient=patient, assignment__ended_on=None)
    asked_min = asked.filter(on=today).values_list("asked_min", flat=True).first()
    known = _counting(patient, asked_min, today, since=letter_at or now) if asked_min else ()
    return Start(gap_ends, letter_at, asked_min, frozenset(known))


def _counting(patient: Patient, asked_min: int, on: date, *, since: datetime) -> Iterator[time]:
    """The times that count on this date under a choice that was in force since then."""
    for _since, choice in ChoiceMade.objects.filter(patient=patient).since(since):
        for at in choice.at(asked_min):
            if choice.is_on and choice.counts(at, instant(on, at, patient.zone)):
                yield at


def starting(patient: Patient, choice: Choice, *, now: datetime) -> Choice:
    """The choice, with which of its times are new, and from when on these count."""
    begins = start(patient, now=now)
    times = ever_usual() if choice.times is None else choice.times
    new = tuple(sorted(set(times) - begins.known))
    return replace(choice, new_times=new, counts_from=begins.counts_from if new else None)


def from_tomorrow(patient: Patient, choice: Choice, *, now: datetime) -> tuple[time, ...]:
    """Those of today's times still ahead that come for the first time on the next day."""
    asked_min = start(patient, now=now).asked_min
    if asked_min is None or not choice.is_on:
        return ()
    today, zone = local_date(now, patient.zone), patient.zone
    ahead = times_of(today, asked_min, choices=[(now, choice)], zones=[(now, zone)])
    return tuple(sorted(one.at for one in ahead if not one.counts))


def _whole(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)

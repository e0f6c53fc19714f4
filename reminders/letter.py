"""The reminder e-mail: a first name, how far today is, and no word about health."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from exercises.dose import ONCE, Range
from outbox.email import Email
from patients.models import Day
from reminders import tokens

if TYPE_CHECKING:
    from reminders.models import Reminder


class Words(NamedTuple):
    """One wording of the letter, with a blank wherever it is about one person."""

    subject: str
    text: str
    html: str


# What is different in each letter, and the character that keeps its place in the wording.
BLANKS = {"first_name": "\ue000", "change_link": "\ue001", "link": "\ue002"}


def write(reminder: Reminder, now: datetime) -> Email:
    """The message to the patient's own address, with links that need no sign-in."""
    patient = reminder.patient
    words = _worded(patient.language, _progress(reminder))
    own = {
        "link": _link("answer", reminder, "open"),
        "change_link": _link("from_email", reminder, "change"),
        "first_name": patient.first_name,  # last: whatever it holds is not looked at again
    }
    return reminder.compose(
        # The address they sign in with; without an account it is not sent anyway.
        patient.user.email if patient.user else patient.email,
        words.subject,
        _filled(words.text, own),
        _filled(words.html, {name: escape(value) for name, value in own.items()}),
        now=now,
        **{
            "List-Unsubscribe": f"<{_link('unsubscribe', reminder, 'stop')}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            # What kind of mail this is, for a provider's figures on complaints: nobody's data.
            "Feedback-ID": f"reminder:homestretch:{settings.MESSAGE_ID_DOMAIN}",
        },
    )


def fetch_days(reminders: Sequence[Reminder]) -> None:
    """Give each its ``day``, with the sessions done so far; None if there is none any more."""
    days = Day.objects.asked().with_sessions_done()
    found = days.filter(
        assignment__in={reminder.assignment_id for reminder in reminders},
        on__in={reminder.on for reminder in reminders},
    )
    by_key = {(day.assignment_id, day.on): day for day in found}
    for reminder in reminders:
        reminder.day = by_key.get((reminder.assignment_id, reminder.on))


def _progress(reminder: Reminder) -> tuple[int, Range]:
    """Sessions done, and asked for. Without a day it will not be sent anyway."""
    day = reminder.day
    return (day.sessions_done, day.asked or ONCE) if day else (0, ONCE)


@lru_cache
def _worded(language: str, progress: tuple[int, Range]) -> Words:
    """The letter for everybody who has come so far, with blanks: rendered once for all."""
    done, asked = progress
    context = {"done": done, "asked": asked, **BLANKS}
    with translation.override(language):
        return Words(
            " ".join(render_to_string("emails/reminder.subject.txt", context).split()),
            render_to_string("emails/reminder.txt", context).strip() + "\n",
            render_to_string("emails/reminder.html", context),
        )


def _filled(wording: str, own: dict[str, str]) -> str:
    for name, value in own.items():
        wording = wording.replace(BLANKS[name], value)
    return wording


def _link(name: str, reminder: Reminder, purpose: tokens.Purpose) -> str:
    token = tokens.make(reminder, purpose=purpose)
    return settings.SITE_URL + reverse(f"reminders:{name}", args=[token])

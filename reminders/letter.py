"""The reminder e-mail: a first name, how far today is, and no word about health."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from exercises.dose import ONCE, Range
from patients.models import Day
from reminders import tokens

if TYPE_CHECKING:
    from reminders.models import Reminder


def write(reminder: Reminder, now: datetime) -> EmailMultiAlternatives:
    """The message to the patient's own address, with links that need no sign-in to stop it."""
    patient = reminder.patient
    context = _context(reminder)
    with translation.override(patient.language):
        return reminder.compose(
            # The address they sign in with; without an account it is not sent anyway.
            patient.user.email if patient.user else patient.email,
            " ".join(render_to_string("emails/reminder.subject.txt", context).split()),
            render_to_string("emails/reminder.txt", context).strip() + "\n",
            render_to_string("emails/reminder.html", context),
            now=now,
            **{
                "List-Unsubscribe": f"<{context['one_click_link']}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )


def _context(reminder: Reminder) -> dict[str, Any]:
    days = Day.objects.asked().filter(assignment=reminder.assignment_id, on=reminder.on)
    day = days.with_sessions_done().first()  # None: it will not be sent anyway
    return {
        "first_name": reminder.patient.first_name,
        "done": day.sessions_done if day else 0,
        "asked": Range(day.asked_min, day.asked_max) if day else ONCE,
        "link": settings.SITE_URL + reverse("patients:today"),
        "change_link": _link("from_email", reminder, "change"),
        "one_click_link": _link("unsubscribe", reminder, "stop"),
    }


def _link(name: str, reminder: Reminder, purpose: tokens.Purpose) -> str:
    token = tokens.make(reminder.pk, purpose=purpose)
    return settings.SITE_URL + reverse(f"reminders:{name}", args=[token])

"""The reminder e-mail: names, how far today is for each, and no word about health."""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts import names
from outbox.transport import Email
from reminders import tokens
from reminders.models import Progress, Reminder

NOTHING_ASKED = Progress(done=0, min=1, max=1)


class Named(NamedTuple):
    """One record in a letter: what its person is called, and how far their day is."""

    called: str
    done: int
    asked: Progress


def write(reminder: Reminder, now: datetime) -> Email:
    """The message to the account's own address, about each record that something is due for, with
    links that need no sign-in.
    """
    # Without an account, or without a day, it will not be sent anyway.
    patient = reminder.patient
    with translation.override(patient.language):
        named = _named(reminder.whole)
        context = {
            "named": named,
            **named[0]._asdict(),
            "link": link("answer", reminder, "open"),
            "change_link": link("from_email", reminder, "change"),
        }
        return reminder.compose(
            to=(patient.user or patient).email or "",
            subject=render_to_string("emails/reminder.subject.txt", context).strip(),
            text=render_to_string("emails/reminder.txt", context).strip() + "\n",
            html=render_to_string("emails/reminder.html", context),
            now=now,
            **headers(reminder),
        )


def _named(reminders: list[Reminder]) -> list[Named]:
    """Each record once, in the order of their names."""
    of_records = {one.patient_id: one for one in reversed(reminders)}.values()
    # A word for nobody in particular in place of an address.
    named = [
        (one, names.for_mail(one.patient.addressed_as) or str(names.NAMELESS)) for one in of_records
    ]
    return [
        Named(called, (one.progress or NOTHING_ASKED)["done"], one.progress or NOTHING_ASKED)
        for one, called in sorted(named, key=lambda pair: pair[1])
    ]


def headers(reminder: Reminder) -> dict[str, str]:
    """What mail programs and mail services read."""
    return {
        "List-Unsubscribe": f"<{link('unsubscribe', reminder, 'stop')}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        # What kind of mail this is, for a provider's figures on complaints: nobody's data.
        "Feedback-ID": f"reminder:homestretch:{settings.MESSAGE_ID_DOMAIN}",
    }


def link(page: str, reminder: Reminder, purpose: tokens.Purpose) -> str:
    """The address of a page, with the reminder's token for this purpose."""
    token = tokens.make(reminder, purpose=purpose)
    return settings.SITE_URL + reverse(f"reminders:{page}", args=[token])

"""The reminder e-mail: who it is for, how far today is, and no word about health."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts import names
from outbox.transport import Email
from reminders import tokens
from reminders.models import Progress, Reminder

NOTHING_ASKED = Progress(done=0, min=1, max=1)


def write(reminder: Reminder, now: datetime) -> Email:
    """The message to the patient's own address, with links that need no sign-in."""
    # Without an account, or without a day, it will not be sent anyway.
    patient, progress = reminder.patient, reminder.progress or NOTHING_ASKED
    context = {
        "done": progress["done"],
        "asked": progress,
        "link": link("answer", reminder, "open"),
        "change_link": link("from_email", reminder, "change"),
    }
    with translation.override(patient.language):
        # A word for nobody in particular in place of an address.
        context["called"] = names.for_mail(patient.addressed_as) or names.NAMELESS
        return reminder.compose(
            to=(patient.user or patient).email or "",
            subject=render_to_string("emails/reminder.subject.txt", context).strip(),
            text=render_to_string("emails/reminder.txt", context).strip() + "\n",
            html=render_to_string("emails/reminder.html", context),
            now=now,
            **headers(reminder),
        )


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

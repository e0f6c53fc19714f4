"""The reminder e-mail: names, how far today is for each, and no word about health."""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import names
from accounts.letter_words import LOOK
from accounts.models import Clinic
from outbox.transport import Email, own_name
from reminders import tokens
from reminders.models import Progress, Reminder

NOTHING_ASKED = Progress(done=0, min=1, max=1)


class Named(NamedTuple):
    """One record in a letter: what its person is called, and how far their day is, in sessions."""

    called: str
    done: int
    least: int
    most: int

    @property
    def greeting(self) -> str:
        """Where the letter is about this record alone."""
        if self.done:
            words = _(
                "Hello %(called)s, %(done)s of %(asked)s done today. A few quiet minutes are enough"
                " for the next one."
            )
        elif self.most == 1:
            words = _(
                "Hello %(called)s, there is one session today. A few quiet minutes are enough."
            )
        elif self.least == self.most:
            words = ngettext(
                "Hello %(called)s, there is %(most)s session today. A few quiet minutes are enough"
                " for the first one.",
                "Hello %(called)s, there are %(most)s sessions today. A few quiet minutes are"
                " enough for the first one.",
                self.most,
            )
        elif self.least + 1 == self.most:
            words = ngettext(
                "Hello %(called)s, there are %(least)s or %(most)s sessions today. A few quiet"
                " minutes are enough for the first one.",
                "Hello %(called)s, there are %(least)s or %(most)s sessions today. A few quiet"
                " minutes are enough for the first one.",
                self.most,
            )
        else:
            words = ngettext(
                "Hello %(called)s, there are %(least)s to %(most)s sessions today. A few quiet"
                " minutes are enough for the first one.",
                "Hello %(called)s, there are %(least)s to %(most)s sessions today. A few quiet"
                " minutes are enough for the first one.",
                self.most,
            )
        return words % self._numbers()

    @property
    def line(self) -> str:
        """Where the letter names others, too."""
        if self.done:
            words = _("%(called)s: %(done)s of %(asked)s done")
        elif self.least == self.most:
            words = ngettext(
                "%(called)s: %(most)s session today",
                "%(called)s: %(most)s sessions today",
                self.most,
            )
        elif self.least + 1 == self.most:
            words = ngettext(
                "%(called)s: %(least)s or %(most)s sessions today",
                "%(called)s: %(least)s or %(most)s sessions today",
                self.most,
            )
        else:
            words = ngettext(
                "%(called)s: %(least)s to %(most)s sessions today",
                "%(called)s: %(least)s to %(most)s sessions today",
                self.most,
            )
        return words % self._numbers()

    def _numbers(self) -> dict[str, object]:
        exactly = self.least == self.most
        asked = str(self.most) if exactly else f"{self.least}–{self.most}"
        return {**self._asdict(), "asked": asked}


def write(reminder: Reminder, now: datetime) -> Email:
    """The message to the account's own address, about each record that something is due for, with
    links that need no sign-in.
    """
    # Without an account, or without a day, it will not be sent anyway.
    patient, sender = reminder.patient, _sender(reminder.whole)
    with translation.override(patient.language):
        named = _named(reminder.whole)
        context = {
            "named": named,
            "mail_name": sender or own_name(),
            "is_from_clinic": bool(sender),
            **_links(reminder, is_alone=len(named) == 1),
        }
        return reminder.compose(
            to=(patient.user or patient).email or "",
            subject=render_to_string("emails/reminder.subject.txt", context).strip(),
            text=render_to_string("emails/reminder.txt", context).strip() + "\n",
            html=LOOK.inline(render_to_string("emails/reminder.html", context)),
            sender=sender,
            now=now,
            **headers(reminder),
        )


def _sender(reminders: list[Reminder]) -> str:
    """The name in e-mail of the clinic whose records they are; "" where there are several."""
    clinics = {one.patient.clinic for one in reminders}
    return _mail_name(*clinics) if len(clinics) == 1 else ""


def _mail_name(clinic: Clinic) -> str:
    return names.for_mail(clinic.name_in_mail or clinic.name)


def _named(reminders: list[Reminder]) -> list[Named]:
    """Each record once, in the order of their names."""
    of_records = {one.patient_id: one for one in reversed(reminders)}.values()
    # A word for nobody in particular in place of an address.
    named = [
        (one, names.for_mail(one.patient.called or one.patient.name) or str(names.NAMELESS))
        for one in of_records
    ]
    return [
        Named(called, day["done"], day["min"], day["max"])
        for one, called in sorted(named, key=lambda pair: pair[1])
        for day in [one.progress or NOTHING_ASKED]
    ]


def _links(reminder: Reminder, *, is_alone: bool) -> dict[str, str]:
    """Where the letter leads: to the page of its one record, or to those that list each."""
    if is_alone:
        return {
            "link": link("answer", reminder, "open"),
            "change_link": link("from_email", reminder, "change"),
        }
    letter = tokens.Letter(reminder.pk, reminder.due_at)
    return {
        "link": link("letter", letter, "letter"),
        "change_link": link("letter_change", letter, "letter_change"),
    }


def headers(reminder: Reminder) -> dict[str, str]:
    """What mail programs and mail services read."""
    return {
        "List-Unsubscribe": f"<{link('unsubscribe', reminder, 'stop')}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        # What kind of mail this is, for a provider's figures on complaints: nobody's data.
        "Feedback-ID": f"reminder:homestretch:{settings.MESSAGE_ID_DOMAIN}",
    }


def link(page: str, of: tokens.Row, purpose: tokens.Purpose) -> str:
    """The address of a page, with the reminder's or the letter's token for this purpose."""
    token = tokens.make(of, purpose=purpose)
    return settings.SITE_URL + reverse(f"reminders:{page}", args=[token])

"""The reminder e-mail: a first name, how far today is, and no word about health."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, OuterRef, QuerySet, Subquery
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from accounts import names
from exercises.dose import ONCE, Range
from outbox import prepared
from outbox.email import Email, Form, Written, compose, date_header, written
from outbox.prepared import SOME_MOMENT
from patients.models import Day
from reminders import tokens

if TYPE_CHECKING:
    from reminders.models import Reminder


class Reader(NamedTuple):
    """What a message has to know of whom it goes to, and of their day."""

    user: uuid.UUID | None
    user_email: str | None
    email: str
    name: str
    language: str
    progress: list[int] | None  # None: nothing is asked that day any more

    @property
    def first_name(self) -> str:
        """As a letter may say it; a word for nobody in particular in place of an address."""
        if name := names.first_of(self.name):
            return name
        with translation.override(self.language):
            return str(names.NAMELESS)

    @property
    def done(self) -> int:
        return self.progress[0] if self.progress else 0

    @property
    def asked(self) -> Range:
        """Without a day it will not be sent anyway."""
        return Range(*self.progress[1:]) if self.progress else ONCE


type Wording = tuple[str, int, Range]  # the language, what is done, what is asked
NAMES = ("first_name", "first_name_in_html")


class Words(NamedTuple):
    """One wording of the letter, with a blank wherever it is about one person."""

    subject: str
    text: str
    html: str


BLANK = "-token-"  # as a URL writes it

# What is different in each letter, and the character that keeps its place in the wording.
BLANKS = {"first_name": "\ue000", "change_link": "\ue001", "link": "\ue002"}

# What is different in each message, and what stands for it in the form of all of them.
MARKS = {
    "to": "zq-to@zq.invalid",
    "message_id": "<zq-id@zq.invalid>",
    "date": date_header(SOME_MOMENT),
    "first_name": "zq-name",
    "first_name_in_html": "zq-escaped-name",
    "link": "zq-link",
    "change_link": "zq-change-link",
    "stop_link": "zq-stop-link",
}


def write(reminder: Reminder, now: datetime) -> Written:
    """The message to the patient's own address, with links that need no sign-in."""
    reader = reminder.reader
    wording = (reader.language, reader.done, reader.asked)
    own = _own(reminder, now)
    sender = settings.DEFAULT_FROM_EMAIL
    form = _form(wording, own["first_name"].isascii(), sender)
    content = form.filled(own)
    if content is None:
        return written(_in_full(wording, own))
    return Written(sender, own["to"], content, partial(_in_full, wording, own))


def _own(reminder: Reminder, now: datetime) -> dict[str, str]:
    """What is about this one message. Nothing in a link of ours needs HTML's escapes."""
    reader = reminder.reader
    return {
        # The address they sign in with; without an account it is not sent anyway.
        "to": reader.user_email or reader.email,
        "message_id": reminder.message_id,
        "date": date_header(now),
        "first_name": reader.first_name,
        "first_name_in_html": escape(reader.first_name),
        "link": _link("answer", reminder, "open"),
        "change_link": _link("from_email", reminder, "change"),
        "stop_link": _link("unsubscribe", reminder, "stop"),
    }


@lru_cache
def _form(wording: Wording, is_ascii: bool, _sender: str) -> Form:
    """A name that is not ASCII changes the encoding of what it stands in."""
    marks = MARKS if is_ascii else MARKS | {name: f"{MARKS[name]}-é" for name in NAMES}
    return Form(_in_full(wording, marks), marks)


def _in_full(wording: Wording, own: dict[str, str]) -> Email:
    words = _worded(*wording)
    return compose(
        own["to"],
        words.subject,
        _filled(words.text, own),
        _filled(words.html, own | {"first_name": own["first_name_in_html"]}),
        message_id=own["message_id"],
        date=own["date"],
        **{
            "List-Unsubscribe": f"<{own['stop_link']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            # What kind of mail this is, for a provider's figures on complaints: nobody's data.
            "Feedback-ID": f"reminder:homestretch:{settings.MESSAGE_ID_DOMAIN}",
        },
    )


def fetch_readers(reminders: Sequence[Reminder]) -> None:
    """Give each its ``reader``: plain values, in one statement that stays planned.

    One whose record was erased meanwhile gets none.
    """
    sql, parameters = _reading(type(reminders[0]))
    found = prepared.run(sql, prepared.of_rows([one.pk for one in reminders], parameters))
    by_key = {reminder.pk: reminder for reminder in reminders}
    for key, *values in found:
        by_key[key].reader = Reader(*values)


@cache
def _reading(table: type[Reminder]) -> tuple[str, tuple[Any, ...]]:
    rows: QuerySet[Any] = table._default_manager.filter(pk__in=prepared.some_rows())
    progress = Func(
        F("sessions_done"),
        F("asked_min"),
        F("asked_max"),
        template="ARRAY[%(expressions)s]",
        output_field=ArrayField(models.IntegerField()),
    )
    days = Day.objects.asked().with_sessions_done().annotate(progress=progress)
    that_day = days.filter(assignment=OuterRef("assignment"), on=OuterRef("on"))
    person = ("user", "user__email", "email", "name", "language")
    columns = [f"patient__{column}" for column in person]
    return prepared.worded(rows.values_list("pk", *columns, Subquery(that_day.values("progress"))))


@lru_cache
def _worded(language: str, done: int, asked: Range) -> Words:
    """The letter for everybody who has come so far, with blanks: rendered once for all."""
    context = {"done": done, "asked": asked, **BLANKS}
    with translation.override(language):
        return Words(
            " ".join(render_to_string("emails/reminder.subject.txt", context).split()),
            render_to_string("emails/reminder.txt", context).strip() + "\n",
            render_to_string("emails/reminder.html", context),
        )


def _filled(wording: str, own: dict[str, str]) -> str:
    for name in ("link", "change_link", "first_name"):  # the name last: not looked at again
        wording = wording.replace(BLANKS[name], own[name])
    return wording


def _link(name: str, reminder: Reminder, purpose: tokens.Purpose) -> str:
    return _links(name, settings.SITE_URL).replace(BLANK, tokens.make(reminder, purpose=purpose))


@cache
def _links(name: str, site: str) -> str:
    """A page's address, with a blank for the token."""
    return site + reverse(f"reminders:{name}", args=[BLANK])

"""A letter that names several people, as the hand-over leaves it behind."""

import re

from django.urls import reverse

from patients.models import Day
from reminders import tokens
from reminders.models import Reminder
from tests.factories import UserFactory
from tests.reminders.nudging import asked_day
from tests.reminders.test_silence import reminder_of


def family(*names: str, **fields) -> list[Day]:
    """A day of each, all of one account; by default each of a clinic of their own."""
    user = UserFactory()
    given = {"assignment__patient__user": user, "asked_min": 2, "asked_max": 3, **fields}
    return [asked_day(**given, assignment__patient__name=f"{name} Reed") for name in names]


def one_letter(days: list[Day], **fields) -> list[Reminder]:
    """A reminder of each, which left together."""
    reminders = [reminder_of(day, **fields) for day in days]
    for one in reminders:
        one.letter = reminders[0].pk
        one.save(update_fields=["letter"])
    return reminders


def address(page: str, reminder: Reminder, purpose: tokens.Purpose) -> str:
    """Of a page of one reminder; of a letter, by the first reminder in it."""
    return reverse(f"reminders:{page}", args=[tokens.make(reminder, purpose=purpose)])


def words_of(response) -> str:
    """What a page says, without its markup."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())

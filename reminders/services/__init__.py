"""The verbs of this app."""

from reminders.choice import Choice
from reminders.planning import tick, tick_of_the_past, workers_for
from reminders.services.choices import (
    choose,
    chosen,
    mail_arrives,
    stop,
    stop_letter,
    stop_record,
    take_turn,
)
from reminders.services.later import remind_later, take_back_later
from reminders.services.later_offer import Later
from reminders.services.reasons import silence_on
from reminders.services.reminder_actions import AnotherOne, done, hold, not_today, score, undo
from reminders.services.restore import after_restore
from reminders.services.starts import Start, from_tomorrow, last_letter_at, start
from reminders.services.trial import send_test
from reminders.services.zones import edit_patient, follow_zone

__all__ = [
    "AnotherOne",
    "Choice",
    "Later",
    "Start",
    "after_restore",
    "choose",
    "chosen",
    "done",
    "edit_patient",
    "follow_zone",
    "from_tomorrow",
    "hold",
    "last_letter_at",
    "mail_arrives",
    "not_today",
    "remind_later",
    "score",
    "send_test",
    "silence_on",
    "start",
    "stop",
    "stop_letter",
    "stop_record",
    "take_back_later",
    "take_turn",
    "tick",
    "tick_of_the_past",
    "undo",
    "workers_for",
]

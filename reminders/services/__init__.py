"""The verbs of this app."""

from reminders.planning import tick, tick_of_the_past, workers_for
from reminders.services.choices import (
    Choice,
    choose,
    chosen,
    mail_arrives,
    stop,
    stop_record,
    take_turn,
)
from reminders.services.reasons import silence_on
from reminders.services.reminder_actions import AnotherOne, done, hold, not_today, undo
from reminders.services.restore import after_restore
from reminders.services.trial import send_test
from reminders.services.zones import edit_patient, follow_zone

__all__ = [
    "AnotherOne",
    "Choice",
    "after_restore",
    "choose",
    "chosen",
    "done",
    "edit_patient",
    "follow_zone",
    "hold",
    "mail_arrives",
    "not_today",
    "send_test",
    "silence_on",
    "stop",
    "stop_record",
    "take_turn",
    "tick",
    "tick_of_the_past",
    "undo",
    "workers_for",
]

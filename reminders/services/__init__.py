"""The verbs of this app."""

from reminders.services.beat import hands_for, tick
from reminders.services.choices import Choice, choose, chosen, mail_arrives, stop
from reminders.services.reasons import silence_on
from reminders.services.restore import after_restore
from reminders.services.trial import send_test

__all__ = [
    "Choice",
    "after_restore",
    "choose",
    "chosen",
    "hands_for",
    "mail_arrives",
    "send_test",
    "silence_on",
    "stop",
    "tick",
]

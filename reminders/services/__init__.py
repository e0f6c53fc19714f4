"""The verbs of this app."""

from reminders.services.beat import hands_for, tick
from reminders.services.choices import Choice, choose, chosen, stop
from reminders.services.reasons import silence_on
from reminders.services.restore import after_restore

__all__ = ["Choice", "after_restore", "choose", "chosen", "hands_for", "silence_on", "stop", "tick"]

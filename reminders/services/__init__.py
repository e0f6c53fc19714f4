"""The verbs of this app."""

from reminders.services.beat import hands_for, tick
from reminders.services.choices import Choice, choose, chosen, stop
from reminders.services.reasons import silence_on

__all__ = ["Choice", "choose", "chosen", "hands_for", "silence_on", "stop", "tick"]

"""The verbs of this app."""

from reminders.services.beat import hands_for, tick
from reminders.services.choices import Choice, choose, chosen, stop

__all__ = ["Choice", "choose", "chosen", "hands_for", "stop", "tick"]

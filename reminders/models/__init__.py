from reminders.models.choices import EARLIEST, LATEST, ChoiceMade, Preference, Slot
from reminders.models.reminders import (
    MAY_HAVE_LEFT,
    Progress,
    Reminder,
    ReminderQuerySet,
    order_of_day,
    with_what_happened,
)
from reminders.models.ticks import CameDue, Heartbeat

__all__ = [
    "EARLIEST",
    "LATEST",
    "MAY_HAVE_LEFT",
    "CameDue",
    "ChoiceMade",
    "Heartbeat",
    "Preference",
    "Progress",
    "Reminder",
    "ReminderQuerySet",
    "Slot",
    "order_of_day",
    "with_what_happened",
]

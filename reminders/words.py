"""What patients read about the times they chose."""

from datetime import time

from django.utils.formats import time_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from reminders.services import Choice


def of_choice(choice: Choice) -> str:
    """One sentence that says what will happen now."""
    if not choice.is_on:
        return _("Reminders are off. No more will come.")
    if choice.times is None:
        return _("Reminders come at the usual times, and only when something is left to do.")
    if not choice.times:
        return _("You chose no times, so no reminders will come.")
    return _("Reminders come at %(times)s, and only when something is left to do.") % {
        "times": of_times(choice.times)
    }


def of_times(times: tuple[time, ...]) -> str:
    """ "8:30, 13:00 and 18:30" """
    return get_text_list([time_format(at, "G:i") for at in times], _("and"))

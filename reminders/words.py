"""What patients read about their reminders: the times they chose, a tip for a hard day."""

from datetime import time

from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patients.models import NotToday
from reminders.services import Choice

REASONS = {
    NotToday.Reason.NO_TIME: gettext_lazy("I have no time"),
    NotToday.Reason.PAIN: gettext_lazy("I have pain"),
    NotToday.Reason.TIRED: gettext_lazy("I am tired or unwell"),
    NotToday.Reason.AWAY: gettext_lazy("I am away from home"),
    NotToday.Reason.OTHER: gettext_lazy("Something else"),
}

# One careful thought for each, which promises nothing and asks for nothing.
TIPS = {
    NotToday.Reason.NO_TIME: gettext_lazy(
        "Busy days happen. It may help to tie the exercises to something you do every day,"
        " like brushing your teeth. You can also choose another time for your reminders."
    ),
    NotToday.Reason.PAIN: gettext_lazy(
        "Leave the exercises for today if you are unsure. Call your clinic if the pain is new,"
        " strong or spreading, or if it has not settled by tomorrow."
    ),
    NotToday.Reason.TIRED: gettext_lazy(
        "Then rest today. Start again when you feel better, and take it slowly. If you are"
        " unwell for more than a few days, tell your clinic."
    ),
    NotToday.Reason.AWAY: gettext_lazy(
        "Enjoy your time away. Are you away for longer? Tell your clinic: they can pause your"
        " exercises until you are back."
    ),
    NotToday.Reason.OTHER: gettext_lazy(
        "That is fine. If something makes the exercises hard for you, tell your clinic: they"
        " can change them."
    ),
}


def reasons() -> list[tuple[str, Promise]]:
    """Each reason with the words of its button."""
    return [(reason.value, REASONS[reason]) for reason in NotToday.Reason]


def tip(reason: str) -> Promise:
    """What may help somebody who gave this reason."""
    return TIPS[NotToday.Reason(reason)]


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
    return get_text_list([time_format(at, "TIME_OF_DAY") for at in times], _("and"))

"""When to stop: what a patient reads beside every exercise, on a page and on paper."""

from typing import NamedTuple

from django.utils.translation import gettext as _


class WhenToStop(NamedTuple):
    """``last`` comes after the clinic's number, where there is one."""

    title: str
    lines: list[str]
    last: str


def when_to_stop(*, bends_backwards: bool) -> WhenToStop:
    """True of every exercise; one line more where the low back bends backwards."""
    both_legs = _(
        "Stop if both legs ache, go numb or go weak. If it does not pass at once, get help."
    )
    return WhenToStop(
        _("Stop if it hurts"),
        [
            _("Stop if you get sharp pain, pain that spreads, or new feelings in your leg."),
            _("Stop if any part goes numb or weak. Then ask your physiotherapist."),
            _("Numb between your legs, weak in both legs, or quickly worse? Get help at once."),
            *([both_legs] if bends_backwards else []),
        ],
        _("Never bounce. Keep breathing."),
    )

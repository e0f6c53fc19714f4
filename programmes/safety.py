"""When to stop and whom to call, for paper: it has no Help button.

The same sentences as on the pages ``exercises/_when_to_stop.html`` and
``patients/_when_to_get_help.html``; a test holds them together.
"""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Clinic


def when_to_stop(*, bends_backwards: bool) -> dict[str, Any]:
    """A title and lines: true of every exercise; one more where the low back bends backwards."""
    both_legs = _(
        "Stop if both legs ache, go numb or go weak. If it does not pass at once, get help."
    )
    return {
        "title": _("Stop if it hurts"),
        "lines": [
            _("Stop if you get sharp pain, pain that spreads, or new feelings in your leg."),
            _("Stop if any part goes numb or weak. Then ask your physiotherapist."),
            *([both_legs] if bends_backwards else []),
            _("Never bounce. Keep breathing."),
        ],
    }


def when_to_get_help(clinic: Clinic) -> dict[str, Any]:
    """A title, and for each of the clinic's two numbers the signs to call it for."""
    return {
        "title": _("When to get help"),
        "calls": [
            {"title": _emergency(clinic), "lines": _emergency_signs()},
            {"title": _advice(clinic), "lines": _advice_signs()},
        ],
    }


def _emergency(clinic: Clinic) -> str:
    words = _("Call %(number)s or go to an emergency department (A&E) now if you have any of these")
    return words % {"number": clinic.emergency_number}


def _emergency_signs() -> list[str]:
    return [
        _("numbness or tingling between your legs, around your genitals or in your bottom"),
        _("a changed feeling when you wipe after the toilet"),
        _("new trouble starting, stopping or feeling when you pee, or leaking"),
        _("loss of control or feeling when you poo"),
        _("new problems with sex, such as loss of feeling"),
        _("pain, weakness or numbness in both legs"),
        _("a leg that is quickly getting weaker"),
        _("chest pain"),
        _("pain that began after a serious accident"),
    ]


def _advice(clinic: Clinic) -> str:
    words = _("Call %(number)s or your doctor today if you have any of these")
    return words % {"number": clinic.advice_number}


def _advice_signs() -> list[str]:
    return [
        _("a fever together with back pain"),
        _("weight loss that you cannot explain"),
        _("a new lump, or a back that has changed its shape"),
        _("pain that does not ease when you rest, or is worse at night"),
    ]

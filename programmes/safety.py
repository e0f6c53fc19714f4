"""The warning signs; and when to stop and whom to call, for paper: it has no Help button.

How to reach the clinic is said by ``components/call_clinic.html`` too, where the number is a
link inside the sentence; a test holds the two together.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Clinic
from exercises.words import stopping
from programmes.words import call_emergency, call_today


class Sign(models.TextChoices):
    """What asks for a doctor, as a patient reads it.

    Sources: the cauda equina warning card (backes.org.uk/cauda-equina-warning-signs); Norfolk
    and Waveney Community Health, "Got back pain?"; Sheffield Aches and Pains, "Back pain".
    """

    SADDLE = (
        "saddle",
        gettext_lazy(
            "numbness or tingling between your legs, around your genitals or in your bottom"
        ),
    )
    WIPING = "wiping", gettext_lazy("a changed feeling when you wipe after the toilet")
    BLADDER = (
        "bladder",
        gettext_lazy("new trouble starting, stopping or feeling when you pee, or leaking"),
    )
    BOWEL = "bowel", gettext_lazy("loss of control or feeling when you poo")
    SEX = "sex", gettext_lazy("new problems with sex, such as loss of feeling")
    BOTH_LEGS = "both_legs", gettext_lazy("pain, weakness or numbness in both legs")
    WEAKER_LEG = "weaker_leg", gettext_lazy("a leg that is quickly getting weaker")
    CHEST_PAIN = "chest_pain", gettext_lazy("chest pain")
    ACCIDENT = "accident", gettext_lazy("pain that began after a serious accident")
    FEVER = "fever", gettext_lazy("a fever together with back pain")
    WEIGHT_LOSS = "weight_loss", gettext_lazy("weight loss that you cannot explain")
    LUMP = "lump", gettext_lazy("a new lump, or a back that has changed its shape")
    AT_NIGHT = (
        "at_night",
        gettext_lazy("pain that does not ease when you rest, or is worse at night"),
    )


ADVICE = (Sign.FEVER, Sign.WEIGHT_LOSS, Sign.LUMP, Sign.AT_NIGHT)
"""Those that can wait for the doctor of today."""

EMERGENCY = tuple(sign for sign in Sign if sign not in ADVICE)
"""Those that cannot wait."""


def when_to_stop(*, bends_backwards: bool) -> dict[str, Any]:
    """A title and lines, as beside every exercise on a page."""
    said = stopping.when_to_stop(bends_backwards=bends_backwards)
    return {"title": said.title, "lines": [*said.lines, said.last]}


def when_to_get_help(clinic: Clinic) -> dict[str, Any]:
    """A title; whom to call for which signs; the clinic for anything else.

    ``href`` is a tel: link, "" where there is no number.
    """
    return {
        "title": _("When to get help"),
        "calls": [
            {
                "title": call_emergency(clinic),
                "href": clinic.emergency.href,
                "lines": [str(sign.label) for sign in EMERGENCY],
            },
            {
                "title": call_today(clinic),
                "href": clinic.advice.href if clinic.advice else "",
                "lines": [str(sign.label) for sign in ADVICE],
            },
        ],
        "else": {"title": _("For anything else"), **_call_the_clinic(clinic)},
    }


def _call_the_clinic(clinic: Clinic) -> dict[str, Any]:
    """The sentences of ``components/call_clinic.html``."""
    if not clinic.phone:
        return {"href": "", "lines": [_without_a_number(clinic), _if_it_cannot_wait(clinic)]}
    words = _("Call %(clinic)s:") % {"clinic": clinic.name}
    hours = [clinic.opening_hours] if clinic.opening_hours else []
    return {"href": clinic.phone.href, "lines": [f"{words} {clinic.phone}", *hours]}


def _without_a_number(clinic: Clinic) -> str:
    words = _(
        "We do not have the number of %(clinic)s. Look for it on a letter or card from them,"
        " or ask at your next visit."
    )
    return words % {"clinic": clinic.name}


def _if_it_cannot_wait(clinic: Clinic) -> str:
    if not clinic.advice:
        return _("If it cannot wait, call your doctor.")
    words = _("If it cannot wait, call %(number)s or your doctor.")
    return words % {"number": clinic.advice}

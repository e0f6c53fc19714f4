"""What is written next to a step: what it is there for, and how long a hold is."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from exercises.dose import Dose
from exercises.phases import Phase

LABELS: dict[Phase, Promise] = {
    Phase.SET_UP: pgettext_lazy("label of a step", "Set up"),
    Phase.MOVE: pgettext_lazy("label of a step", "Move"),
    Phase.HOLD: pgettext_lazy("label of a step", "Hold"),
    Phase.RETURN: pgettext_lazy("label of a step", "Return"),
    Phase.REST: pgettext_lazy("label of a step", "Rest"),
}


def phase_label(phase: Phase, dose: Dose | None = None) -> str:
    """ "Move", or "Hold · 20–30 s" with the seconds of the dose that is read."""
    words = str(LABELS[phase])
    if phase == Phase.HOLD and dose and dose.hold_seconds:
        # Translators: next to a step; %(phase)s is “Hold”, %(n)s a number or a range; s: seconds.
        return _("%(phase)s · %(n)s s") % {"phase": words, "n": dose.hold_seconds}
    return words

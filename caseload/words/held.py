"""What was sent while a warning sign was unchecked, exercise by exercise."""

from typing import Any

from django.utils.translation import gettext as _

from patients.models import Tick


def held_result(result: dict[str, Any]) -> str:
    """ "Bridge: stopped because it hurt, 3 done, pain 7 of 10", of ``HeldEntry.results``."""
    parts = [str(Tick.Result(result["result"]).label)]
    if result["amount"] is not None:
        # Translators: how many repetitions, or minutes, of an exercise were done.
        parts.append(_("%(n)d done") % {"n": result["amount"]})
    if result["pain"] is not None:
        parts.append(_("pain %(score)d of 10") % {"score": result["pain"]})
    if result["skip_reason"]:
        parts.append(str(Tick.SkipReason(result["skip_reason"]).label))
    # Translators: an exercise, and how it went, such as “Bridge: part done, 3 done”.
    words = _("%(exercise)s: %(how)s")
    return words % {"exercise": result["exercise"], "how": ", ".join(parts)}

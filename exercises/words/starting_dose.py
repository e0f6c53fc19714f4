"""What to say next to a field of a starting dose that is no decision."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exercises.dose import Dose
from exercises.starting_dose import (
    MINUTES_AT_MOST,
    OutsideGuide,
    Problem,
    TooLong,
    TooWide,
    problems,
)


def refusals(dose: Dose, guide: Dose) -> dict[str, str]:
    """Words for each column that is to be changed; {}: all is well."""
    return {column: _in_words(problem) for column, problem in problems(dose, guide).items()}


def _in_words(problem: Problem) -> str:
    match problem:
        case TooWide(at_most):
            return _(
                "Enter %(n)d or less: a starting dose goes up to twice its smallest number."
            ) % {"n": at_most}
        case OutsideGuide(guide):
            return _("Stay inside the guide range: %(range)s.") % {"range": guide}
        case TooLong(minutes):
            return ngettext(
                "One session may take %(minutes)d minute with these numbers, %(most)d at most."
                " Make one of them smaller.",
                "One session may take %(minutes)d minutes with these numbers, %(most)d at most."
                " Make one of them smaller.",
                minutes,
            ) % {"minutes": minutes, "most": MINUTES_AT_MOST}

"""How much of an exercise is asked for, and how much was done, in a patient's words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exercises.dose import ONCE, Dose
from exercises.words.dose import range_in_words
from programmes.models import Item

# By what is counted together. Translators: in all of these %(n)s is a number or a range in
# words, such as “4 to 6”.
TIMES = {
    "": gettext_lazy("Your plan asks for %(n)s."),
    "leg": gettext_lazy("Your plan asks for %(n)s in all, both legs together."),
    "arm": gettext_lazy("Your plan asks for %(n)s in all, both arms together."),
    "side": gettext_lazy("Your plan asks for %(n)s in all, both sides together."),
}
TIMES_IN_SETS = {
    "": gettext_lazy("Your plan asks for %(n)s in all, every round together."),
    "leg": gettext_lazy("Your plan asks for %(n)s in all, every round and both legs together."),
    "arm": gettext_lazy("Your plan asks for %(n)s in all, every round and both arms together."),
    "side": gettext_lazy("Your plan asks for %(n)s in all, every round and both sides together."),
}
MINUTES = {
    "": gettext_lazy("Your plan asks for %(n)s min."),
    "leg": gettext_lazy("Your plan asks for %(n)s min in all, both legs together."),
    "arm": gettext_lazy("Your plan asks for %(n)s min in all, both arms together."),
    "side": gettext_lazy("Your plan asks for %(n)s min in all, both sides together."),
}


def amount_asked(item: Item) -> str:
    """ "Your plan asks for 4 to 6 in all, both legs together."""
    dose = item.numbers
    has_sets = (dose.sets or ONCE) != ONCE
    sentences = MINUTES if dose.minutes else TIMES_IN_SETS if has_sets else TIMES
    return str(sentences[_together(dose)]) % {"n": range_in_words(dose.amount)}


def _together(dose: Dose) -> str:
    return dose.side_kind if dose.sides > 1 else ""


def amount_done(item: Item, amount: object) -> str:
    """ "4 of 4–6", "8 of 10–15 min": of what the plan asks for."""
    said = {"n": amount, "asked": item.numbers.amount}
    if item.numbers.minutes:
        # Translators: minutes done of an exercise, and asked for, such as “8 of 10–15 min”.
        return _("%(n)s of %(asked)s min") % said
    # Translators: repetitions done of an exercise, and asked for, such as “4 of 4–6”.
    return _("%(n)s of %(asked)s") % said

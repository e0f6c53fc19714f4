"""What is said of records, plans and dates on clinicians' and patients' pages."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patients.adherence import Adherence
from patients.chosen import Choice


def short_date(day: date) -> str:
    """ "Tue 24 Nov", as the clinic's pages write a date near today."""
    return date_format(day, "SHORT_DAY")


# --- plans ---


def exercises_for(first_name: str) -> str:
    """The title of a programme that is one patient's own."""
    return _("Exercises for %(name)s") % {"name": first_name}


def chosen(choice: Choice) -> str:
    # Translators: who is a person with role and clinic, such as “Amira Khan, clinician at Riverside”.
    words = _("Chosen for you by %(who)s, on %(date)s.")
    return words % {"who": choice.who, "date": date_format(choice.on, "LONG_DATE")}


def adherence(adherence: Adherence) -> str:
    """ "22 of 28 sessions · 79 %", or that there is no data."""
    if adherence.per_cent is None:
        return _("no data")
    words = ngettext(
        "%(done)d of %(asked)d session · %(per_cent)d\N{NO-BREAK SPACE}%%",
        "%(done)d of %(asked)d sessions · %(per_cent)d\N{NO-BREAK SPACE}%%",
        adherence.asked,
    )
    return words % {
        "done": adherence.done,
        "asked": adherence.asked,
        "per_cent": adherence.per_cent,
    }

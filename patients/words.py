"""What is said of dates on clinicians' and patients' pages."""

from datetime import date

from django.utils.formats import date_format


def short_date(day: date) -> str:
    """ "Tue 24 Nov", as the clinic's pages write a date near today."""
    return date_format(day, "SHORT_DAY")

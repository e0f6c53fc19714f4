"""A reminder to try: do they reach me, and what do they look like?"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import letters, names
from accounts.links import absolute
from accounts.models import Letter, User
from accounts.services import NotPossible
from exercises.dose import Range
from patients.models import Day, Patient
from patients.schedule import local_date
from reminders.message import Named

AS_AN_EXAMPLE = Range(2, 3)


@transaction.atomic
def send_test(to: User, *, about: Patient | None, now: datetime) -> Letter:
    """Post the reminder's own words to somebody who asked for them, marked as a test.

    ``about`` is their own record; None shows staff an example. It goes to an address
    that refused mail, too: if it arrives, reminders come again. Raises NotPossible
    for too many of them, and for someone without an address.
    """
    if to.email is None:
        raise NotPossible(_("This account has no e-mail address."))
    return letters.post(
        "reminder_test",
        to=to.address,
        context=_of_patient(about, now) if about else _of_staff(to),
        kind=Letter.Kind.TEST,
        now=now,
        by=to,
        clinic=about.clinic if about else to.only_clinic(),
        language=about.language if about else None,
    )


def _of_patient(patient: Patient, now: datetime) -> dict[str, Any]:
    today = local_date(now, patient.zone)
    days = Day.objects.asked().filter(assignment__patient=patient, on=today)
    day = days.filter(assignment__ended_on=None).with_sessions_done().first()
    return {
        "named": [
            Named(
                names.for_mail(patient.addressed_as) or str(names.NAMELESS),
                day.sessions_done if day else 0,
                *((day and day.asked) or AS_AN_EXAMPLE),
            )
        ],
        "link": absolute(reverse("today:today")),
        "change_link": absolute(reverse("reminders:settings")),
    }


def _of_staff(user: User) -> dict[str, Any]:
    return {
        "named": [Named(names.for_mail(user.name) or str(names.NAMELESS), 0, *AS_AN_EXAMPLE)],
        "link": absolute(reverse("home")),
        "change_link": absolute(reverse("accounts:settings")),
    }

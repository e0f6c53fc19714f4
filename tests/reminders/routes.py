"""Who may open each page of reminders. Those opened from an e-mail need no sign-in."""

from datetime import time, timedelta

import clock
from patients.models import Patient
from reminders import tokens
from reminders.models import Reminder
from tests.access_routes import Audience, Route
from tests.cast import Cast
from tests.factories import DayFactory


def remind(cast: Cast) -> Reminder:
    now = clock.now()
    return Reminder.objects.create(
        patient=cast.record,
        assignment=cast.assignment,
        on=cast.day.on,
        at=time(8, 30),
        due_at=now,
        expires_at=now + timedelta(hours=2),
        planned_at=now,
    )


def remind_of_two(cast: Cast) -> None:
    """One letter, about the patient's record and another one of the same account."""
    first = remind(cast)
    also = DayFactory(assignment__patient__user=cast.patient, on=cast.day.on)
    also_of = also.assignment
    second = Reminder(
        patient=also_of.patient,
        assignment=also_of,
        on=also.on,
        at=first.at,
        due_at=first.due_at,
        expires_at=first.expires_at,
        planned_at=first.planned_at,
        letter=first.pk,
    )
    second.save()
    Reminder.objects.filter(pk=first.pk).update(letter=first.pk)


def letter(purpose: tokens.Purpose):
    def kwargs(cast: Cast) -> dict[str, str]:
        first = Reminder.objects.get(patient=cast.record)
        return {"token": tokens.make(first, purpose=purpose)}

    return kwargs


def not_yet_welcomed(cast: Cast) -> None:
    Patient.objects.filter(pk=cast.record.pk).update(welcomed_at=None)


def link(purpose: tokens.Purpose):
    return lambda cast: {"token": tokens.make(Reminder.objects.get(), purpose=purpose)}


# The page behind the reminder's button, and what its own buttons do.
BUTTONS: dict[str, tokens.Purpose] = {
    "answer": "open",
    "done": "done",
    "score": "score",
    "undo": "undo",
    "not_today": "not_today",
    "later": "later",
    "not_later": "not_later",
}

ROUTES = [
    Route("reminders:send_test", Audience.PATIENTS, method="post"),
    Route("reminders:send_example", Audience.STAFF, method="post"),
    Route("reminders:operating", Audience.OPERATOR),
    *(
        Route(f"reminders:first_visit{page}", Audience.PATIENTS, prepare=not_yet_welcomed)
        for page in ("", "_times", "_pain")
    ),
    Route("reminders:first_visit_over", Audience.PATIENTS, method="post"),
    Route("reminders:settings", Audience.PATIENTS),
    Route("reminders:from_email", Audience.EVERYONE, link("change"), prepare=remind),
    Route("reminders:choose", Audience.EVERYONE, link("choose"), prepare=remind),
    Route("reminders:letter", Audience.EVERYONE, letter("letter"), prepare=remind_of_two),
    Route(
        "reminders:letter_change", Audience.EVERYONE, letter("letter_change"), prepare=remind_of_two
    ),
    *(
        Route(f"reminders:{name}", Audience.EVERYONE, link(purpose), method, prepare=remind)
        for name, purpose in BUTTONS.items()
        for method in ("get", "post")
    ),
    Route("reminders:start", Audience.EVERYONE, link("open"), prepare=remind),
    Route("reminders:unsubscribe", Audience.EVERYONE, link("stop"), "post", prepare=remind),
]

"""Who may open each page about reminders."""

from datetime import UTC, datetime, timedelta

from reminders import tokens
from reminders.models import Reminder
from tests.access_routes import Audience, Route
from tests.cast import Cast

DUE_AT = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)


def remind(cast: Cast) -> None:
    Reminder.objects.create(
        patient=cast.record,
        assignment=cast.assignment,
        on=DUE_AT.date(),
        slot=0,
        due_at=DUE_AT,
        expires_at=DUE_AT + timedelta(hours=2),
        planned_at=DUE_AT,
    )


def link_to(purpose: tokens.Purpose):
    return lambda cast: {"token": tokens.make(Reminder.objects.get().pk, purpose=purpose)}


ROUTES = [
    Route("reminders:settings", Audience.PATIENTS),
    Route("reminders:why", Audience.RECORD_STAFF, lambda cast: {"patient_id": cast.record.pk}),
    Route("reminders:from_email", Audience.EVERYONE, link_to("change"), prepare=remind),
    Route("reminders:unsubscribe", Audience.EVERYONE, link_to("stop"), prepare=remind),
    Route("reminders:unsubscribe", Audience.EVERYONE, link_to("stop"), "post", prepare=remind),
]

"""Staff correct where a patient lives: no reminder is lost by it."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse

from reminders.models import Reminder
from tests.factories import DayFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 7, 7, 17, 0, tzinfo=UTC)  # 18:00 in London


@time_machine.travel(NOW, tick=False)
def test_a_time_that_the_new_zone_has_passed_is_kept(cast, physio):
    patient = cast.record
    patient.assignments.update(
        starts_on=NOW.date() - timedelta(days=9), review_on=NOW.date() + timedelta(days=9)
    )
    plan = patient.assignments.get()
    plan.days.all().delete()
    DayFactory(assignment=plan, on=NOW.date(), asked_min=2, asked_max=2)
    edit = reverse("caseload:edit", args=[patient.pk])
    form = physio.get(edit).context["form"]
    said = ("name", "email", "clinician")
    sent = {name: form[name].value() for name in said} | {"time_zone": "Europe/Paris"}
    assert physio.post(edit, sent).status_code == 302
    patient.refresh_from_db()
    assert patient.time_zone == "Europe/Paris"
    [kept] = Reminder.objects.filter(patient=patient)
    assert (kept.on, kept.at, kept.due_at) == (NOW.date(), time(18, 30), NOW.replace(minute=30))

"""Who gets nudged, when: preferences, slots, and one row per reminder."""

import uuid
from datetime import time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from outbox.models import OPEN, Message, MessageQuerySet
from patients.models import Assignment, Patient

EARLIEST = time(4, 0)  # local; from here on no zone's clocks are changed
LATEST = time(22, 30)


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def visible_to(self, user: User):
        return self.filter(patient__in=Patient.objects.visible_to(user))


class Preference(models.Model):
    """A patient's say in it. No row means: reminders on, at the default times."""

    patient = models.OneToOneField(
        Patient, models.CASCADE, primary_key=True, related_name="reminder_preference"
    )
    is_on = models.BooleanField(_("send me reminders"), default=True)
    # True once the patient has chosen: then their slots count, even if there are none.
    has_own_times = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    objects = PreferenceQuerySet.as_manager()


class Slot(models.Model):
    """One of a patient's own reminder times of day, in their local time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, models.CASCADE, related_name="reminder_slots")
    position = models.PositiveSmallIntegerField()  # 0, 1, 2 in the order of the day
    at = models.TimeField(_("time"))

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["patient", "position"], name="slot_position_once"),
            models.CheckConstraint(condition=Q(position__lte=2), name="slot_three_at_most"),
            models.CheckConstraint(
                condition=Q(at__gte=EARLIEST, at__lte=LATEST), name="slot_in_waking_hours"
            ),
        ]
        indexes = [models.Index(fields=["at"], name="slot_time")]


class Channel(models.TextChoices):
    EMAIL = "email", _("e-mail")


class ReminderQuerySet(MessageQuerySet["Reminder"]):
    def visible_to(self, user: User):
        return self.filter(patient__in=Patient.objects.visible_to(user))


class Reminder(Message):
    """Plan, lock and record of one reminder."""

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="reminders")
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="+")
    on = models.DateField()  # the patient's local date
    slot = models.PositiveSmallIntegerField()  # position in the day, from 0
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    planned_at = models.DateTimeField()

    objects = ReminderQuerySet.as_manager()

    class Meta(Message.Meta):
        constraints = [
            *Message.Meta.constraints,
            models.UniqueConstraint(
                fields=["patient", "on", "slot", "channel"], name="reminder_once_per_slot"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="reminder_open",
                condition=Q(state__in=OPEN),
            )
        ]


class Heartbeat(models.Model):
    """When a periodic task last ran, and up to which minute it has looked."""

    name = models.CharField(max_length=30, primary_key=True)
    beat_at = models.DateTimeField()
    done_until = models.DateTimeField()

"""Whether and when a patient wants to be reminded, now and before."""

import uuid
from datetime import datetime, time
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from patients.models import Patient
from reminders.choice import Choice

EARLIEST = time(4, 0)  # local; from here on no zone's clocks are changed
LATEST = time(22, 30)


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user))


class Preference(models.Model):
    """Whether a patient wants reminders. No row means: they do, at the usual times."""

    patient = models.OneToOneField(
        Patient, models.CASCADE, primary_key=True, related_name="reminder_preference"
    )
    is_on = models.BooleanField(_("send me reminders"), default=True)
    # True once the patient has chosen: then their slots count, even if there are none.
    has_own_times = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    # Of the times, own or usual, those that were new when they were chosen, and from when on they
    # count: too close to a letter, they come due from the next day on.
    new_times = ArrayField(models.TimeField(), default=list, blank=True)
    counts_from = models.DateTimeField(null=True, blank=True)

    objects = PreferenceQuerySet.as_manager()


class ChoiceMadeQuerySet(models.QuerySet["ChoiceMade"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user))

    def since(self, moment: datetime) -> list[tuple[datetime, Choice]]:
        """Of one patient, what was in force at ``moment``, and each later choice with its instant."""
        before = self.filter(made_at__lte=moment).order_by("-made_at").first()
        later = self.filter(made_at__gt=moment).order_by("made_at")
        first = before.choice if before else Choice()
        return [(moment, first), *((made.made_at, made.choice) for made in later)]


class ChoiceMade(models.Model):
    """What a patient chose, and when: so that the times of a past day are told as they were then.

    One row for each choice and each stop; ``Preference`` and ``Slot`` are what the last one made.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, models.CASCADE, related_name="reminder_choices")
    made_at = models.DateTimeField()
    is_on = models.BooleanField()
    times = ArrayField(models.TimeField(), null=True, blank=True)  # None: the usual ones
    new_times = ArrayField(models.TimeField(), default=list, blank=True)
    counts_from = models.DateTimeField(null=True, blank=True)

    objects = ChoiceMadeQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "made_at"], name="reminder_choice_once_at_a_moment"
            ),
        ]

    @property
    def choice(self) -> Choice:
        times = None if self.times is None else tuple(self.times)
        return Choice(self.is_on, times, tuple(self.new_times), self.counts_from)


class Slot(models.Model):
    """One of a patient's own reminder times of day, in their local time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, models.CASCADE, related_name="reminder_slots")
    position = models.PositiveSmallIntegerField()  # 0, 1, 2 in the order of the day
    # The patient's own: the database keeps it so (a foreign key on both columns that
    # follows a change of zone), and so a minute's slots are found by one index.
    zone = models.CharField(max_length=64)
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
        indexes = [models.Index(fields=["zone", "at"], name="slot_local_time")]

"""The minute's tick: what it finds, and how far it has come."""

from datetime import datetime, timedelta

from django.db import models

from patients.models import Patient


class CameDue(models.Model):
    """A slot that has come due. No table: a part of planning's own statement."""

    pk = models.CompositePrimaryKey("patient", "on", "at")
    patient = models.ForeignKey(Patient, models.DO_NOTHING, related_name="came_due")
    slot = models.PositiveSmallIntegerField()  # how many times of that day come before it
    on = models.DateField()
    at = models.TimeField()
    # Of days that ask for so many sessions.
    asks_from = models.PositiveSmallIntegerField()
    asks_to = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "came_due"


class Heartbeat(models.Model):
    """When a periodic task last ran, and up to which minute it has looked."""

    STALLED_AFTER = timedelta(minutes=3)

    name = models.CharField(max_length=30, primary_key=True)
    beat_at = models.DateTimeField()
    done_until = models.DateTimeField()

    def is_stalled(self, now: datetime) -> bool:
        """Nobody has looked for three minutes, although somebody should each minute."""
        return now - self.beat_at >= self.STALLED_AFTER

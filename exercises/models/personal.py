"""What one member of staff keeps at hand."""

import uuid

from django.db import models

from accounts.models import User
from exercises.models.exercise import Exercise


class Favourite(models.Model):
    """An exercise that a member of staff wants at hand."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="favourites")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "exercise"], name="favourite_once")]


class LastUse(models.Model):
    """When a member of staff last put an exercise into a programme."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="uses")
    used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "exercise"], name="lastuse_once")]
        indexes = [models.Index(fields=["user", "-used_at"], name="lastuse_recent")]

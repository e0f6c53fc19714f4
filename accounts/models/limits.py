"""How often something has been tried lately: the counts behind ``accounts.limits``."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class LimitUse(models.Model):
    """When one limit was used for one key, as far as that still counts.

    Kept in the database: a cache may be emptied, and what was counted with it. The key is a
    keyed hash, so no address stands here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    used_at = ArrayField(models.DateTimeField())
    forgotten_at = models.DateTimeField()  # from then on none of them counts

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "key"], name="limituse_once")]
        indexes = [models.Index(fields=["forgotten_at"], name="limituse_forgotten")]

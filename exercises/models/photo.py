"""A clinic's own pictures of an exercise."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Clinic, User
from exercises.models.exercise import ExerciseVersion
from pictures.storage import picture_files


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: User) -> Self:
        """For staff: their clinics' photos. Patients reach theirs through an item of their own."""
        return self.filter(clinic__in=user.clinics_as_staff())

    def unused(self) -> Self:
        """Shown by no version, draft or published."""
        return self.filter(~models.Exists(Shown.objects.filter(photo=models.OuterRef("pk"))))


class Photo(models.Model):
    """A clinic's own picture: re-encoded, without metadata, under a random name.

    Its bytes never change: another picture is another photo.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, models.CASCADE, related_name="+")
    file = models.FileField(storage=picture_files, max_length=80, unique=True)
    width = models.PositiveIntegerField(help_text=_("pixels"))
    height = models.PositiveIntegerField(help_text=_("pixels"))
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    objects = PhotoQuerySet.as_manager()


class Shown(models.Model):
    """A photo in its place among a version's photos. Stays as published, like the version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(ExerciseVersion, models.CASCADE, related_name="shown")
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="shown")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(_("what the photo shows"), max_length=200)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"],
                name="shown_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["version", "photo"], name="shown_once"),
            models.CheckConstraint(condition=~Q(words=""), name="shown_has_words"),
        ]

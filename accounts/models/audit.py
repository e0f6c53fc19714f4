"""Who did what."""

import uuid

from django.db import models

from accounts.models.people import Clinic, User


class AuditEvent(models.Model):
    """Who did what to which record, and when. Append-only: a trigger refuses anything else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    clinic = models.ForeignKey(Clinic, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=40)  # an ``accounts.actions.Action``
    # Whose record it is about; None for what is about a clinic, its library or an account.
    patient_id = models.UUIDField(null=True, editable=False)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "at"], name="audit_of_a_record"),
            models.Index(fields=["clinic", "at"], name="audit_of_a_clinic"),
            models.Index(
                fields=["patient_id", "-at"],
                condition=models.Q(patient_id__isnull=False),
                name="audit_of_a_patient",
            ),
        ]

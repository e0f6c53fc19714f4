"""Who did what."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.actions import Action
from accounts.models.people import Clinic, User

# By these someone comes to have a record: see accounts.trail.
COMING = [Action.INVITATION_ACCEPTED.value, Action.PHONE_LINK_USED.value]


class AuditEvent(models.Model):
    """Who did what to which record, and when. Append-only: a trigger refuses anything else."""

    class ActorRole(models.TextChoices):
        CLINICIAN = "clinician", _("Clinician")
        LEAD = "lead", _("Clinic lead")
        PATIENT = "patient", _("The patient’s own account")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # As what they acted then: roles change, the past does not. "" for someone without one.
    actor_role = models.CharField(max_length=9, choices=ActorRole, blank=True)
    clinic = models.ForeignKey(Clinic, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=40)  # an ``accounts.actions.Action``
    # Whose record it is about; None for what is about a clinic, its library or an account.
    patient_id = models.UUIDField(null=True, editable=False)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    # The name of the route that was looked at or refused, never the address; "" for other events.
    page = models.CharField(max_length=60, blank=True)
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
            # When an account came to a record, and when it left.
            models.Index(
                fields=["actor", "at"],
                condition=models.Q(action__in=COMING),
                name="audit_of_coming",
            ),
            models.Index(
                fields=["patient_id", "at"],
                condition=models.Q(action=Action.ACCESS_CLOSED.value),
                name="audit_of_closing",
            ),
        ]

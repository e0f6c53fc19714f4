"""What a clinician has done about a reason that brought a patient to the top of the caseload."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from patients.models.people import Patient


class About(models.TextChoices):
    """The reasons that can be dealt with in a few words; a warning sign has its own check."""

    PAIN_TOLD = "pain_told"
    PAIN_HIGH = "pain_high"
    PAIN_UP = "pain_up"
    NOT_TODAY = "not_today"
    SILENT = "silent"
    OVER_RANGE = "over_range"
    ADDRESS = "address"
    REVIEW = "review"
    INVITATION = "invitation"


class DealtWithQuerySet(models.QuerySet["DealtWith"]):
    def visible_to(self, user: User) -> Self:
        """For staff only: patients do not read what was noted about them."""
        return self.filter(patient__in=Patient.objects.in_care_of(user))

    def standing(self) -> Self:
        """Those that nobody has taken back."""
        return self.filter(undone_at=None)

    def latest_of_each(self) -> Self:
        """The last one of each patient and kind."""
        return self.standing().order_by("patient", "kind", "-at").distinct("patient", "kind")

    def newest_first(self) -> Self:
        return self.order_by("-at", "kind")


class DealtWith(models.Model):
    """One reason, as it stood and was dealt with. Taken back, never deleted."""

    class How(models.TextChoices):
        CONTACTED = "contacted", _("in touch")
        LOOKED_AT = "looked_at", _("looked at")
        ASK_AGAIN = "ask_again", _("ask again")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="dealt_with")
    kind = models.CharField(max_length=12)
    reason = models.CharField(max_length=300)  # in its words as they stood
    measure = models.JSONField(null=True)  # see caseload/concerns.py; None: its facts had gone
    how = models.CharField(max_length=9, choices=How)
    words = models.TextField(max_length=1000, blank=True)
    on = models.DateField()  # the patient's own date
    until_on = models.DateField(null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=254)  # as it was then
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    objects = DealtWithQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=About.values), name="dealt_with_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(how="looked_at") | ~Q(words=""), name="dealt_with_looked_at_in_words"
            ),
            models.CheckConstraint(
                condition=Q(how="ask_again", until_on__gt=F("on"))
                | ~Q(how="ask_again") & Q(until_on=None),
                name="dealt_with_ask_again_on_a_later_day",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(undone_at__gte=F("at")),
                name="dealt_with_undone_later",
            ),
        ]
        indexes = [models.Index(fields=["patient", "kind", "-at"], name="dealt_with_latest")]

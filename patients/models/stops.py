"""What keeps someone from going on: pauses, "not today", warning signs, much pain. And what
a clinician has done about a reason that brought a patient to the top of the caseload.
"""

import uuid
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Letter, User
from patients.models.people import Patient
from patients.models.plans import PAIN_MAX, Assignment, Day, Session
from programmes.safety import EMERGENCY, Sign


class PauseQuerySet(models.QuerySet["Pause"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(assignment__in=Assignment.objects.visible_to(user))


class Pause(models.Model):
    """Whole local dates on which nothing is asked. Open-ended until someone resumes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="pauses")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)  # the last paused date
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    paused_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Until it is resumed the patient sees no exercises, also once the sign is checked.
    because_of = models.ForeignKey(
        "WarningSign", models.PROTECT, null=True, blank=True, related_name="pauses"
    )

    objects = PauseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="pause_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(until_on=None, because_of=None),
                name="pause_one_open",
            ),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(until_on=None, because_of__isnull=False),
                name="pause_one_of_a_sign",
            ),
        ]


class NotToday(models.Model):
    """Why the patient does no more on a day. It excuses nothing and silences that day's reminders."""

    class Reason(models.TextChoices):
        NO_TIME = "no_time", _("no time")
        PAIN = "pain", _("pain")
        TIRED = "tired", _("tired or unwell")
        AWAY = "away", _("away from home")
        OTHER = "other", _("something else")

    day = models.OneToOneField(Day, models.CASCADE, primary_key=True, related_name="not_today")
    reason = models.CharField(max_length=7, choices=Reason)
    said_at = models.DateTimeField()


class WarningSignQuerySet(models.QuerySet["WarningSign"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(checked_at=None)

    def stopping(self) -> Self:
        """Those for which nothing is to be done: unchecked, or checked and paused for them still.

        The unchecked one first.
        """
        paused = Pause.objects.filter(
            because_of=models.OuterRef("pk"), until_on=None, assignment__ended_on=None
        )
        found = self.filter(Q(checked_at=None) | models.Exists(paused))
        return found.order_by(F("checked_at").desc(nulls_first=True))

    def stopping_at(self, moment: datetime, zone: ZoneInfo) -> Self:
        """Those for which nothing was to be done at a moment, as the patient knew it then: told
        by then, and neither checked, nor the dates of their pause over. ``zone`` is the record's.
        """
        paused = Pause.objects.filter(because_of=models.OuterRef("pk")).filter(
            Q(until_on=None, assignment__ended_on=None)
            | Q(until_on__gt=moment.astimezone(zone).date())
        )
        told = self.filter(told_at__lte=moment)
        found = told.filter(Q(checked_at=None) | Q(checked_at__gt=moment) | models.Exists(paused))
        return found.order_by(F("checked_at").desc(nulls_first=True))

    def for_record_page(self) -> Self:
        """The open one first, then the newest; each with who told and who checked."""
        people = self.select_related("told_by", "checked_by").prefetch_related("held", "late")
        return people.order_by(F("checked_at").desc(nulls_first=True), "-told_at")


class WarningSign(models.Model):
    """A patient told us of a sign that needs a doctor: all stops until a clinician has checked.

    Which sign it is may be said and is never required. What was told only grows, or turns
    out to have been told earlier; the check is added once, and a trigger refuses the rest. It wants words for the check; these can be
    erased later, and never become others. See docs/adr/0040.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="warning_signs")
    told_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    which = ArrayField(
        models.CharField(max_length=12, choices=Sign), verbose_name=_("which"), default=list
    )
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checked_by_name = models.CharField(max_length=254, blank=True)  # as it was then
    checked_at = models.DateTimeField(null=True)
    check_note = models.TextField(_("asked, found, advised"), max_length=1000, blank=True)
    # The e-mail to the responsible clinician; None where the leads were written to instead.
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, related_name="+")
    leads_told_at = models.DateTimeField(null=True)

    objects = WarningSignQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(checked_at=None), name="warning_one_open"
            ),
            models.CheckConstraint(
                condition=Q(checked_at=None, checked_by=None, checked_by_name="", check_note="")
                | Q(checked_at__gte=F("told_at"), checked_by__isnull=False)
                & ~Q(checked_by_name=""),
                name="warning_checked_in_words",
            ),
            models.CheckConstraint(
                condition=Q(which__contained_by=Sign.values), name="warning_which_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["told_at"], condition=Q(checked_at=None), name="warning_open")
        ]

    @property
    def needs_emergency(self) -> bool:
        """Whether one was named that cannot wait, and nobody has looked at it yet."""
        return self.checked_at is None and any(sign in EMERGENCY for sign in self.which)

    @property
    def which_in_words(self) -> list[str]:
        """As the patient read them, those that were said."""
        return [str(Sign(value).label) for value in self.which]


def with_stops(patients: models.QuerySet[Patient]) -> models.QuerySet[Patient]:
    """Add ``is_stopped``: whether a warning sign keeps the record from going on."""
    signs = WarningSign.objects.stopping().filter(patient=models.OuterRef("pk"))
    return patients.annotate(is_stopped=models.Exists(signs))  # type: ignore[no-redef]  # named there, so that all may read it


class LateSignQuerySet(models.QuerySet["LateSign"]):
    def of_open_ones(self) -> Self:
        """Those by which a sign that nobody has checked became known, since when it counts."""
        return self.filter(sign__checked_at=None, told_at=models.F("sign__told_at"))


class LateSign(models.Model):
    """A sign that was told on a phone without a network: its key, so that it is told once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sign = models.ForeignKey(WarningSign, models.PROTECT, related_name="late")
    client_id = models.UUIDField()
    told_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()  # as the phone says, put right by our clock
    received_at = models.DateTimeField()

    objects = LateSignQuerySet.as_manager()

    class Meta:
        ordering = ["told_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["sign", "told_by", "client_id"], name="late_sign_once_per_client_id"
            ),
        ]


class HeldEntry(models.Model):
    """What the patient sent while a sign was unchecked: it counts for nothing, and can be read."""

    class What(models.TextChoices):
        SESSION = "session", _("ticked off a session")
        FEELING = "feeling", _("said how a session felt")
        NOT_TODAY = "not_today", _("said not today")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sign = models.ForeignKey(WarningSign, models.PROTECT, related_name="held")
    # The key of what was sent, so that the same thing sent twice is kept once.
    client_id = models.UUIDField()
    what = models.CharField(max_length=9, choices=What)
    on = models.DateField()  # the patient's date that it is about
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    pain_after = models.PositiveSmallIntegerField(null=True)
    effort = models.CharField(max_length=5, choices=Session.Effort, blank=True)
    note = models.TextField(blank=True)
    # How each exercise went, as patients.results.in_plain has it.
    results = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["sent_at"]
        constraints = [
            models.UniqueConstraint(fields=["sign", "client_id", "what"], name="held_once"),
            models.CheckConstraint(
                condition=Q(pain_after=None) | Q(pain_after__lte=PAIN_MAX),
                name="held_pain_is_0_to_10",
            ),
        ]


class About(models.TextChoices):
    """The reasons that can be dealt with in a few words; a warning sign has its own check."""

    PAIN_TOLD = "pain_told"
    PAIN_HIGH = "pain_high"
    HURT = "hurt"
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


class PainReportQuerySet(models.QuerySet["PainReport"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user))

    def open(self) -> Self:
        """Those about which nobody has noted anything yet, such as that they were in touch."""
        noted = DealtWith.objects.standing().filter(
            patient=models.OuterRef("patient"),
            kind=About.PAIN_TOLD,
            at__gte=models.OuterRef("told_at"),
        )
        return self.filter(~models.Exists(noted))


class PainReport(models.Model):
    """After much pain twice in a row the patient had us tell the clinic. Nothing is paused."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="pain_reports")
    told_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    objects = PainReportQuerySet.as_manager()

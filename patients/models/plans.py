"""What a patient is given, and did: assignments, days, sessions."""

import uuid
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.kept_query import AnyOf
from accounts.models import User
from exercises.dose import Range
from patients.models.people import Patient
from programmes.models import Item, Programme

PAIN_MAX = 10


def _pain_is_0_to_10(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{name: None}) | Q(**{f"{name}__lte": PAIN_MAX}),
        name=f"session_{name}_is_0_to_10",
    )


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user))

    def running(self) -> Self:
        return self.filter(ended_on=None)

    def running_first(self) -> Self:
        """The running one, then the one that ended last."""
        return self.order_by(F("ended_on").desc(nulls_first=True), "-assigned_at")


class Assignment(models.Model):
    """One line of programme versions given to one patient, until a clinician ends it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, models.CASCADE, related_name="assignments")
    # The version that days laid from now on take; each day keeps its own.
    programme = models.OneToOneField(Programme, models.PROTECT, related_name="assignment")
    starts_on = models.DateField(_("starts on"))
    review_on = models.DateField(_("review on"))
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)
    assigned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(ended_on=None),
                name="assignment_one_running_per_patient",
            ),
            models.CheckConstraint(
                condition=Q(review_on__gte=F("starts_on")), name="assignment_review_after_start"
            ),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(ended_on__isnull=False),
                name="assignment_end_reason_of_ended",
            ),
        ]


class OneOff(models.Model):
    """A draft built for one patient and not given yet: it is in no list of templates.

    The row goes once it is given, and with the draft if that is deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.OneToOneField(Patient, models.CASCADE, related_name="one_off")
    programme = models.OneToOneField(Programme, models.CASCADE, related_name="one_off")


class DayQuerySet(models.QuerySet["Day"]):
    def visible_to(self, user: User) -> Self:
        """Rows this user may see: the only way a view reaches days."""
        return self.filter(assignment__in=Assignment.objects.visible_to(user))

    def asked(self) -> Self:
        return self.filter(state=Day.State.ASKED)

    def with_sessions_done(self) -> Self:
        """Add ``sessions_done``: how many sessions count for each day."""
        counted = (
            Session.objects.counted()
            .filter(day=models.OuterRef("pk"))
            .order_by()
            .values("day")
            .annotate(number=models.Count("pk"))
            .values("number")
        )
        return self.annotate(
            sessions_done=Coalesce(models.Subquery(counted, output_field=models.IntegerField()), 0)
        )


class Day(models.Model):
    """One local date of a running assignment, and what it asks for. The past is never laid again."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        REST = "rest", _("rest day")
        PAUSED = "paused", _("paused")
        NOT_STARTED = "not_started", _("not started")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="days")
    on = models.DateField()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    state = models.CharField(max_length=11, choices=State)
    # None on a rest day; kept under a pause, so that its end knows what was meant.
    asked_min = models.PositiveSmallIntegerField(null=True)
    asked_max = models.PositiveSmallIntegerField(null=True)
    sessions_done: int  # only where ``with_sessions_done`` has added it

    objects = DayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "on"], name="day_once_per_assignment"),
            models.CheckConstraint(
                condition=Q(asked_min=None, asked_max=None)
                | Q(asked_min__gte=1, asked_max__gte=F("asked_min")),
                name="day_asks_a_range",
            ),
            models.CheckConstraint(
                condition=~Q(state="asked") | Q(asked_min__isnull=False),
                name="day_asked_has_a_target",
            ),
        ]
        indexes = [models.Index(fields=["on", "state"], name="day_by_date")]

    @property
    def asked(self) -> Range | None:
        """How many sessions; None where it was a rest day."""
        if self.asked_min is None or self.asked_max is None:
            return None
        return Range(self.asked_min, self.asked_max)

    @property
    def is_enough(self) -> bool:
        """The least that it asks for is done. Needs ``with_sessions_done``."""
        return self.asked_min is not None and self.sessions_done >= self.asked_min

    @property
    def is_full(self) -> bool:
        """The most that it asks for is done. Needs ``with_sessions_done``."""
        return self.asked_max is not None and self.sessions_done >= self.asked_max


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(assignment__in=Assignment.objects.visible_to(user))

    def not_undone(self) -> Self:
        return self.filter(undone_at=None)

    def counted(self) -> Self:
        """Not undone, with at least one item done or part done."""
        done = Tick.objects.done().filter(session=models.OuterRef("pk"))
        return self.not_undone().filter(models.Exists(done))

    def last_words_of(self, patients: list[UUID]) -> Self:
        """The newest note, not undone, that each of these patients wrote themselves."""
        theirs = self.not_undone().filter(AnyOf("assignment__patient", patients))
        written = theirs.filter(source=Session.Source.PATIENT)
        newest = written.exclude(note="").order_by(
            "assignment__patient", "-performed_at", "-received_at", "-pk"
        )
        return newest.select_related("assignment", "day").distinct("assignment__patient")

    def newest_first(self) -> Self:
        """By when they were done; of the same moment, by when they came."""
        return self.order_by("-performed_at", "-received_at", "-pk")


class Session(models.Model):
    """One time through a day's items. Undone, never deleted, so that a replay cannot revive it."""

    class Source(models.TextChoices):
        PATIENT = "patient", _("ticked off by the patient")
        STAFF = "staff", _("recorded for them")

    class Effort(models.TextChoices):
        EASY = "easy", _("too easy")
        RIGHT = "right", _("about right")
        HARD = "hard", _("too hard")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="sessions")
    day = models.ForeignKey(Day, models.PROTECT, related_name="sessions")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    # One session for ever for whoever recorded it, whatever the day or record it is sent for.
    client_id = models.UUIDField()
    performed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    source = models.CharField(max_length=7, choices=Source, default=Source.PATIENT)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    pain_before = models.PositiveSmallIntegerField(_("pain before, 0–10"), null=True, blank=True)
    pain_after = models.PositiveSmallIntegerField(_("pain now, 0–10"), null=True, blank=True)
    effort = models.CharField(_("how it felt"), max_length=5, choices=Effort, blank=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    # Nobody said how each exercise went: what is ticked follows from its day.
    is_one_tap = models.BooleanField(default=False, db_default=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recorded_by", "client_id"], name="session_once_per_client_id"
            ),
            _pain_is_0_to_10("pain_before"),
            _pain_is_0_to_10("pain_after"),
        ]
        indexes = [models.Index(fields=["assignment", "-performed_at"], name="session_log")]


def is_done() -> Q:
    """Of a tick, that it is done, or in part: also what was left off because it hurt, after some."""
    some_of_it = Q(result=Tick.Result.HURT, amount__gte=1)
    return Q(result__in=[Tick.Result.DONE, Tick.Result.PART]) | some_of_it


class TickQuerySet(models.QuerySet["Tick"]):
    def done(self) -> Self:
        """Done, or in part: also what was left off because it hurt, after some of it."""
        return self.filter(is_done())


class Tick(models.Model):
    """One item within a session: how it went, and how much of it was done."""

    class Result(models.TextChoices):
        DONE = "done", _("done")
        PART = "part", _("part done")
        SKIPPED = "skipped", _("skipped")
        HURT = "hurt", _("stopped because it hurt")

    class SkipReason(models.TextChoices):
        NO_TIME = "no_time", _("No time")
        TOO_HARD = "too_hard", _("Too hard")
        NOT_SURE = "not_sure", _("I am not sure how to do it")
        NO_EQUIPMENT = "no_equipment", _("I don’t have what it needs")
        OTHER = "other", _("Another reason")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="ticks")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    result = models.CharField(max_length=7, choices=Result, default=Result.DONE)
    # Repetitions in all, sides and sets together; minutes where the dose asks for minutes.
    # None where nobody said.
    amount = models.PositiveSmallIntegerField(null=True, blank=True)
    pain = models.PositiveSmallIntegerField(null=True, blank=True)  # 0–10, at this exercise
    skip_reason = models.CharField(max_length=12, choices=SkipReason, blank=True)

    objects = TickQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "item"], name="tick_once_per_item"),
            models.CheckConstraint(
                condition=Q(pain=None) | Q(pain__lte=PAIN_MAX), name="tick_pain_is_0_to_10"
            ),
            models.CheckConstraint(
                condition=Q(skip_reason="") | Q(result="skipped"), name="tick_reason_of_skipped"
            ),
            models.CheckConstraint(
                condition=~Q(result="skipped") | Q(amount=None), name="tick_skipped_has_no_amount"
            ),
        ]
        indexes = [
            models.Index(fields=["session"], condition=Q(result="hurt"), name="tick_hurt"),
        ]

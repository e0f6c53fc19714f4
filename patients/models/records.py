"""Who does it, and did: records, assignments, days, sessions."""

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Clinic, User
from accounts.zones import validate_time_zone
from exercises.dose import Range
from exercises.models import precaution
from patients.telephone import WithTelephone
from programmes.models import Item, Programme

PAIN_MAX = 10
YEARS_OF_BIRTH = (1900, 2100)


def _pain_is_0_to_10(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{name: None}) | Q(**{f"{name}__lte": PAIN_MAX}),
        name=f"session_{name}_is_0_to_10",
    )


class ClosedBecause(models.TextChoices):
    """Why somebody's access to a record was closed; for the clinic's staff."""

    LOST_PHONE = "lost_phone", _("A phone was lost")
    WRONG_PERSON = "wrong_person", _("The wrong person has it")
    DIED = "died", _("The patient has died")
    OTHER = "other", _("Another reason")
    NEW_ADDRESS = "new_address", _("The e-mail address was changed")
    INVITED_AGAIN = "invited_again", _("Invited again")


class PatientQuerySet(models.QuerySet["Patient"]):
    def visible_to(self, user: User):
        """My own records, and every patient of the clinics I work in."""
        return self.filter(Q(user=user) | Q(clinic__in=user.clinics_as_staff()))

    def in_care_of(self, user: User):
        """Only those I see as staff: what a clinician's page is about."""
        return self.filter(clinic__in=user.clinics_as_staff())

    def own_of(self, user: User):
        """Only my own records: what Today is about."""
        return self.filter(user=user)

    def without_running_programme(self):
        running = Assignment.objects.running().filter(patient=models.OuterRef("pk"))
        return self.filter(~models.Exists(running))

    def living(self):
        """All but those of whom the clinic noted that they have died."""
        return self.exclude(access_closed_because=ClosedBecause.DIED)


class Patient(WithTelephone):
    """One person's record in one clinic. The account, if any, may hold several."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="patients")
    clinician = models.ForeignKey(User, models.PROTECT, related_name="caseload")
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="patient_records"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])
    language = models.CharField(_("language"), max_length=10, default="en-gb")
    # What the clinic knows of: exercises with the same tag are pointed out to staff.
    precautions = precaution.tags_field(_("precautions"))
    created_at = models.DateTimeField()
    # The key of the form that made it, so that a form sent twice makes one; None without a form.
    client_id = models.UUIDField(null=True, blank=True, editable=False)
    # When the patient had read what a first visit tells; it is not told again.
    welcomed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Asked when an invitation is accepted, so that nobody else can; shown to staff only.
    year_of_birth = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    # Links in e-mails about this record that were made up to then are closed.
    links_valid_from = models.DateTimeField(null=True, blank=True, editable=False)
    # Since when nobody has access, until somebody accepts an invitation.
    access_closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    access_closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    access_closed_because = models.CharField(
        max_length=13, choices=ClosedBecause, blank=True, editable=False
    )
    # Who was put out then: they are told which clinic it was, until somebody has the page again.
    closed_user = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="closed_records"
    )

    is_stopped: bool  # only where ``stops.with_stops`` has added it

    objects = PatientQuerySet.as_manager()

    class Meta:
        constraints = [
            *WithTelephone.Meta.constraints,
            models.UniqueConstraint(
                fields=["clinic", "client_id"], name="patient_once_per_client_id"
            ),
            precaution.are_known("precautions", name="patient_precautions_are_known"),
            models.CheckConstraint(
                condition=Q(year_of_birth=None) | Q(year_of_birth__range=YEARS_OF_BIRTH),
                name="patient_year_of_birth_is_a_year",
            ),
            models.CheckConstraint(
                condition=Q(access_closed_at=None, access_closed_by=None, access_closed_because="")
                | Q(access_closed_at__isnull=False, access_closed_by__isnull=False)
                & ~Q(access_closed_because=""),
                name="patient_access_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(access_closed_at=None) | Q(user=None, links_valid_from__isnull=False),
                name="patient_access_closed_means_nobody",
            ),
            models.CheckConstraint(
                condition=Q(closed_user=None) | Q(user=None),
                name="patient_closed_user_until_somebody_has_it",
            ),
        ]
        indexes = [
            models.Index(fields=["clinic", "name"], name="patient_caseload"),
            models.Index(fields=["time_zone"], name="patient_time_zone"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def precautions_in_words(self) -> list[str]:
        """For staff: "hip replacement", "pregnancy"."""
        return precaution.in_words(self.precautions)

    @property
    def is_waiting(self) -> bool:
        """Invited by e-mail, not yet here: nothing is asked of them so far."""
        return bool(self.email) and self.user_id is None

    @property
    def address(self) -> str:
        """Where mail to this person goes: where the account signs in, once there is one."""
        return self.user.email if self.user else self.email

    @property
    def is_closed(self) -> bool:
        """Access was taken back, and nobody has accepted an invitation since."""
        return self.access_closed_at is not None

    @property
    def has_died(self) -> bool:
        """The clinic noted it: nobody rings or writes, and nothing is asked."""
        return self.access_closed_because == ClosedBecause.DIED

    def has_closed_links_of(self, made_at: datetime) -> bool:
        """Whether links mailed at that moment have been closed since."""
        return self.links_valid_from is not None and made_at <= self.links_valid_from


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: User):
        return self.filter(patient__in=Patient.objects.visible_to(user))

    def running(self):
        return self.filter(ended_on=None)

    def running_first(self):
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
        ]


class OneOff(models.Model):
    """A draft built for one patient and not given yet: it is in no list of templates.

    The row goes once it is given, and with the draft if that is deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.OneToOneField(Patient, models.CASCADE, related_name="one_off")
    programme = models.OneToOneField(Programme, models.CASCADE, related_name="one_off")


class DayQuerySet(models.QuerySet["Day"]):
    def visible_to(self, user: User):
        """Rows this user may see: the only way a view reaches days."""
        return self.filter(assignment__in=Assignment.objects.visible_to(user))

    def asked(self):
        return self.filter(state=Day.State.ASKED)

    def with_sessions_done(self):
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
        return self.asked is not None and self.sessions_done >= self.asked.min

    @property
    def is_full(self) -> bool:
        """The most that it asks for is done. Needs ``with_sessions_done``."""
        return self.asked is not None and self.sessions_done >= self.asked.max


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: User):
        return self.filter(assignment__in=Assignment.objects.visible_to(user))

    def not_undone(self):
        return self.filter(undone_at=None)

    def counted(self):
        """Not undone, with at least one item done or part done."""
        done = Tick.objects.filter(
            session=models.OuterRef("pk"), result__in=[Tick.Result.DONE, Tick.Result.PART]
        )
        return self.not_undone().filter(models.Exists(done))

    def last_words_of(self, patients):
        """The newest note, not undone, that each of these patients wrote themselves."""
        written = self.not_undone().filter(
            assignment__patient__in=patients, source=Session.Source.PATIENT
        )
        newest = written.exclude(note="").order_by(
            "assignment__patient", "-performed_at", "-received_at", "-pk"
        )
        return newest.select_related("assignment", "day").distinct("assignment__patient")

    def newest_first(self):
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

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "client_id"], name="session_once_per_client_id"
            ),
            _pain_is_0_to_10("pain_before"),
            _pain_is_0_to_10("pain_after"),
        ]
        indexes = [models.Index(fields=["assignment", "-performed_at"], name="session_log")]


class Tick(models.Model):
    """One item within a session."""

    class Result(models.TextChoices):
        DONE = "done", _("done")
        PART = "part", _("part done")
        SKIPPED = "skipped", _("skipped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="ticks")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    result = models.CharField(max_length=7, choices=Result, default=Result.DONE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "item"], name="tick_once_per_item")
        ]

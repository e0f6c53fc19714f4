"""Who gets reminded, when: preferences, slots, and one row per reminder."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, ClassVar, Self, TypedDict

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext_lazy as _

from accounts.models import AddressTrouble, User
from outbox.models import HELD, Message, MessageQuerySet, State
from outbox.outcomes import NotAccepted
from patients.models import Assignment, Day, DayQuerySet, NotToday, Patient, Session, WarningSign
from patients.rest_of_day import had_much_pain, has_only_what_hurt_left
from reminders import channels, tokens
from reminders.rules import BACK_OFFS, LEAST_GAP, PATIENT, RULES, Reason

EARLIEST = time(4, 0)  # local; from here on no zone's clocks are changed
LATEST = time(22, 30)
MAY_HAVE_LEFT = (State.HANDED, State.SENT, State.UNCERTAIN)
COUNTED_AS_SILENT = (Day.State.ASKED, Day.State.REST)  # not under a pause


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user))


class Preference(models.Model):
    """Whether a patient wants reminders. No row means: they do, at the usual times."""

    patient = models.OneToOneField(
        Patient, models.CASCADE, primary_key=True, related_name="reminder_preference"
    )
    is_on = models.BooleanField(_("send me reminders"), default=True)
    # True once the patient has chosen: then their slots count, even if there are none.
    has_own_times = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    objects = PreferenceQuerySet.as_manager()


class Slot(models.Model):
    """One of a patient's own reminder times of day, in their local time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, models.CASCADE, related_name="reminder_slots")
    position = models.PositiveSmallIntegerField()  # 0, 1, 2 in the order of the day
    # The patient's own: the database keeps it so (a foreign key on both columns that
    # follows a change of zone), and so a minute's slots are found by one index.
    zone = models.CharField(max_length=64)
    at = models.TimeField(_("time"))

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["patient", "position"], name="slot_position_once"),
            models.CheckConstraint(condition=Q(position__lte=2), name="slot_three_at_most"),
            models.CheckConstraint(
                condition=Q(at__gte=EARLIEST, at__lte=LATEST), name="slot_in_waking_hours"
            ),
        ]
        indexes = [models.Index(fields=["zone", "at"], name="slot_local_time")]


class CameDue(models.Model):
    """A slot that has come due. No table: a part of planning's own statement."""

    pk = models.CompositePrimaryKey("patient", "on", "slot")
    patient = models.ForeignKey(Patient, models.DO_NOTHING, related_name="came_due")
    slot = models.PositiveSmallIntegerField()
    on = models.DateField()
    # Of days that ask for so many sessions.
    asks_from = models.PositiveSmallIntegerField()
    asks_to = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "came_due"


class Progress(TypedDict):
    """How far the day of a reminder is."""

    done: int
    min: int
    max: int


def with_what_happened(days: DayQuerySet) -> DayQuerySet:
    """Add what the rules ask about a day itself."""
    signs = WarningSign.objects.open().filter(patient=OuterRef(PATIENT))
    known: DayQuerySet = days.with_sessions_done().annotate(
        has_warning_sign=Exists(signs),
        is_left_out=Exists(NotToday.objects.filter(day=OuterRef("pk"))),
        had_much_pain=had_much_pain(),
        has_only_what_hurt_left=has_only_what_hurt_left(),
    )
    return known


class ReminderQuerySet(MessageQuerySet["Reminder"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user))

    def by_token(self, token: str, *, purpose: tokens.Purpose, closed_too: bool = False) -> Self:
        """The one reminder whose e-mail held this link, if we made it for this purpose.

        None once the links of its record are closed, unless ``closed_too``; to stop reminders
        works all the same.
        """
        link = tokens.read(token, purpose=purpose)
        found = self.filter(pk=link.key) if link else self.none()
        if closed_too or purpose == "stop":
            return found
        return found.exclude(patient__links_valid_from__gte=F("planned_at"))

    def with_silence(self, now: datetime) -> Self:
        """Add ``silence``: the Reason why this reminder is not wanted any more, "" if it is."""
        moment = Value(now, output_field=DateTimeField())
        return self.annotate(now=moment).annotate(silence=_silence_of_a_row())

    def to_be_written(self) -> Self:
        """With what a message says: whom it goes to, and how far their day is."""
        return self.select_related("patient__user", "patient__clinic").annotate(
            progress=_progress()
        )

    def recipient_key(self, row: "Reminder") -> tuple[uuid.UUID | None, str]:
        return row.patient.user_id, row.channel

    def lock_recipients(self, rows: Sequence["Reminder"]) -> None:
        """The gap between two reminders is part of the rules, so each person's pass one by one."""
        whose = Patient.objects.filter(pk__in=[row.patient_id for row in rows])
        people = User.objects.filter(pk__in=whose.values("user")).order_by("pk")  # no deadlocks
        list(people.select_for_update(no_key=True).values_list("pk"))

    def on_refused(self, row: "Reminder", refusal: NotAccepted, *, now: datetime) -> None:
        for address in _addresses([row]):
            AddressTrouble.objects.note_refusal(address, refusal, now=now)

    def on_accepted(self, rows: Sequence["Reminder"]) -> None:
        AddressTrouble.objects.note_accepted(_addresses(rows))

    @staticmethod
    def judge(
        days: DayQuerySet, *, slot: Combinable, channel: Combinable, now: Combinable
    ) -> QuerySet[Any]:
        """Add ``silence``: the Reason why no reminder goes out for this slot, "" if one does.

        What a rule has to look up is looked up row by row, in an index, and only where no
        rule before it held: as fast for one row as for a hundred thousand.
        """
        asked = {"slot": slot, "channel": channel, "now": now}
        known = with_what_happened(days.annotate(**asked)).annotate(**_looked_up())
        known = known.annotate(least_gap=_least_gap())
        whens = [When(rule.condition, then=Value(rule.reason.value)) for rule in RULES]
        silence = Case(*whens, default=Value(""), output_field=CharField())
        judged: QuerySet[Any] = known.annotate(silence=silence)
        return judged


def _looked_up() -> dict[str, Combinable]:
    """What was sent before, whether mail arrives there, and the last session."""
    left = Reminder.objects.filter(channel=OuterRef("channel"), state__in=MAY_HAVE_LEFT)
    lately = left.filter(
        # To the same person, whichever of their records it was about.
        patient__user=OuterRef(f"{PATIENT}__user"),
        handed_at__gt=OuterRef("now") - Value(LEAST_GAP),
        on__gt=OuterRef("on") - Value(timedelta(days=3)),  # true of all of them; an index knows it
    )
    last = left.filter(patient=OuterRef(PATIENT)).order_by("-on").values("on")[:1]
    closed = AddressTrouble.objects.closed().filter(address=OuterRef(f"{PATIENT}__user__email"))
    counted = Session.objects.counted().filter(day=OuterRef("pk"))
    until_then = Day.objects.filter(assignment=OuterRef("assignment"), on__lte=OuterRef("on"))
    # From the newest on, to end at once.
    last_session = until_then.filter(Exists(counted)).order_by("-on").values("on")[:1]
    return {
        "reminded_lately": Exists(lately),
        "reminded_on": Subquery(last),
        "mail_comes_back": Exists(closed),
        "last_session_on": Subquery(last_session),
    }


def _least_gap() -> Combinable:
    """How far apart reminders are by now: none after so many days without a session.

    Days under a pause do not count. None: as close as the times that were chosen.
    """
    since = Coalesce(OuterRef("last_session_on"), Value(date.min))
    before = Day.objects.filter(assignment=OuterRef("assignment"), on__lt=OuterRef("on"))
    silent = (
        before.filter(on__gt=since, state__in=COUNTED_AS_SILENT).order_by().values("assignment")
    )
    gaps = [When(number__gte=number, then=Value(gap)) for number, gap in BACK_OFFS]
    counted = silent.annotate(number=Count("pk")).annotate(gap=Case(*gaps))
    return Subquery(counted.values("gap"), output_field=DurationField())


@cache
def _silence_of_a_row() -> Combinable:
    """The rules, asked of the day behind a row. Django takes longer to word than to run them."""
    days = Day.objects.filter(assignment=OuterRef("assignment"), on=OuterRef("on"))
    judged = Reminder.objects.judge(
        days,
        slot=ExpressionWrapper(OuterRef("slot"), output_field=models.IntegerField()),
        channel=ExpressionWrapper(OuterRef("channel"), output_field=CharField()),
        now=ExpressionWrapper(OuterRef("now"), output_field=DateTimeField()),
    ).values("silence")
    # Written before access was taken back: its address is that of somebody else.
    closed = Patient.objects.filter(
        pk=OuterRef("patient"), links_valid_from__gte=OuterRef("planned_at")
    )
    return Case(
        When(Exists(closed), then=Value(Reason.ACCESS_CLOSED.value)),
        default=Coalesce(Subquery(judged), Value(Reason.NO_DAY.value)),
        output_field=CharField(),
    )


@cache
def _progress() -> Combinable:
    days = Day.objects.asked().with_sessions_done()
    that_day = days.filter(assignment=OuterRef("assignment"), on=OuterRef("on"))
    numbers = JSONObject(done="sessions_done", min="asked_min", max="asked_max")
    return Subquery(that_day.values(json=numbers))


def _addresses(rows: Sequence["Reminder"]) -> list[str]:
    """Where these went by e-mail; another channel tells nothing about an address."""
    mailed = (row.patient.user for row in rows if row.channel == channels.EMAIL)
    return [user.email for user in mailed if user and user.email]


class Reminder(Message):
    """Plan, lock and record of one reminder."""

    # Written by the hundred thousand: one key on both columns (``reminder_of_assignment``, which
    # also deletes) is checked instead of two, and the index of the constraint below serves it.
    patient = models.ForeignKey(
        Patient, models.CASCADE, related_name="reminders", db_index=False, db_constraint=False
    )
    assignment = models.ForeignKey(
        Assignment, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    on = models.DateField()  # the patient's local date
    slot = models.PositiveSmallIntegerField()  # position in the day, from 0
    channel = models.CharField(
        max_length=20, default=channels.EMAIL, validators=[channels.validate]
    )
    planned_at = models.DateTimeField()

    progress: Progress | None  # only where ``to_be_written`` has added it; None: nothing is asked

    objects: ClassVar = ReminderQuerySet.as_manager()

    class Meta(Message.Meta):
        constraints = [
            *Message.Meta.constraints,
            models.UniqueConstraint(
                fields=["patient", "on", "slot", "channel"], name="reminder_once_per_slot"
            ),
        ]
        indexes = [
            # A row is in one of these two while it is open: who claims never meets what is held.
            models.Index(fields=["due_at"], name="reminder_due", condition=Q(state=State.DUE)),
            models.Index(fields=["lease_until"], name="reminder_held", condition=Q(state__in=HELD)),
            # Rows come in the order of time, so the figures of a day need no more than this.
            BrinIndex(fields=["due_at"], name="reminder_in_time", autosummarize=True),
        ]

    @property
    def is_closed(self) -> bool:
        """Its links do nothing any more, but stop."""
        return self.patient.has_closed_links_of(self.planned_at)


class Heartbeat(models.Model):
    """When a periodic task last ran, and up to which minute it has looked."""

    STALLED_AFTER = timedelta(minutes=3)

    name = models.CharField(max_length=30, primary_key=True)
    beat_at = models.DateTimeField()
    done_until = models.DateTimeField()

    def is_stalled(self, now: datetime) -> bool:
        """Nobody has looked for three minutes, although somebody should each minute."""
        return now - self.beat_at >= self.STALLED_AFTER

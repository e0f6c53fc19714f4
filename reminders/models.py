"""Who gets nudged, when: preferences, slots, and one row per reminder."""

import uuid
from datetime import datetime, time, timedelta
from typing import cast

from django.contrib.postgres.indexes import BrinIndex
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import AddressTrouble, User
from outbox import outcomes
from outbox.email import Written
from outbox.models import HELD, Message, MessageQuerySet, State
from outbox.outcomes import NotAccepted
from outbox.prepared import Step
from patients.models import Assignment, Day, Patient
from reminders import channels, letter, tokens
from reminders.silence import Reason, with_silence

EARLIEST = time(4, 0)  # local; from here on no zone's clocks are changed
LATEST = time(22, 30)


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def visible_to(self, user: User):
        return self.filter(patient__in=Patient.objects.visible_to(user))


class Preference(models.Model):
    """A patient's say in it. No row means: reminders on, at the default times."""

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


# In one order, so that two rounds never wait for each other.
LOCK_PEOPLE = """
SELECT id FROM accounts_user
WHERE id IN (SELECT user_id FROM patients_patient WHERE id = ANY(%s))
ORDER BY id FOR NO KEY UPDATE
"""


# Its links, or those that it would hold, were closed after it was planned.
CLOSED = Q(patient__links_valid_from__isnull=False, patient__links_valid_from__gte=F("planned_at"))


class ReminderQuerySet(MessageQuerySet["Reminder"]):
    def visible_to(self, user: User):
        return self.filter(patient__in=Patient.objects.visible_to(user))

    def by_token(self, token: str, *, purpose: tokens.Purpose, closed_too: bool = False):
        """The one reminder whose e-mail held this link, if we made it for this purpose.

        None once the links of its record are closed, unless ``closed_too``; to stop reminders
        works all the same.
        """
        link = tokens.read(token, purpose=purpose)
        found = self.filter(pk=link.key) if link else self.none()
        return found if closed_too or purpose == "stop" else found.exclude(CLOSED)

    def with_silence(self, now: datetime):
        """Add ``silence``: why this reminder is not wanted any more, "" if it is."""
        days = Day.objects.filter(assignment=OuterRef("assignment"), on=OuterRef("on"))
        judged = with_silence(
            days,
            slot=OuterRef("slot"),
            channel=OuterRef("channel"),
            reminders=Reminder.objects.filter(channel=OuterRef(OuterRef("channel"))),
            now=now,
        )
        # Written before access was taken back: its address is that of somebody else.
        closed = When(CLOSED, then=Value(Reason.ACCESS_CLOSED.value))
        silence = Coalesce(Subquery(judged.values("silence")), Value(Reason.NO_DAY.value))
        return self.annotate(silence=Case(closed, default=silence))

    def fetch_for(self, rows: list["Reminder"]) -> None:
        letter.fetch_readers(rows)

    def crowd_of(self, row: "Reminder") -> tuple[uuid.UUID | None, str]:
        return row.reader.user, row.channel

    def locks_around(self, rows: list["Reminder"]) -> list[Step]:
        """One person's reminders pass one at a time: the gap between them is part of the rules."""
        return [(LOCK_PEOPLE, [[row.patient_id for row in rows]])]

    def heard_back(self, row: "Reminder", refusal: NotAccepted, *, now: datetime) -> None:
        for address in _addresses([row]):
            AddressTrouble.objects.heard_back(address, refusal, now=now)

    def heard_yes(self, rows: list["Reminder"]) -> list[Step]:
        return [AddressTrouble.objects.work(_addresses(rows))]


def _addresses(rows: list["Reminder"]) -> list[str]:
    """Where these went by e-mail; another channel tells nothing about a mailbox."""
    mailed = (row.reader.user_email for row in rows if row.channel == channels.EMAIL)
    return [address for address in mailed if address]


class Reminder(Message):
    """Plan, lock and record of one reminder."""

    NOT_CLAIMED = (*Message.NOT_CLAIMED, "planned_at")

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
    objects = ReminderQuerySet.as_manager()

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

    @cached_property
    def reader(self) -> letter.Reader:
        """Whom it is for. ``fetch_for`` reads it for many at once."""
        letter.fetch_readers([self])
        return cast(letter.Reader, self.__dict__["reader"])

    @property
    def is_closed(self) -> bool:
        """Its links do nothing any more, but stop."""
        return self.patient.has_closed_links_of(self.planned_at)

    @property
    def why(self) -> str:
        """The reason in words: ours for staying silent, or the outbox's for its trouble."""
        if self.reason in Reason.values:
            return Reason(self.reason).label
        return outcomes.in_words(self.reason)

    def as_email(self, *, now: datetime) -> EmailMultiAlternatives | Written:
        """The words as things stand now, in the patient's language."""
        return channels.named(self.channel).write(self, now)


class Heartbeat(models.Model):
    """When a periodic task last ran, and up to which minute it has looked."""

    STALLED_AFTER = timedelta(minutes=3)

    name = models.CharField(max_length=30, primary_key=True)
    beat_at = models.DateTimeField()
    done_until = models.DateTimeField()

    def is_stalled(self, now: datetime) -> bool:
        """Nobody has looked for three minutes, although somebody should each minute."""
        return now - self.beat_at >= self.STALLED_AFTER

"""One row for each reminder, and what keeps it back."""

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, ClassVar, Self, TypedDict

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import (
    BooleanField,
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
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext_lazy as _

from accounts.models import AddressTrouble, User
from outbox.models import HELD, LEASE, Message, MessageQuerySet, State
from outbox.outcomes import NotAccepted
from patients.models import Assignment, Day, DayQuerySet, NotToday, Patient, Session, WarningSign
from patients.rest_of_day import had_much_pain, has_only_what_hurt_left
from reminders import channels, tokens
from reminders.models.choices import Slot
from reminders.rules import BACK_OFFS, LEAST_GAP, PATIENT, RULES, Reason
from reminders.usual_times import USUAL_TIMES

MAY_HAVE_LEFT = (State.HANDED, State.SENT, State.UNCERTAIN)
NOT_ASKED_FOR = Value(False, output_field=BooleanField())
SOME_MOMENT = datetime(1, 1, 1, tzinfo=UTC)
COUNTED_AS_SILENT = (Day.State.ASKED, Day.State.REST)  # not under a pause


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
        """The one reminder whose e-mail held this link, if we made it for this purpose; of a link
        to a whole letter, all that left in it.

        None once the links of its record are closed, unless ``closed_too``; to stop reminders
        works all the same.
        """
        link = tokens.read(token, purpose=purpose)
        key = "letter" if purpose in tokens.OF_A_LETTER else "pk"
        found = self.filter(**{key: link.key}) if link else self.none()
        return found if closed_too or purpose == "stop" else found.with_open_links()

    def with_open_links(self) -> Self:
        """Those whose record has not been taken back since from whoever got the letter."""
        return self.exclude(patient__links_valid_from__gte=F("planned_at"))

    def left_with(self, reminder: "Reminder") -> Self:
        """This one, and what left in the same letter."""
        together = Q(letter=reminder.letter) if reminder.letter else Q(pk=reminder.pk)
        return self.filter(together)

    def with_silence(self, now: datetime) -> Self:
        """Add ``silence``: the Reason why this reminder is not wanted any more, "" if it is."""
        sql, parameters = _rules_in_sql()
        asked = [now if value == SOME_MOMENT else value for value in parameters]
        return self.annotate(silence=RawSQL(sql, asked, CharField()))  # noqa: S611  Django wrote it

    def to_be_written(self) -> Self:
        """With what a message says: whom it goes to, and how far their day is."""
        return self.select_related("patient__user", "patient__clinic").annotate(
            progress=_progress()
        )

    def recipient_key(self, row: "Reminder") -> tuple[uuid.UUID | None, str]:
        return row.patient.user_id, row.channel

    def lock_recipients(self, rows: Sequence["Reminder"]) -> None:
        """The gap between two letters is part of the rules, so each person's pass one by one."""
        whose = Patient.objects.filter(pk__in=[row.patient_id for row in rows])
        people = User.objects.filter(pk__in=whose.values("user")).order_by("pk")  # no deadlocks
        list(people.select_for_update(no_key=True).values_list("pk"))

    def claim_along(self, rows: Sequence["Reminder"], *, now: datetime) -> list["Reminder"]:
        """What is due together for one account leaves as one letter, whichever records it is about."""
        others = self._to_the_same_people(rows, now).exclude(pk__in=[row.pk for row in rows])
        is_due = Q(state=State.DUE) & (Q(retry_at=None) | Q(retry_at__lte=now))
        found = others.filter(is_due | Q(state=State.CLAIMED)).select_for_update(of=("self",))
        states = dict(found.order_by("pk").values_list("pk", "state"))
        if not states:
            return []
        along = self.filter(pk__in=states)
        mine = {"attempt": F("attempt") + 1, "lease_until": now + LEASE}
        # The number of its try was the hold that another worker had on it.
        along.filter(state=State.CLAIMED).update(**mine)
        along.move(State.DUE, State.CLAIMED, retry_at=None, **mine)
        return list(along.order_by("due_at", "pk"))

    def _to_the_same_people(self, rows: Sequence["Reminder"], now: datetime) -> Self:
        """Every row of their accounts that has come due lately. By key: an index knows those."""
        whose = Patient.objects.filter(pk__in=[row.patient_id for row in rows])
        records = Patient.objects.filter(user__in=whose.values("user"))
        keys = list(records.values_list("pk", flat=True))
        lately = now.date() - timedelta(days=2)
        return self.filter(patient__in=keys, on__gte=lately, due_at__lte=now)

    def wait(self, *, now: datetime) -> None:
        """What comes too soon after the account's last letter leaves when the gap ends, if it may
        then still leave."""
        soon = self.filter(Q(silence=Reason.TOO_SOON)).annotate(gap_ends=_gap_ends())
        soon.filter(Q(gap_ends__lt=F("expires_at"))).move(
            State.CLAIMED,
            State.DUE,
            retry_at=F("gap_ends"),
            lease_until=None,
            reason=Reason.TOO_SOON,
        )

    def hand_over(self, rows: Sequence["Reminder"], *, now: datetime) -> list["Reminder"]:
        going = super().hand_over(rows, now=now)
        for first in going:
            if first.along:
                self.filter(pk__in=[row.pk for row in first.whole]).update(letter=first.pk)
        return going

    def together(self, rows: Sequence["Reminder"]) -> list["Reminder"]:
        """The newest date of a record speaks for it: a change of zone may bring two of its dates."""
        return super().together(sorted(rows, key=lambda row: row.on, reverse=True))

    def on_refused(self, row: "Reminder", refusal: NotAccepted, *, now: datetime) -> None:
        for address in _addresses([row]):
            AddressTrouble.objects.note_refusal(address, refusal, now=now)

    def on_accepted(self, rows: Sequence["Reminder"]) -> None:
        AddressTrouble.objects.note_accepted(_addresses(rows))

    @staticmethod
    def judge(
        days: DayQuerySet,
        *,
        slot: Combinable,
        channel: Combinable,
        now: Combinable,
        is_asked_for: Combinable = NOT_ASKED_FOR,
    ) -> QuerySet[Any]:
        """Add ``silence``: the Reason why no reminder goes out for this slot, "" if one does.

        ``slot``: how many times of the day come before it. ``is_asked_for``: the patient wants one
        more. What a rule has to look up is looked up row by row, in an index, and only where no
        rule before it held: as fast for one row as for a hundred thousand.
        """
        asked = {"slot": slot, "channel": channel, "now": now, "is_asked_for": is_asked_for}
        known = with_what_happened(days.annotate(**asked)).annotate(**_looked_up())
        known = known.annotate(least_gap=_least_gap())
        whens = [When(rule.condition, then=Value(rule.reason.value)) for rule in RULES]
        silence = Case(*whens, default=Value(""), output_field=CharField())
        judged: QuerySet[Any] = known.annotate(silence=silence)
        return judged


def _looked_up() -> dict[str, Combinable]:
    """What was sent before, whether mail arrives there, and the last session."""
    left = Reminder.objects.filter(channel=OuterRef("channel"), state__in=MAY_HAVE_LEFT)
    lately = _letters_before(OuterRef("channel"), OuterRef("on")).filter(
        # To the same person, whichever of their records it was about.
        patient__user=OuterRef(f"{PATIENT}__user"),
        handed_at__gt=OuterRef("now") - Value(LEAST_GAP),
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


def _letters_before(channel: Combinable, on: Combinable) -> "ReminderQuerySet":
    """Of a channel, not long before a date, what may have left."""
    left: ReminderQuerySet = Reminder.objects.filter(channel=channel, state__in=MAY_HAVE_LEFT)
    return left.filter(on__gt=on - Value(timedelta(days=3)))  # an index knows it


def _gap_ends() -> Combinable:
    """Of a row, when its account may get the next letter. No join: an UPDATE takes none."""
    letters = _letters_before(OuterRef("channel"), OuterRef("on"))
    person = Patient.objects.filter(pk=OuterRef(OuterRef("patient"))).values("user")
    of_account = letters.filter(patient__user__in=person).order_by("-handed_at")
    ends = of_account.annotate(ends=F("handed_at") + Value(LEAST_GAP)).values("ends")[:1]
    return Subquery(ends, output_field=DateTimeField())


def order_of_day() -> Combinable:
    """Of a day with a time ``at``, how many of its times come before: chosen ones, or the usual."""
    earlier = Slot.objects.filter(patient=OuterRef(PATIENT), at__lt=OuterRef("at")).order_by()
    own = earlier.values("patient").annotate(number=Count("pk")).values("number")
    usual = [
        When(asked_min__gte=asked, then=_number_before(times))
        for asked, times in sorted(USUAL_TIMES.items(), reverse=True)
    ]
    has_own = Q(**{f"{PATIENT}__reminder_preference__has_own_times": True})
    return Case(
        When(has_own, then=Coalesce(Subquery(own), Value(0))),
        *usual,
        default=Value(0),
        output_field=models.IntegerField(),
    )


def _number_before(times: Sequence[time]) -> Combinable:
    whens = [When(at__gt=at, then=Value(number)) for number, at in _numbered(times)]
    return Case(*whens, default=Value(0), output_field=models.IntegerField())


def _numbered(times: Sequence[time]) -> list[tuple[int, time]]:
    return sorted(enumerate(times, start=1), reverse=True)


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
def _rules_in_sql() -> tuple[str, tuple[Any, ...]]:
    """The rules, asked of the day behind a row: kept, for Django takes longer to write them than a
    round of letters to run. Where they ask what time it is, stands SOME_MOMENT.
    """
    moment = Value(SOME_MOMENT, output_field=DateTimeField())
    asked = Reminder.objects.annotate(now=moment).annotate(silence=_silence_of_a_row()).query
    sql, parameters = asked.get_compiler("default").compile(asked.annotations["silence"])
    return sql, tuple(parameters)


def _silence_of_a_row() -> Combinable:
    days = Day.objects.filter(assignment=OuterRef("assignment"), on=OuterRef("on"))
    at = ExpressionWrapper(OuterRef("at"), output_field=models.TimeField())
    origin = ExpressionWrapper(OuterRef("origin"), output_field=CharField())
    judged = Reminder.objects.judge(
        days.annotate(at=at, asked_as=origin),
        slot=order_of_day(),
        channel=ExpressionWrapper(OuterRef("channel"), output_field=CharField()),
        now=ExpressionWrapper(OuterRef("now"), output_field=DateTimeField()),
        is_asked_for=ExpressionWrapper(
            Q(asked_as=Value(Reminder.Origin.LATER.value)), output_field=BooleanField()
        ),
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

    NEW_AT_EACH_TRY = {"letter": None}

    class Origin(models.TextChoices):
        """Why there is a reminder at this time."""

        CHOSEN = "chosen", _("one of the day's times")
        LATER = "later", _("the patient asked for one more")
        OLD_CLOCK = "old_clock", _("the patient's clock has moved past it")

    # Written by the hundred thousand: one key on both columns (``reminder_of_assignment``, which
    # also deletes) is checked instead of two, and the index of the constraint below serves it.
    patient = models.ForeignKey(
        Patient, models.CASCADE, related_name="reminders", db_index=False, db_constraint=False
    )
    assignment = models.ForeignKey(
        Assignment, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    # Date and time by the patient's clock, as it was when this was planned: with the channel what a
    # reminder is known by.
    on = models.DateField()
    at = models.TimeField()
    origin = models.CharField(max_length=9, choices=Origin, default=Origin.CHOSEN)
    channel = models.CharField(
        max_length=20, default=channels.EMAIL, validators=[channels.validate]
    )
    planned_at = models.DateTimeField()
    # The row whose letter this one left in, with others; None: it left alone, or not at all.
    letter = models.UUIDField(null=True, blank=True)

    progress: Progress | None  # only where ``to_be_written`` has added it; None: nothing is asked

    objects: ClassVar = ReminderQuerySet.as_manager()

    class Meta(Message.Meta):
        constraints = [
            *Message.Meta.constraints,
            models.UniqueConstraint(
                fields=["patient", "on", "at", "channel"], name="reminder_once_per_time"
            ),
            models.UniqueConstraint(
                fields=["patient", "on", "channel"],
                condition=Q(origin="later"),
                name="reminder_later_once_a_day",
            ),
        ]
        indexes = [
            # A row is in one of these two while it is open: who claims never meets what is held.
            models.Index(fields=["due_at"], name="reminder_due", condition=Q(state=State.DUE)),
            models.Index(fields=["lease_until"], name="reminder_held", condition=Q(state__in=HELD)),
            models.Index(
                fields=["letter"], name="reminder_letter", condition=Q(letter__isnull=False)
            ),
            # Rows come in the order of time, so the figures of a day need no more than this.
            BrinIndex(fields=["due_at"], name="reminder_in_time", autosummarize=True),
        ]

    @property
    def is_closed(self) -> bool:
        """Its links do nothing any more, but stop."""
        return self.patient.has_closed_links_of(self.planned_at)

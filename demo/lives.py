"""Six weeks in a person's life with their exercises, lived through the product's services."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property, partial
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from accounts import telephone
from accounts.models import AddressTrouble, Clinic, User
from caseload import caseload_page
from caseload.services import dealing
from demo import results
from demo.people import PASSWORD, Note, Person, State
from outbox.outcomes import NotAccepted
from patients.models import Assignment, ClosedBecause, Day, Patient, Session
from patients.services import access, plans, records, sessions, signs
from programmes.models import Programme

SESSION_HOURS = (8, 13, 18)
A_WHILE = timedelta(minutes=20)
AN_HOUR = timedelta(hours=1)
SHARE_WITH_PAIN = 0.7  # of sessions after which people say how much it hurts


@cache
def hashed_password() -> str:
    """Hashing takes its time on purpose; once is enough for everybody's."""
    return make_password(PASSWORD)


class Event(NamedTuple):
    """What happens at a moment."""

    at: datetime
    act: Callable[[], object]


@dataclass(frozen=True)
class Life:
    """One person from the day they come to the clinic until now."""

    person: Person
    by: User
    now: datetime
    chance: Random
    chance_of_results: Random

    def events(self, clinic: Clinic, template: Programme) -> Iterator[Event]:
        """Meet the person and give them the programme; then what the days since bring."""
        assignment = self.begin(self.meet(clinic), template)
        if self.person.state is not State.INVITED:
            yield from self._days(assignment)
        if self.person.mail_comes_back:
            at = self.now - timedelta(days=1)
            refusal = NotAccepted("550", for_good=True, of_recipient=True)
            answer = partial(
                AddressTrouble.objects.note_refusal, self.person.email, refusal, now=at
            )
            yield Event(at, answer)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.person.zone)

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def at(self, on: date, hour: int, minute: int = 0) -> datetime:
        """That local time, or now if it is still to come."""
        moment = datetime.combine(on, time(hour, minute), tzinfo=self.zone).astimezone(UTC)
        return min(moment, self.now)

    @cached_property
    def starts_on(self) -> date:
        return self.today - timedelta(days=self.person.started_days_ago)

    def meet(self, clinic: Clinic) -> Patient:
        return records.add_patient(
            clinic,
            name=self.person.name,
            called=self.person.called,
            email=self.person.email,
            telephone=telephone.read(self.person.telephone, clinic.country),
            clinician=self.by,
            time_zone=self.person.zone,
            precautions=self.person.precautions,
            by=self.by,
            now=self.at(self.starts_on, 9),
        ).patient

    def begin(self, patient: Patient, template: Programme) -> Assignment:
        assignment = plans.assign(
            template,
            to=patient,
            starts_on=self.starts_on,
            review_on=max(self.today + timedelta(days=self.person.review_in_days), self.starts_on),
            by=self.by,
            now=self.at(self.starts_on, 9),
        )
        if patient.email:
            self._invite(patient)
        assignment.refresh_from_db()  # its patient may have accepted meanwhile
        return assignment

    def _invite(self, patient: Patient) -> None:
        now = self.at(self.starts_on, 9)
        invitation = records.invite(patient, by=self.by, now=now)
        if self.person.state is not State.INVITED:
            user = records.accept(invitation, now=now, time_zone=self.person.zone)
            user.password = hashed_password()
            user.save(update_fields=["password"])
            records.welcome(patient, by=user, now=now)

    def _days(self, assignment: Assignment) -> Iterator[Event]:
        """Day by day from the start until now."""
        for days_ago in range(self.person.started_days_ago, -1, -1):
            on = self.today - timedelta(days=days_ago)
            if days_ago % 7 == 0:
                early = self.at(on, 6)
                yield Event(early, partial(plans.lay_out_days, assignment, now=early))
            if days_ago == self.person.silent_days - 1:
                yield Event(self.at(on, 7), partial(self._fall_silent, assignment, on))
            yield from self._sessions(assignment, on, days_ago)
        for note in self.person.dealt_with:
            at = self.at(self.today - timedelta(days=note.days_ago), note.hour)
            yield Event(at, partial(self._deal_with, assignment.patient, note, at))
        if self.person.warned:
            yield Event(self.now - AN_HOUR, partial(self._warn, assignment.patient))

    def _deal_with(self, patient: Patient, note: Note, now: datetime) -> None:
        [row] = caseload_page.rows_of([patient.pk], now=now)
        again_on = row.today + timedelta(days=note.ask_again_in) if note.ask_again_in else None
        dealing.deal_with(
            patient,
            [concern for concern in row.concerns if concern.kind in note.kinds],
            how=note.how,
            words=note.words,
            until_on=again_on,
            by=self.by,
            now=now,
        )

    def _warn(self, patient: Patient) -> None:
        signs.tell(
            patient, which=self.person.warned, by=patient.user or self.by, now=self.now - AN_HOUR
        )

    def _fall_silent(self, assignment: Assignment, on: date) -> None:
        """Finished, on holiday, or without their phone; others just stop."""
        now = self.at(on, 7)
        if self.person.state is State.FINISHED:
            plans.end(assignment, reason="Goals reached", by=self.by, now=now)
        if self.person.state is State.PAUSED:
            plans.pause(assignment, from_on=on, reason="On holiday", by=self.by, now=now)
        if self.person.state is State.CLOSED:
            patient = assignment.patient
            access.close_access(patient, because=ClosedBecause.LOST_PHONE, by=self.by, now=now)

    def _sessions(self, assignment: Assignment, on: date, days_ago: int) -> Iterator[Event]:
        wanted = self.person.sessions_on(days_ago, self.chance)
        for number, hour in enumerate(SESSION_HOURS[:wanted]):
            performed = self._moment(on, hour)
            if self.person.warned and performed >= self.now - AN_HOUR:
                return  # nothing is done after a warning sign
            told = {
                "client_id": uuid.UUID(int=self.chance.getrandbits(128), version=4),
                "pain_after": self._pain(days_ago),
                "effort": self._effort(),
                "note": "" if number else self.person.notes.get(days_ago, ""),
            }
            yield Event(performed, partial(self._log, assignment, on, performed, told))

    def _log(
        self, assignment: Assignment, on: date, performed: datetime, told: dict[str, Any]
    ) -> None:
        day, user = assignment.days.get(on=on), assignment.patient.user
        went = None  # what the clinic records is one tick
        if user:
            went = results.of_session(day, hurts=self._hurts(day), chance=self.chance_of_results)
        sessions.log_session(day, by=user or self.by, now=performed, results=went, **told)

    def _hurts(self, day: Day) -> dict[int, int]:
        """What hurts in the first session of a day: the pain by the place in the programme."""
        days_ago = (self.today - day.on).days
        return {} if day.sessions.exists() else self.person.exercises_hurt.get(days_ago, {})

    def _moment(self, on: date, hour: int) -> datetime:
        """Some minute of that hour; today's are a while ago, however early it is now."""
        latest = max(self.at(on, 0), self.now - A_WHILE)
        return min(self.at(on, hour, self.chance.randrange(60)), latest)

    def _pain(self, days_ago: int) -> int | None:
        says_it = self.chance.random() <= SHARE_WITH_PAIN or (
            self.person.hurts_today and not days_ago
        )
        if not says_it:
            return None
        return self.person.pain_on(days_ago, self.chance)

    def _effort(self) -> str:
        easy, right, hard = Session.Effort.EASY, Session.Effort.RIGHT, Session.Effort.HARD
        return str(self.chance.choices(["", easy, right, hard], weights=[4, 1, 5, 1])[0])

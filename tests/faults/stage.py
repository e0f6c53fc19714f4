"""What every scenario plays on: servers, processes, the clock, and the steps they share."""

import random
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import F, Min
from django.db.models.functions import Coalesce, Least

from outbox.models import OPEN
from outbox.transport import CONNECTIONS
from reminders.models import Heartbeat, Reminder
from reminders.rules import LEAST_GAP
from tests.faults import people, tally
from tests.faults.fleet import WORKERS, Fleet, MailServer
from tests.faults.moment import Moment
from tests.faults.servers import Postgres, Redis
from tests.faults.tally import Tally
from tests.faults.tickets import Tickets
from tests.journeys.stack import wait_until

# The most that a blow to all workers at once can leave in doubt: a round each.
ALL_HANDS = WORKERS * CONNECTIONS

# Steps in which everything must have come to rest; what has not is lost.
STEPS = 60


@dataclass(frozen=True, kw_only=True)
class Stage:
    postgres: Postgres
    redis: Redis
    mail: MailServer
    fleet: Fleet
    moment: Moment
    tickets: Tickets
    chance: random.Random
    is_long: bool

    def begin(self, patients: int, **manners: int) -> None:
        """So many are to be reminded; the next minute is theirs, and nobody has been yet."""
        people.at_least(patients)
        with self.moment.stopped():
            people.lay_out(patients)
            self.mail.begin(manners or {"accept": 1}, seed=self.chance.randrange(10**6))
            self.moment.jump(people.MORNING - people.MINUTE)
        self.fleet.start()

    def go(self, to: datetime) -> None:
        """Move the clock when nobody works, and wait until a tick has looked at that minute."""
        with self.moment.stopped():
            self.moment.jump(to)
        beat = Heartbeat.objects.filter(done_until__gte=to)
        wait_until(beat.exists, f"a tick at {to}")

    def jump(self, to: datetime) -> None:
        """Move the clock under everybody's hands, and wait until a tick has seen it."""
        self.moment.jump(to)
        wait_until(Heartbeat.objects.filter(beat_at=to).exists, f"a tick at {to}")

    def wait_for(self, number: int) -> None:
        """Until the mail server has so many, or there are no more."""
        wait_until(lambda: self._has(number), f"{number} messages")

    def _has(self, number: int) -> bool:
        is_open = Reminder.objects.filter(state__in=OPEN).exists()
        return len(self.mail.taken().messages) >= number or not is_open

    def settle(self) -> None:
        """Until every row is at rest: where nothing can be done now, time passes."""
        for _ in range(STEPS):
            if not Reminder.objects.filter(state__in=OPEN).exists():
                return
            wait_until(lambda: not self._due().exists(), "the workers to take what is due")
            self._let_time_pass()

    def _let_time_pass(self) -> None:
        """To the moment when something can be done, unless it can now; until somebody looked."""
        with self.moment.stopped():
            now = self.moment.now()
            if not self._due().exists():
                now = max(self._next_moment() or now, now + people.MINUTE)
                self.moment.jump(now)
        wait_until(lambda: self.moment.looked_at == now, f"a worker to look at {now}")

    def _due(self):
        return Reminder.objects.due(self.moment.now())

    def _next_moment(self) -> datetime | None:
        """When the next row is to be tried again or its dead worker's lease runs out."""
        waiting = Reminder.objects.filter(state__in=OPEN)
        return waiting.aggregate(at=Min(Least(F("retry_at"), F("lease_until"))))["at"]

    def count(self, *, due: int, in_flight: int = 0) -> Tally:
        reminders = list(Reminder.objects.only("state", "letter"))
        rows = {row.message_id: row.state for row in reminders}
        of_row = {row.pk: row.message_id for row in reminders}
        letters = {row.message_id: of_row[row.letter] for row in reminders if row.letter}
        taken = [mid for mid, _to in self.mail.taken().messages]
        wrong = self._out_of_time()
        return tally.count(rows, taken, due=due, letters=letters, in_flight=in_flight, wrong=wrong)

    def _out_of_time(self) -> int:
        """Handed over when too late, or too soon after another letter to the same person."""
        handed = Reminder.objects.exclude(handed_at=None)
        late = handed.filter(handed_at__gte=F("expires_at")).count()
        letters = handed.annotate(by=Coalesce("letter", "pk"), person=F("patient__user"))
        order = ("person", "handed_at")
        times = list(letters.order_by(*order).values_list(*order, "by").distinct())
        pairs = zip(times, times[1:], strict=False)
        return late + sum(one == two and b - a < LEAST_GAP for (one, a, _), (two, b, _) in pairs)

    def restart_postgres(self) -> None:
        self.postgres.crash()
        connection.close()
        self.postgres.start()

"""How fast a minute's reminders are planned and claimed, among very many patients."""

import re
import resource
import time
from datetime import datetime, timedelta

from django.db import connection, transaction

from config.database import as_owner
from outbox.models import State
from reminders import channels, services
from reminders import planning as product
from reminders.models import Heartbeat, Reminder
from tests import owner
from tests.bench import multitude

MINUTE = timedelta(minutes=1)
CLAIM = 1000
MORNINGS = 3


def measure(size: int, morning: datetime) -> dict[str, object]:
    """Rows a second for the minute in which a tenth of all patients come due.

    The median of three mornings. The baseline is what no plan can do without: the same
    rows, ready made, inserted and claimed by two statements.
    """
    due = multitude.gather(size, today=morning.date())
    quiet = [idle_tick(morning + n * MINUTE) for n in range(6, 11)]
    before = memory()
    mornings = sorted((played(morning, due) for _ in range(MORNINGS)), key=sum)
    grown = memory() - before
    planning_took, claiming_took = mornings[MORNINGS // 2]
    planned = Reminder.objects.filter(state=State.CLAIMED).count()
    bare = bare_copy()
    give_back()
    return {
        "active_assignments": size,
        "due_in_one_minute": planned,
        "planned_per_s": round(planned / planning_took),
        "claimed_per_s": round(planned / claiming_took),
        "planned_and_claimed_per_s": round(planned / (planning_took + claiming_took)),
        "of_each_morning_per_s": [round(planned / sum(took)) for took in mornings],
        "bare_copy_to_planned_and_claimed": round(bare / (planning_took + claiming_took), 2),
        "worker_grew_by_mb": round(grown / 1024, 1),
        "tick_with_nothing_due_ms": round(sorted(quiet)[2] * 1000, 1),
        "tables_read_whole": tables_read_whole(morning),
    }


def played(morning: datetime, due: int) -> tuple[float, float]:
    """Seconds to plan this morning, as if for the first time, and to claim all of it."""
    Reminder.objects.filter(planned_at=morning).delete()
    owner.execute("VACUUM ANALYZE reminders_reminder")
    looked_until(morning - MINUTE)
    planned, planning_took = timed(lambda: services.tick(now=morning))
    claimed, claiming_took = timed(lambda: claim_all(morning))
    assert planned == claimed >= due, (planned, claimed, due)
    return planning_took, claiming_took


def looked_until(moment: datetime) -> None:
    last = {"beat_at": moment, "done_until": moment}
    Heartbeat.objects.update_or_create(name="reminders", defaults=last)


def idle_tick(moment: datetime) -> float:
    """Seconds that a tick takes when the minute is nobody's."""
    looked_until(moment - MINUTE)
    planned, took = timed(lambda: services.tick(now=moment))
    assert planned == 0, f"{moment} is somebody's minute"
    return took


def claim_all(now: datetime) -> int:
    claimed = 0
    while rows := Reminder.objects.claim(CLAIM, now=now):
        claimed += len(rows)
    return claimed


def bare_copy() -> float:
    """Seconds to insert the same rows into a table of the same shape, and to claim them there."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (LIKE reminders_reminder INCLUDING ALL)")
        _, took = timed(
            lambda: cursor.execute(
                "INSERT INTO bare SELECT * FROM reminders_reminder WHERE state = 'claimed'"
            )
        )
        _, claiming_took = timed(lambda: cursor.execute("UPDATE bare SET attempt = attempt + 1"))
        cursor.execute("DROP TABLE bare")
    return took + claiming_took


def tables_read_whole(morning: datetime) -> list[str]:
    """What the plan of the tick's statement does not find by an index; rightly nothing big."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(product.BY_INDEX)
        minutes = list(product.minutes_due("Europe/London", morning - MINUTE, morning))
        [email] = channels.CHANNELS.values()
        sql, parameters = product.statement(email, minutes, now=morning)
        cursor.execute(f"EXPLAIN {sql}", parameters)
        plan = " ".join(line for [line] in cursor.fetchall())
    return sorted(set(re.findall(r"Seq Scan on (\w+)", plan)))


def give_back() -> None:
    """As if nobody had claimed them."""
    Reminder.objects.filter(state=State.CLAIMED).update(
        state=State.DUE, lease_until=None, attempt=0
    )


def memory() -> int:
    """The most that this process has held so far, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def timed[T](work) -> tuple[T, float]:
    start = time.perf_counter()
    return work(), time.perf_counter() - start

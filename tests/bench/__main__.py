"""Measure on a database of our own, print one JSON object, leave nothing behind."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import django
from django.core.management import call_command

CLINICS, PATIENTS_EACH = 10, 50
SIZES = {"": 100_000, "full": 1_000_000}  # running assignments, by SIZE
MORNING = time(8, 30, 30)


def main() -> None:
    part = os.environ.get("PART", "")
    measured: dict[str, object] = {
        "on": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "load_of_the_machine": os.getloadavg(),
    }
    measured |= PARTS[part]() if part else every_part()
    print(json.dumps(measured, indent=2))


def every_part() -> dict[str, object]:
    """Each in a process and a database of its own."""
    measured: dict[str, object] = {}
    for part in PARTS:
        words = [sys.executable, "-m", "tests.bench"]
        environment = os.environ | {"PART": part}
        done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, check=True)
        measured |= json.loads(done.stdout)
    return measured


def phone() -> dict[str, object]:
    from tests.bench import phone

    return {"phone": phone.measure()}


@contextmanager
def filled_here(**environment: str) -> Iterator[dict[str, str]]:
    """Django in this process, with an empty database of its own; the database's addresses."""
    from tests.owner import own_database

    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "LOG_LEVEL": "ERROR",
        **environment,
    }
    with own_database("bench") as addresses:
        os.environ |= addresses
        django.setup()
        call_command("migrate", verbosity=0)
        yield addresses


def pages() -> dict[str, object]:
    """Each page as a multiple of an empty one, and the first page of a process."""
    with filled_here() as database:
        import clock
        from tests import owner
        from tests.bench import fresh, multiples, production

        measured = multiples.scenes(now=clock.now())
        owner.execute("VACUUM ANALYZE")
        with production.web(database) as server:
            found = multiples.measure(server, measured)
        with production.web(database, processes=1) as server:
            return {"pages": found, "first_pages": fresh.measure(server, measured)}


def monday() -> dict[str, object]:
    """A thousand patients and thirty clinicians within three minutes."""
    with filled_here() as database:
        import clock
        from tests import owner
        from tests.bench import monday, production

        people = monday.gather(now=clock.now())
        owner.execute("VACUUM ANALYZE")
        with production.web(database) as server:
            return {"monday_at_eight": monday.measure(server, people)}


def servers() -> dict[str, object]:
    """Signing in, planning and delivery, among many."""
    from tests.journeys.stack import free_port

    smtp_port = free_port()
    with filled_here(EMAIL_URL=f"smtp://127.0.0.1:{smtp_port}"):
        return figures(smtp_port)


PARTS = {"phone": phone, "pages": pages, "monday": monday, "servers": servers}


def figures(smtp_port: int) -> dict[str, object]:
    import clock
    from tests import owner
    from tests.bench import crowd, delivery, pages, planning, ways_in
    from tests.journeys.stack import free_port

    now = clock.now()
    list(crowd.gather(CLINICS, PATIENTS_EACH, now=now))
    owner.execute("VACUUM ANALYZE")
    port = free_port()
    with pages.web(port):
        signing_in = ways_in.measure(port)
    size = SIZES[os.environ.get("SIZE", "")]
    return {
        "postgresql": server_settings(),
        "patients": CLINICS * PATIENTS_EACH,
        "signing_in": signing_in,
        "planning": planning.measure(size, this_morning(now)),
        "delivery": delivery.measure(smtp_port),
    }


def server_settings() -> dict[str, str]:
    """What decides how fast this server is, beside the machine."""
    from django.db import connection

    names = ["server_version", "shared_buffers", "synchronous_commit", "fsync"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, current_setting(name) FROM unnest(%s::text[]) name", [names])
        return dict(cursor.fetchall())


def this_morning(now: datetime) -> datetime:
    """Half past eight where the patients live, on the day that it is there."""
    london = ZoneInfo("Europe/London")
    return datetime.combine(now.astimezone(london), MORNING, london).astimezone(UTC)


if __name__ == "__main__":
    main()

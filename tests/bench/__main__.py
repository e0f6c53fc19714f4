"""Measure on a database of our own, print one JSON object, leave nothing behind."""

import json
import os
import platform
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import django
from django.core.management import call_command
from django.urls import reverse

CLINICS, PATIENTS_EACH = 10, 50
SIZES = {"": 100_000, "full": 1_000_000}  # running assignments, by SIZE
MORNING = time(8, 30, 30)
SEARCHES = {
    "typed": "q=hamstring+stretch",
    "with_a_slip": "q=hamsting",
    "facets": "region=hip&region=calf&equipment=chair&avoid=KNEE&kept=favourite&kept=recent",
}


def main() -> None:
    part = os.environ.get("PART", "")
    measured: dict[str, object] = {
        "on": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "load_of_the_machine": os.getloadavg(),
    }
    if part in ("", "phone"):
        from tests.bench import phone

        measured["phone"] = phone.measure()
    if part in ("", "servers"):
        measured |= servers()
    print(json.dumps(measured, indent=2))


def servers() -> dict[str, object]:
    """Pages, planning and delivery, among many."""
    from tests.journeys.stack import free_port
    from tests.owner import own_database

    smtp_port = free_port()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
    os.environ["LOG_LEVEL"] = "ERROR"
    os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{smtp_port}"
    with own_database("bench") as addresses:
        os.environ |= addresses
        django.setup()
        call_command("migrate", verbosity=0)
        return figures(smtp_port)


def figures(smtp_port: int) -> dict[str, object]:
    import clock
    from tests import owner
    from tests.bench import crowd, delivery, pages, planning, shelf, ways_in
    from tests.journeys.stack import free_port

    now = clock.now()
    people = list(crowd.gather(CLINICS, PATIENTS_EACH, now=now))
    clinician, patient = people[0]
    exercises = shelf.fill(clinician.clinics_as_staff().get(), clinician, now=now)
    owner.execute("VACUUM ANALYZE")
    port = free_port()
    with pages.web(port):
        answers = {
            "caseload": pages.measure(port, reverse("caseload:caseload"), clinician),
            "library": pages.measure(port, reverse("exercises:list"), clinician),
            "library_search": {
                asked: pages.measure(port, f"{reverse('exercises:list')}?{query}", clinician)
                for asked, query in SEARCHES.items()
            },
            "today": pages.measure(port, reverse("today:today"), patient),
        }
        signing_in = ways_in.measure(port)
    size = SIZES[os.environ.get("SIZE", "")]
    return {
        "postgresql": server_settings(),
        "patients": CLINICS * PATIENTS_EACH,
        "patients_in_a_caseload": PATIENTS_EACH,
        "exercises": exercises,
        "pages": answers,
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

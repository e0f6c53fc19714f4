"""How reminders run, from the terminal."""

import json
from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import clock
from accounts.models import AddressTrouble
from reminders import delivery_stats, operating_words
from reminders.alarms import alarms
from reminders.management.moments import a_moment


class Command(BaseCommand):
    help = "How reminders run today; addresses that were closed by mistake."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        status = verbs.add_parser(
            "status", help="today's figures; exit status 1 if all is not well"
        )
        status.add_argument("--json", action="store_true", help="for machines")
        reopen = verbs.add_parser(
            "reopen",
            help="write again to addresses refused since a moment, after a relay's mistake",
        )
        reopen.add_argument("--since", type=a_moment, required=True, help="2026-11-23T08:00+00:00")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "status":
            self._status(as_json=options["json"], now=clock.now())
        else:
            self._reopen(options["since"])

    def _status(self, *, as_json: bool, now: datetime) -> None:
        [today] = delivery_stats.days(1, now=now)
        standing = delivery_stats.standing(now=now)
        causes = delivery_stats.causes(today.on)
        troubles = [operating_words.of_alarm(alarm) for alarm in alarms(standing)]
        write = _as_json if as_json else _as_text
        self.stdout.write(write(today, standing, causes, troubles))
        if troubles:
            raise CommandError("\n".join(troubles), returncode=1)

    def _reopen(self, since: datetime) -> None:
        number, _by_model = AddressTrouble.objects.closed().filter(counted_at__gte=since).delete()
        self.stdout.write(f"{number} addresses are written to again.")


def _as_text(
    today: delivery_stats.Day,
    standing: delivery_stats.Standing,
    causes: list[delivery_stats.Cause],
    troubles: list[str],
) -> str:
    addresses = standing.addresses
    lines = [
        ("Day (UTC)", f"{today.on}"),
        ("Last tick", operating_words.length(standing.tick)),
        ("Planned", today.planned),
        ("Sent", today.sent),
        ("  within 60 s", operating_words.percent(today.share_on_time)),
        ("  half within", operating_words.length(today.late_half)),
        ("  99 % within", operating_words.length(today.late_99)),
        ("Kept back", today.skipped),
        ("Refused", today.failed),
        ("May have arrived", today.uncertain),
        ("Too late", today.expired),
        ("Open", today.waiting),
        ("Behind, reminders", _waiting(standing.reminders)),
        ("Behind, letters", _waiting(standing.letters)),
        ("Addresses closed", f"{addresses['refused']} refused, {addresses['paused']} paused"),
    ]
    text = [f"{name:<20}{value}" for name, value in lines]
    text += [f"{cause.number:>8}  {operating_words.of_cause(cause)}" for cause in causes]
    return "\n".join([*text, *([] if troubles else ["All is well."])])


def _waiting(waiting: delivery_stats.Waiting) -> str:
    oldest = f", the first for {operating_words.length(waiting.oldest)}" if waiting.oldest else ""
    return f"{waiting.number}{oldest}"


def _as_json(
    today: delivery_stats.Day,
    standing: delivery_stats.Standing,
    causes: list[delivery_stats.Cause],
    troubles: list[str],
) -> str:
    """Lengths in seconds."""
    found = {
        "today": {**vars(today), "share_on_time": today.share_on_time},
        **{name: value for name, value in vars(standing).items() if name != "is_stalled"},
        "causes": causes,
        "troubles": troubles,
    }
    return json.dumps(found, default=_plain, indent=2)


def _plain(value: Any) -> Any:
    if isinstance(value, timedelta):
        return value.total_seconds()
    return vars(value) if hasattr(value, "__dict__") else str(value)

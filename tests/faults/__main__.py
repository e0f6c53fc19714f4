"""Run all scenarios and print a line for each; exit status 1 if one of them broke the promise."""

import argparse
import importlib
import random
import secrets
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import astuple
from pathlib import Path
from types import ModuleType

from config.servers import processes
from tests.faults.servers import Postgres, Redis, environment

NAMES = ("zones", "two_beats", "kills", "broker", "database", "mail_server", "clock_jumps")


def main() -> int:
    given = parsed()
    processes.end_on(signal.SIGTERM, signal.SIGHUP)
    print(f"seed {given.seed}", flush=True)
    with folder() as place, ExitStack() as stack:
        stage = set_stage(place, stack, given)
        return play(stage, given.only or NAMES)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--long", action="store_true", help="twenty times as much of everything")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("only", nargs="*", metavar="SCENARIO", help=", ".join(NAMES))
    return parser.parse_args()


@contextmanager
def folder() -> Iterator[Path]:
    """Gone afterwards; the accounts that the servers run as may pass through it."""
    place = Path(tempfile.mkdtemp(prefix="faults-"))
    place.chmod(0o755)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def set_stage(place: Path, stack: ExitStack, given: argparse.Namespace):
    """Bring the servers and a database full of people. Django can begin only then."""
    postgres = stack.enter_context(closing(Postgres(place)))
    redis = stack.enter_context(closing(Redis(place)))
    environment(place, postgres, redis)

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)

    from tests.faults.fleet import Fleet, MailServer
    from tests.faults.moment import Moment
    from tests.faults.stage import Stage
    from tests.faults.tickets import Tickets

    mail = stack.enter_context(closing(MailServer()))
    return Stage(
        postgres=postgres,
        redis=redis,
        mail=mail,
        fleet=stack.enter_context(closing(Fleet(place, mail))),
        moment=Moment(place),
        tickets=Tickets(place),
        chance=random.Random(given.seed),
        is_long=given.long,
    )


def play(stage, names: list[str]) -> int:
    """Each scenario in turn, one that fails no less than the others; the exit status."""
    from tests.faults.tally import COLUMNS

    print(f"{'':30}" + "".join(f"{name:>11}" for name in COLUMNS), flush=True)
    broken = [
        name
        for name in names
        if not kept_promise(stage, importlib.import_module(f"tests.faults.{name}"))
    ]
    print(f"broken: {', '.join(broken)}" if broken else "every promise kept", flush=True)
    return 1 if broken else 0


def kept_promise(stage, scenario: ModuleType) -> bool:
    begun = time.monotonic()
    stage.tickets.collect()
    try:
        counted, what = scenario.run(stage)
    except AssertionError as error:
        print(f"{scenario.NAME:30}BROKEN: {error}", flush=True)
        return False
    figures = "".join(f"{number:>11,}" for number in astuple(counted))
    print(f"{scenario.NAME:30}{figures}   {what}, {time.monotonic() - begun:.0f} s", flush=True)
    for fault in counted.faults:
        print(f"{'':30}BROKEN: {fault}", flush=True)
    return not counted.faults


if __name__ == "__main__":
    sys.exit(main())

"""To be run after a restore, before anything is started again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import clock
from outbox.restore import GivenUp
from reminders import services
from reminders.management.moments import a_moment


class Command(BaseCommand):
    help = (
        "After the database was restored from a backup, and before workers start again: send"
        " nothing that was due before. It may have been sent after the backup was made."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--restored-at",
            type=a_moment,
            metavar="MOMENT",
            help="when the restored database took over, such as 2026-11-23T08:00+00:00; else now",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        restored_at = options["restored_at"] or now
        if restored_at > now:
            raise CommandError("The restore cannot lie in the future.")
        done = services.after_restore(restored_at=restored_at, now=now)
        self.stdout.write(f"Restored at {restored_at:%Y-%m-%d %H:%M:%S %Z}.")
        self.stdout.write(f"Reminders: {_in_words(done.reminders)}")
        self.stdout.write(f"Letters:   {_in_words(done.letters)}")
        self.stdout.write("Sign-in codes can be asked for again; invitations can be sent again.")


def _in_words(given_up: GivenUp) -> str:
    expired, uncertain = given_up
    return f"{expired} will not be sent, {uncertain} may have arrived."

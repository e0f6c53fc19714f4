"""Fill an empty database with the demo clinic."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

import clock
from demo import clinic


class Command(BaseCommand):
    help = "Load the demo clinic into an empty database; twice adds nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            added = clinic.load(now=clock.now())
        except clinic.NotADemo as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["verbosity"]:
            self.stdout.write("The demo clinic is ready." if added else "It is there already.")

"""Who may see how the machine runs. Only someone with a terminal decides that."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import clock
from accounts import mail_addresses, services


class Command(BaseCommand):
    help = "Let somebody see the page with the reminders' figures; it shows nobody's data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address they sign in with")
        parser.add_argument("--remove", action="store_true", help="take it away again")

    def handle(self, *args: Any, **options: Any) -> None:
        email, now = options["email"], clock.now()
        try:
            if options["remove"]:
                services.unmake_operator(email, now=now)
                self.stdout.write(f"{email} is no operator any more.")
            else:
                user = services.make_operator(email, now=now)
                self.stdout.write(f"{mail_addresses.shown(user.address)} is an operator.")
        except services.NotPossible as refusal:
            raise CommandError(str(refusal)) from refusal

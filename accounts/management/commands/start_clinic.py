"""A real clinic and its lead, from the terminal."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

import clock
from accounts import mail_addresses, passwords, services, telephone, words
from accounts.contact import BRITISH, Numbers
from accounts.countries import validate_country
from accounts.models import Membership, User
from accounts.zones import canonical, validate_time_zone


class Command(BaseCommand):
    help = "Set up a clinic with its lead, and print a link to choose the lead's password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("clinic", help="name of the clinic")
        parser.add_argument("email", help="the lead's e-mail address")
        parser.add_argument("--name", default="", help="the lead's name")
        parser.add_argument("--time-zone", default="Europe/London", help="such as Europe/London")
        parser.add_argument("--country", default=BRITISH.country, help="two letters, such as GB")
        parser.add_argument("--emergency-number", help="as dialled in that country")
        parser.add_argument("--advice-number", help="for health advice; may be left out")
        way = parser.add_mutually_exclusive_group()
        way.add_argument("--password", action="store_true", help="ask for a password here")
        way.add_argument("--password-stdin", action="store_true", help="read a password from stdin")

    def handle(self, *args: Any, **options: Any) -> None:
        self._refuse_nonsense(options)
        numbers = self._numbers(options)
        password = self._password(options)
        try:
            membership = services.start_clinic(
                options["clinic"].strip(),
                email=options["email"],
                person_name=options["name"].strip(),
                time_zone=canonical(options["time_zone"]),
                now=clock.now(),
                password=password,
                numbers=numbers,
            )
        except services.HasAccount as error:
            raise CommandError(f"{options['email']}: {error} No clinic was made.") from error
        except services.NotPossible as error:
            raise CommandError(f"{error} No clinic was made.") from error
        self._say(membership, password is None)

    def _refuse_nonsense(self, options: dict[str, Any]) -> None:
        """CommandError, in one line, before anything is made."""
        for label, field in (("clinic", options["clinic"]), ("name", options["name"])):
            if len(field) > 120 or (label == "clinic" and not field.strip()):
                raise CommandError(f"The {label} must be 1 to 120 characters long.")
        try:
            mail_addresses.read(options["email"])
            validate_time_zone(options["time_zone"])
        except mail_addresses.NotAnAddress as error:
            raise CommandError(words.not_an_address(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def _numbers(self, options: dict[str, Any]) -> Numbers:
        """CommandError for what cannot be dialled there; only Britain's are known without asking."""
        country, emergency, advice = (
            options[name] for name in ("country", "emergency_number", "advice_number")
        )
        if country == BRITISH.country:
            emergency = emergency or BRITISH.emergency_number
            advice = BRITISH.advice_number if advice is None else advice
        try:
            validate_country(country)
            if not emergency:
                raise CommandError(f"Give the --emergency-number of {country} too.")
            return Numbers(
                country=country,
                emergency_number=telephone.read(emergency, country, takes_short=True),
                advice_number=telephone.read(advice or "", country, takes_short=True),
            )
        except ValidationError as error:
            raise CommandError(
                f"{country} is no country we know: write two letters, such as GB."
            ) from error
        except telephone.NotANumber as error:
            raise CommandError(words.not_a_number(error)) from error

    def _password(self, options: dict[str, Any]) -> str | None:
        if options["password_stdin"]:
            password = sys.stdin.readline().rstrip("\n")
        elif options["password"]:
            password = getpass.getpass("Password for the lead: ")
        else:
            return None
        try:
            person = User(email=options["email"], name=options["name"])
            validate_password(password, person, passwords.validators(options["clinic"]))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return password

    def _say(self, membership: Membership, needs_link: bool) -> None:
        address = mail_addresses.shown(membership.user.address)
        self.stdout.write(f"{membership.clinic} is ready; {address} leads it.")
        if needs_link:
            self.stdout.write("Sent by e-mail, and works once, for a day:")
            self.stdout.write(membership.user.password_link())

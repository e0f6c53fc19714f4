"""``manage.py catch_mail``: the demo's mail server, on this machine only."""

import logging
import signal
import threading

from aiosmtpd.controller import Controller
from django.core.management.base import BaseCommand, CommandParser

import clock
from demo.catcher import Catcher, folder


class Command(BaseCommand):
    help = "Catch every e-mail over SMTP and keep it in DATA_DIR/mail, until stopped."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=1025)

    def handle(self, *, port: int, **options: object) -> None:
        logging.getLogger("mail.log").setLevel(logging.WARNING)  # below, it tells addresses
        controller = Controller(Catcher(clock.now), hostname="127.0.0.1", port=port)
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        controller.start()
        self.stdout.write(f"Catching mail on 127.0.0.1:{port}, keeping it in {folder()}.")
        stopped.wait()
        controller.stop()

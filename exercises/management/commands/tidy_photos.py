"""`manage.py tidy_photos`: delete photos that nothing shows, and files that no photo has."""

from typing import Any

from django.core.management.base import BaseCommand

import clock
from exercises.services.photos import tidy


class Command(BaseCommand):
    help = "Delete photos that no exercise shows, and files left behind. Beat does it every night."

    def handle(self, *args: Any, **options: Any) -> None:
        gone = tidy(now=clock.now())
        self.stdout.write(f"{gone.photos} photos and {gone.files} files deleted.")

"""`manage.py load_library`: bring the shared exercises to what the files say."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

import clock
from exercises import library
from exercises.services.loading import load
from exercises.tasks import draw_pictures
from outbox.publish import publish_after_commit


class Command(BaseCommand):
    help = "Load the exercise library. Unchanged exercises stay; changed ones get a new version."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder",
            type=Path,
            default=library.FOLDER,
            help="Load the files of this folder; exercises that are not in it stay as they are.",
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            entries = library.read(folder)
        except library.LibraryError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        published = load(entries, now=clock.now())
        publish_after_commit(draw_pictures)
        for exercise in published:
            if exercise.is_new:
                self.stdout.write(f"{exercise.slug}: version {exercise.number}")
        unchanged = sum(not exercise.is_new for exercise in published)
        self.stdout.write(f"{len(published)} exercises, {unchanged} of them unchanged.")

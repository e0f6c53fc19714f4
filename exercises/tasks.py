"""What beat, and whoever publishes an exercise, asks of exercises."""

from celery import shared_task

import clock
from exercises import kept_pictures
from exercises.models import ExerciseVersion
from exercises.services import photos


@shared_task
def tidy_photos() -> None:
    """Every night: what a crash left behind goes. Running it twice changes nothing."""
    photos.tidy(now=clock.now())


@shared_task
def draw_pictures() -> None:
    """After each change and every night: the figures of the library are drawn before somebody asks
    for them, the newest first. Running it twice changes nothing.
    """
    kept_pictures.draw(ExerciseVersion.objects.current().order_by("-published_at"))

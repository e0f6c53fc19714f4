"""A programme as a page to keep: one HTML file with all that it needs, for as long as its owner
keeps it.

It says what the handout says. Nothing in it asks for anything: styles and the script stand in it,
named by their hash, and whatever somebody wrote is text. docs/adr/0052 says why.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from exercises import drawing, print_images
from exercises.dose import DAYS_IN_A_WEEK, Dose, Range, target_of
from exercises.models import Photo
from exercises.words.dose import short_day
from programmes import handout
from programmes.handout import About, Words
from programmes.models import Item

WEEKS = 4  # of the table to tick off; it can be emptied and used again
PHOTO_SIDES = (480, 360, 260, 180)  # pixels; the largest at which all of them have room
ROOM_FOR_PHOTOS = 300_000  # letters: a file of ten exercises stays below a megabyte


@dataclass(frozen=True)
class Inlined:
    """A file of ours that stands in the page, and its name in the page's policy."""

    text: SafeString
    source: str


def page(items: Sequence[Item], about: About, *, on: date, key: UUID) -> str:
    """The file, as saved ``on`` this local date, in the active language.

    Items come with their exercise version and its shown photos. What was ticked off is kept under
    the ``key``: the same one in each file of the same programme.
    """
    said = handout.facts(items, about, on=on)
    photos = _photos(items)
    exercises = [
        exercise
        | {
            "figure": _figure(item),
            "photos": photos[item.pk],
            "steps": list(_steps(exercise["steps"], item)),
        }
        for exercise, item in zip(said["exercises"], items, strict=True)
    ]
    context = said | {
        "exercises": exercises,
        "phone": about.clinic.phone,
        "saved": date_format(on, "LONG_DATE"),
        "has_ended": about.ended_on is not None,
        "ticks": _ticks([item.numbers for item in items], about),
        "key": key,
        "style": inlined("keepsake.css").text,
        "script": inlined("keepsake.js").text,
        "policy": policy(),
    }
    return render_to_string("programmes/keepsake.html", context)


def policy() -> str:
    """Only our own style and script run, and nothing is asked of anybody."""
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src {inlined('keepsake.css').source}",
            f"script-src {inlined('keepsake.js').source}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def inlined(name: str) -> Inlined:
    """A file of static/built. It holds nothing that anybody wrote, and does not end its element."""
    text = Path(str(finders.find(name))).read_text()
    source = b64encode(sha256(text.encode()).digest()).decode()
    return Inlined(mark_safe(text), f"'sha256-{source}'")  # noqa: S308  our own, as built


# --- pictures


def _figure(item: Item) -> Words | None:
    """The movement, with the pose it rests on."""
    version = item.exercise_version
    if not version.figure:
        return None
    figure = drawing.drawn(version)
    return {
        "rests": _shapes(drawing.resting(version, item.side)),
        "words": figure.words,
        "motion": drawing.motion(figure),
        "side": item.side,
        "left": drawing.letter("left"),
        "right": drawing.letter("right"),
        "muscles": drawing.muscles(version),
    }


def _steps(said: Iterable[Words], item: Item) -> Iterable[Words]:
    """Each with the pose that shows it, where one does."""
    version = item.exercise_version
    for step, written in zip(said, version.written, strict=True):
        picture = drawing.of_step(version, written.number, item.side)
        yield step | {"picture": _shapes(picture)}


def _shapes(drawn: drawing.Drawing) -> Words:
    shapes = mark_safe(drawn.shapes)  # noqa: S308  numbers only
    return {"shapes": shapes, "box": drawn.view_box, "says": drawn.words}


def _photos(items: Sequence[Item]) -> dict[UUID, list[Words]]:
    """Of each item; smaller ones where there are many."""
    shown = {
        item.pk: [(one.photo, one.words) for one in item.exercise_version.shown.all()]
        for item in items
    }
    photos = [photo for of_item in shown.values() for photo, _words in of_item]
    small = _small(photos)
    return {
        key: [
            small[photo.pk]._asdict() | {"says": words}
            for photo, words in of_item
            if photo.pk in small
        ]
        for key, of_item in shown.items()
    }


def _small(photos: Iterable[Photo]) -> dict[UUID, print_images.Inline]:
    found: dict[UUID, print_images.Inline] = {}
    for side in PHOTO_SIDES:
        made = ((photo.pk, print_images.small_photo(photo, long_side=side)) for photo in photos)
        found = {key: picture for key, picture in made if picture}
        if sum(len(picture.address) for picture in found.values()) <= ROOM_FOR_PHOTOS:
            break
    return found


# --- the table to tick off


def _ticks(doses: Sequence[Dose], about: About) -> Words:
    """The same week four times, with no dates: it serves for as long as somebody exercises."""
    week = [
        {"short": short_day(day), "name": WEEKDAYS[day], "boxes": list(_boxes(target))}
        for day, target in enumerate(_usual_week(doses, about.starts_on))
    ]
    weeks = [_("Week %(n)d") % {"n": number} for number in range(1, WEEKS + 1)]
    return handout.about_ticks() | {"weeks": weeks, "week": week, "rest": _("rest")}


def _usual_week(doses: Sequence[Dose], starts_on: date | None) -> list[Range | None]:
    """How often from Monday to Sunday. Every day where it is no matter of weekdays: which days
    they are is said beside each exercise.
    """
    if starts_on is None or any(dose.every_days not in (None, 1) for dose in doses):
        return [Range.largest(dose.per_day for dose in doses)] * DAYS_IN_A_WEEK
    monday = starts_on + timedelta(DAYS_IN_A_WEEK - starts_on.weekday())
    days = (monday + timedelta(n) for n in range(DAYS_IN_A_WEEK))
    return [target_of(doses, day, starts_on=starts_on) for day in days]


def _boxes(target: Range | None) -> Iterable[Words]:
    counted = handout.boxes("", target, True)
    for number in range(1, counted["boxes"] + counted["bonus"] + 1):
        yield {"number": number, "is_bonus": number > counted["boxes"]}

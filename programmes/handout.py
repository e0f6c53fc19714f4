"""A programme on paper: for patients without e-mail, and for everybody who wants to print it.

Here it is put into words and pictures; ``typesetting`` makes the PDF of them. ``keepsake`` says
the same in a page to keep.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Clinic
from exercises import print_images
from exercises.dose import DAYS_IN_A_WEEK, EVERY_DAY, Dose, Range, target_of
from exercises.drawing import drawn
from exercises.models import ExerciseVersion
from exercises.phases import Step
from exercises.words.dose import frequency_sentence, in_picture, instructions, short_day
from exercises.words.phases import phase_label
from figures import Figure
from programmes import safety
from programmes.models import Item
from programmes.summary import Summary
from programmes.typesetting import Layout, typeset
from programmes.words import sum_of

WEEKS = 6  # of the table to tick off: until the usual review
PHOTOS = 3  # of an exercise: one row
LETTER = frozenset(
    ["US", "CA", "MX", "PH", "CL", "CO", "CR", "GT", "NI", "PA", "PR", "SV", "VE"]
)  # elsewhere A4
Words = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class About:
    """What stands above and below the exercises. Without a start, the table has no dates;
    after the end there is nothing to tick off.

    ``origin`` says who stands behind the whole, ``chosen`` who chose an item, by its key.
    """

    title: str
    clinic: Clinic
    advice: str = ""
    starts_on: date | None = None
    ended_on: date | None = None
    origin: str = ""
    chosen: Mapping[UUID, str] = field(default_factory=dict)


def pdf(
    items: Sequence[Item],
    about: About,
    *,
    on: date,
    now: datetime,
    layout: Layout = Layout.COMPACT,
    all_the_same: bool = False,
) -> bytes:
    """The handout, as printed ``on`` this local date: a tagged PDF in the active language.

    Items come with their exercise version and its shown photos. Raises LettersMissing for
    letters that cannot be printed, unless they may be boxes ``all_the_same``.
    """
    ticks = _ticks if layout == Layout.LONG else _ticks_of_a_week
    to_tick = items if about.ended_on is None else []
    words = _contents(items, about, on=on) | {"ticks": ticks(to_tick, about, on)}
    if layout == Layout.COMPACT:
        words = _choice_said_once(words)
    return typeset(words, layout, now=now, all_the_same=all_the_same)


def _choice_said_once(words: Words) -> Words:
    """Who chose the exercises stands above them all, where it is the same of each."""
    chosen = {exercise["chosen"] for exercise in words["exercises"]}
    if len(chosen) != 1:
        return words | {"chosen": ""}
    exercises = [exercise | {"chosen": ""} for exercise in words["exercises"]]
    return words | {"chosen": chosen.pop(), "exercises": exercises}


def _contents(items: Sequence[Item], about: About, *, on: date) -> Words:
    """All that the PDF says, as plain data."""
    language, _dash, region = (get_language() or "en").partition("-")
    said = facts(items, about, on=on)
    drawn = zip(said["exercises"], items, strict=True)
    return said | {
        "paper": "us-letter" if about.clinic.country in LETTER else "a4",
        "language": language,
        "region": region,
        "logo": _logo(about.clinic),
        "printed": date_format(on, "LONG_DATE"),
        "page": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
        "continued": _("%(name)s, continued") % {"name": "{name}"},
        "exercises": [exercise | _pictures(item) for exercise, item in drawn],
    }


def facts(items: Sequence[Item], about: About, *, on: date) -> Words:
    """What is said of the programme ``on`` this local date, without a picture."""
    return {
        "title": about.title,
        "clinic": about.clinic.name,
        "begin": _beginning(about, on),
        "summary": sum_of(Summary.of(items)),
        "origin": about.origin,
        "advice": {"title": _("From your physiotherapist"), "text": about.advice},
        "stop": safety.when_to_stop(
            bends_backwards=any(item.exercise_version.bends_backwards for item in items)
        ),
        "exercises": [_exercise(item, about.chosen.get(item.pk, "")) for item in items],
        "help": safety.when_to_get_help(about.clinic),
    }


def _logo(clinic: Clinic) -> Words | None:
    picture = print_images.logo(clinic)
    if not picture:
        return None
    # Translators: for people who cannot see the picture.
    says = _("Logo of %(clinic)s") % {"clinic": clinic.name}
    return {"picture": picture, "says": says, "ratio": clinic.logo_ratio}


def _beginning(about: About, on: date) -> str:
    if about.ended_on is not None:
        words = _("This programme ended on %(date)s. Ask your clinic if you should still do it.")
        return words % {"date": date_format(about.ended_on, "LONG_DATE")}
    if about.starts_on is None or about.starts_on <= on:
        return ""
    return _("Start on %(date)s.") % {"date": date_format(about.starts_on, "LONG_DAY")}


# --- one exercise


def _exercise(item: Item, chosen: str) -> Words:
    version = item.exercise_version
    return {
        "cues": list(_cues(item)),
        "name": version.name,
        "dose": instructions(item.dose),
        "often": frequency_sentence(item.dose),
        "side": _sentence(item.side_in_words),
        "told": version.summed_up,
        "note": {"title": _("Note for you"), "text": item.note},
        "steps": [_step(step, item) for step in version.written],
        "feel": {"title": _("What you should feel"), "text": version.feel},
        "care": {"title": _("Take care"), "lines": version.cautions},
        "ask": {"title": _("Ask first if"), "lines": version.ask_first_if},
        "chosen": chosen,
    }


def _pictures(item: Item) -> Words:
    photos = list(_photos(item.exercise_version))
    return {"cover": _cover(item, photos), "photos": photos, "steps": list(_steps(item))}


def _steps(item: Item) -> Iterator[Words]:
    """Each written step with its phase, and its picture where there is one."""
    version = item.exercise_version
    figure = drawn(version) if version.figure else None
    for step in version.written:
        frame = figure.frame_for(step.number) if figure else None
        yield _step(step, item) | {"picture": None, "says": ""} | _pose(figure, frame, item)


def _cues(item: Item) -> Iterator[Words]:
    """The steps in short; where nobody has written that, the steps."""
    version = item.exercise_version
    if version.cues:
        return ({"phase": "", "text": cue} for cue in version.cues)
    return (_step(step, item) for step in version.written)


def _step(step: Step, item: Item) -> Words:
    return {"phase": phase_label(step.phase, item.numbers), "text": step.text}


def _pose(figure: Figure | None, frame: int | None, item: Item) -> Words:
    if figure is None or frame is None:
        return {}
    picture = print_images.drawing(figure, frame, item.side, in_picture(item.dose))
    return {"picture": picture, "says": figure.frames[frame].says}


def _cover(item: Item, photos: Sequence[Words]) -> Words | None:
    """The one picture of the compact form: the pose that tells most, else a photo."""
    if not item.exercise_version.figure:
        return photos[0] if photos else None
    figure = drawn(item.exercise_version)
    return _pose(figure, figure.telling, item)


def _photos(version: ExerciseVersion) -> Iterator[Words]:
    for shown in version.shown.all()[:PHOTOS]:
        if picture := print_images.photo(shown.photo):
            yield {"picture": picture, "says": shown.words}


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""


# --- the table to tick off


def _ticks(items: Sequence[Item], about: About, on: date) -> Words:
    """Six weeks with a box for each session: from today, or from a start that is still to come."""
    doses = [item.numbers for item in items]
    weeks = _dated(doses, about.starts_on, on) if about.starts_on else _undated(doses)
    return about_ticks() | {
        "heads": [_("Week"), *(short_day(day) for day in sorted(EVERY_DAY))],
        "weeks": list(weeks) if doses else [],
    }


def _ticks_of_a_week(items: Sequence[Item], about: About, on: date) -> Words:
    """A week of each exercise: from today, or from a start that is still to come."""
    first = max(about.starts_on or on, on)
    days = [first + timedelta(n) for n in range(DAYS_IN_A_WEEK)]
    return about_ticks() | {
        "heads": [_("Exercise"), *map(_head, days)] if about.starts_on else _any_week(),
        "rows": [
            {
                "name": item.exercise_version.name,
                "days": [_boxes_of(item.numbers, day, about.starts_on) for day in days],
            }
            for item in items
        ],
    }


def _head(day: date) -> str:
    return f"{short_day(day.weekday())} {day.day}"


def _any_week() -> list[str]:
    return [_("Exercise"), *(short_day(day) for day in sorted(EVERY_DAY))]


def _boxes_of(dose: Dose, day: date, starts_on: date | None) -> Words:
    """Without a start, which days they are is said beside the exercise."""
    asked = target_of([dose], day, starts_on=starts_on) if starts_on else dose.per_day
    return boxes("", asked, True) | {"rest": _("rest")}


def about_ticks() -> Words:
    """What the table is for, and how to read it."""
    return {
        "title": _("Tick off your sessions"),
        "text": _(
            "Put a tick in a box each time you have gone through your exercises."
            " Bring this page to your next visit."
        ),
        "bonus": _("A dotted box is a bonus: tick it if you did one more."),
    }


def _dated(doses: Sequence[Dose], starts_on: date, on: date) -> Iterator[Words]:
    first = max(starts_on, on)
    monday = first - timedelta(first.weekday())
    for week in range(WEEKS):
        begins = monday + timedelta(week * DAYS_IN_A_WEEK)
        days = [begins + timedelta(n) for n in range(DAYS_IN_A_WEEK)]
        yield {
            "name": date_format(begins, "SHORT_DATE"),
            "days": [
                boxes(str(day.day), target_of(doses, day, starts_on=starts_on), day >= first)
                for day in days
            ],
        }


def _undated(doses: Sequence[Dose]) -> Iterator[Words]:
    """Every day with its boxes: which days they are is said beside each exercise."""
    often = _most(dose.per_day for dose in doses)
    for week in range(1, WEEKS + 1):
        name = _("Week %(n)d") % {"n": week}
        yield {"name": name, "days": [boxes("", often, True)] * DAYS_IN_A_WEEK}


def _most(ranges: Iterable[Range]) -> Range | None:
    return Range.largest(ranges)


def boxes(day: str, target: Range | None, is_ahead: bool) -> Words:
    """How many to tick on a day, and how many more as a bonus."""
    if target is None or not is_ahead:
        return {"day": day, "boxes": 0, "bonus": 0}
    return {"day": day, "boxes": target.min, "bonus": target.max - target.min}

"""Pain scores as a line: where each point goes in a drawing. Pure.

What is said of it is in ``patients.words``.

Coordinates are those of an SVG view box, WIDTH × HEIGHT units, 0 at the top left.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from statistics import fmean

from patients.facts import Pain
from patients.plan_changes import PlanChange

WIDTH, HEIGHT = 440, 180
LEFT, RIGHT, TOP, BOTTOM = 24, 424, 12, 150  # of the field in which the line runs
HIGHEST = 10  # score
GRID = (0, 3, 6, 10)  # scores with a line of their own
DATES_EVERY = (1, 2, 7, 14, 28, 56, 112)  # days between the dates along the bottom, at most …
DATES_MOST = 4  # … so many times
DOTS_MOST = 90
NUMBER_WIDTH = 16  # of the number above a change
MIDDAY = 12  # where a date stands, and the score of a day that has one


@dataclass(frozen=True)
class Reading:
    """A score, and the hour of its day, 0 to 24, in the patient's own time."""

    pain: Pain
    hour: float


@dataclass(frozen=True)
class Point:
    """Where a score stands in the drawing."""

    x: float
    y: float
    pain: Pain


@dataclass(frozen=True)
class Level:
    """A horizontal line, and its score."""

    x: float
    y: float
    score: int


@dataclass(frozen=True)
class DateMark:
    """A date along the bottom."""

    x: float
    y: float
    on: date


@dataclass(frozen=True)
class ChangeMark:
    """An upright line where other exercises came into force, with its number in the list."""

    x: float
    number: int
    change: PlanChange
    has_room: bool  # for its number: the one before is not too close


@dataclass(frozen=True)
class PainLine:
    """Readings from one date to another, oldest first; at least one.

    ``changes`` are those of the programme between the two dates, oldest first.
    """

    readings: Sequence[Reading]
    since: date
    until: date
    changes: Sequence[PlanChange] = ()

    width, height, right, top, bottom = WIDTH, HEIGHT, RIGHT, TOP, BOTTOM

    @property
    def first(self) -> Pain:
        return self.readings[0].pain

    @property
    def last(self) -> Pain:
        return self.readings[-1].pain

    @property
    def lowest(self) -> int:
        return min(reading.pain.score for reading in self.readings)

    @property
    def highest(self) -> int:
        return max(reading.pain.score for reading in self.readings)

    @cached_property
    def points(self) -> list[Point]:
        return [
            Point(self._x(pain.on, hour), _y(pain.score), pain)
            for pain, hour in ((reading.pain, reading.hour) for reading in self.readings)
        ]

    @property
    def path(self) -> str:
        """What an SVG polyline takes: "x,y x,y"."""
        return _path((point.x, point.y) for point in self.points)

    @property
    def weekly_path(self) -> str:
        """The means of the weeks from Monday to Sunday, which show where a dense line goes."""
        weeks = groupby(self.points, key=lambda point: point.pain.on.isocalendar()[:2])
        return _path(_middle(list(points)) for _week, points in weeks)

    @property
    def levels(self) -> list[Level]:
        """A horizontal line for each score of the grid."""
        return [Level(LEFT, _y(score), score) for score in GRID]

    @property
    def is_dense(self) -> bool:
        """So many readings that a dot on each would hide the line."""
        return len(self.readings) > DOTS_MOST

    @property
    def dots(self) -> list[Point]:
        """The points that are drawn: every one, or of a dense line its two ends."""
        points = self.points
        return [points[0], points[-1]] if self.is_dense else points

    @property
    def marks(self) -> list[ChangeMark]:
        """One for each change, numbered from 1."""
        marks: list[ChangeMark] = []
        numbered_up_to = float(LEFT - NUMBER_WIDTH)
        for number, change in enumerate(self.changes, start=1):
            x = self._x(change.on)
            has_room = x - numbered_up_to >= NUMBER_WIDTH
            numbered_up_to = x if has_room else numbered_up_to
            marks.append(ChangeMark(x, number, change, has_room))
        return marks

    @property
    def dates(self) -> list[DateMark]:
        """A few dates along the bottom, each below the middle of its day; the last one today."""
        days = (self.until - self.since).days
        every = next((n for n in DATES_EVERY if days // n <= DATES_MOST), DATES_EVERY[-1])
        dates = [self.until - timedelta(back) for back in range(0, days + 1, every)]
        return [DateMark(self._x(on, MIDDAY), HEIGHT - 6, on) for on in reversed(dates)]

    def _x(self, on: date, hour: float = 0) -> float:
        days = (self.until - self.since).days + 1
        share = ((on - self.since).days + hour / 24) / days
        return round(LEFT + share * (RIGHT - LEFT), 1)


def _path(corners: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in corners)


def _middle(points: Sequence[Point]) -> tuple[float, float]:
    return round(fmean(one.x for one in points), 1), round(fmean(one.y for one in points), 1)


def _y(score: int) -> float:
    return round(BOTTOM - score / HIGHEST * (BOTTOM - TOP), 1)

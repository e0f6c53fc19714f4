"""Pain scores as a line: where each point goes in a drawing. Pure.

Coordinates are those of an SVG view box, WIDTH × HEIGHT units, 0 at the top left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from patients.facts import Pain
from patients.thresholds import PAIN_HIGH
from patients.words import short_date

WIDTH, HEIGHT = 440, 180
LEFT, RIGHT, TOP, BOTTOM = 24, 424, 12, 150  # of the field in which the line runs
HIGHEST = 10  # score
GRID = (0, 3, 6, 10)  # scores with a line of their own
DATES_EVERY = 14  # days between the dates along the bottom


@dataclass(frozen=True)
class Reading:
    """A score, and the hour of its day, 0 to 24, in the patient's own time."""

    pain: Pain
    hour: float


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    label: str


@dataclass(frozen=True)
class PainLine:
    """Readings from one date to another, oldest first."""

    readings: Sequence[Reading]
    since: date
    until: date

    width, height, right = WIDTH, HEIGHT, RIGHT

    @property
    def points(self) -> list[Point]:
        return [self._point(reading) for reading in self.readings]

    def _point(self, reading: Reading) -> Point:
        pain = reading.pain
        words = _("%(on)s: %(score)d of 10")
        label = words % {"on": short_date(pain.on), "score": pain.score}
        return Point(self._x(pain.on, reading.hour), _y(pain.score), label)

    @property
    def path(self) -> str:
        """What an SVG polyline takes: "x,y x,y"."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)

    @property
    def levels(self) -> list[Point]:
        """A horizontal line for each score of the grid."""
        return [Point(LEFT, _y(score), str(score)) for score in GRID]

    @property
    def dates(self) -> list[Point]:
        """A date along the bottom every other week, the last one today."""
        days = (self.until - self.since).days
        dates = [self.until - timedelta(back) for back in range(0, days + 1, DATES_EVERY)]
        return [
            Point(self._x(on), HEIGHT - 6, date_format(on, "SHORT_DATE")) for on in reversed(dates)
        ]

    @property
    def in_words(self) -> str:
        """What the drawing shows, for those who cannot see it."""
        scores = [reading.pain for reading in self.readings]
        first, last = scores[0], scores[-1]
        return _(
            "Pain after sessions, 0 to 10: %(first)d on %(first_on)s, %(last)d on %(last_on)s;"
            " lowest %(lowest)d, highest %(highest)d; %(high)d or more counts as high."
        ) % {
            "first": first.score,
            "first_on": short_date(first.on),
            "last": last.score,
            "last_on": short_date(last.on),
            "lowest": min(pain.score for pain in scores),
            "highest": max(pain.score for pain in scores),
            "high": PAIN_HIGH,
        }

    def _x(self, on: date, hour: float = 0) -> float:
        days = (self.until - self.since).days + 1
        share = ((on - self.since).days + hour / 24) / days
        return round(LEFT + share * (RIGHT - LEFT), 1)


def _y(score: int) -> float:
    return round(BOTTOM - score / HIGHEST * (BOTTOM - TOP), 1)

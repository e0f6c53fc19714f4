"""Pain scores as a line: where each point goes in a drawing. Pure.

Coordinates are those of an SVG view box, WIDTH × HEIGHT units, 0 at the top left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from patients.concerns import PAIN_HIGH, Pain, short_date

WIDTH, HEIGHT = 720, 190
LEFT, RIGHT, TOP, BOTTOM = 34, 708, 14, 160  # of the field in which the line runs
HIGHEST = 10  # score
GRID = (0, 3, 6, 10)  # scores with a line of their own
WEEK = 7


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    label: str


@dataclass(frozen=True)
class PainLine:
    """Scores from one date to another, oldest first."""

    scores: Sequence[Pain]
    since: date
    until: date

    width, height, right = WIDTH, HEIGHT, RIGHT

    @property
    def points(self) -> list[Point]:
        return [
            Point(
                self._x(pain.on),
                _y(pain.score),
                _("%(on)s: %(score)d of 10") % {"on": short_date(pain.on), "score": pain.score},
            )
            for pain in self.scores
        ]

    @property
    def path(self) -> str:
        """What an SVG polyline takes: "x,y x,y"."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)

    @property
    def levels(self) -> list[Point]:
        """A horizontal line for each score of the grid."""
        return [Point(LEFT, _y(score), str(score)) for score in GRID]

    @property
    def weeks(self) -> list[Point]:
        """A date under the line for every week, the last one today."""
        days = (self.until - self.since).days
        dates = [self.until - timedelta(back) for back in range(0, days + 1, WEEK)]
        return [Point(self._x(on), HEIGHT - 8, short_date(on)) for on in reversed(dates)]

    @property
    def in_words(self) -> str:
        """What the drawing shows, for those who cannot see it."""
        first, last = self.scores[0], self.scores[-1]
        return _(
            "Pain after sessions, 0 to 10: %(first)d on %(first_on)s, %(last)d on %(last_on)s;"
            " lowest %(lowest)d, highest %(highest)d; %(high)d or more counts as high."
        ) % {
            "first": first.score,
            "first_on": short_date(first.on),
            "last": last.score,
            "last_on": short_date(last.on),
            "lowest": min(pain.score for pain in self.scores),
            "highest": max(pain.score for pain in self.scores),
            "high": PAIN_HIGH,
        }

    def _x(self, on: date) -> float:
        share = (on - self.since).days / max(1, (self.until - self.since).days)
        return round(LEFT + share * (RIGHT - LEFT), 1)


def _y(score: int) -> float:
    return round(BOTTOM - score / HIGHEST * (BOTTOM - TOP), 1)

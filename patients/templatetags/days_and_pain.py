"""Days, pain and adherence in words: ``{{ mark|mark_in_words }}``. ``patients.words`` says how.

What a page has dozens of, the days of months and the scores of weeks, is written here: a
template takes several times as long.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from patients import words
from patients.adherence import Band
from patients.day_marks import Mark
from patients.facts import Pain
from patients.models import Day
from patients.pain_line import Point

register = template.Library()

register.filter("mark_in_words", words.mark)
register.filter("weekday", words.weekday)
register.filter("weekday_letter", words.weekday_letter)
register.filter("day_or_month", words.day_or_month)
register.filter("pain_on", words.pain_on)
register.filter("pain_of_weekday", words.pain_of_weekday)
register.filter("pain_line_in_words", words.pain_line)
register.filter("adherence_in_words", words.adherence)
register.filter("score_in_words", words.score)
register.filter("short_date", words.short_date)


@register.filter
def cells(week: Iterable[Mark | None]) -> SafeString:
    """The cells of a week in a month; an empty one for a date of another month."""
    return mark_safe("".join(_cell(mark) for mark in week))  # noqa: S308  numbers and escaped words


def _cell(mark: Mark | None) -> str:
    if mark is None:
        return "<td></td>"
    today, current = (" month__today", ' aria-current="date"') if mark.is_today else ("", "")
    return (
        f'<td class="week__day--{mark.state}{today}"{current}>'
        f'<span aria-hidden="true">{mark.on.day}</span>'
        '<span class="week__mark" aria-hidden="true"></span>'
        f' <span class="visually-hidden">{escape(words.mark(mark))}</span></td>'
    )


@register.filter
def dated_cells(week: Iterable[Mark]) -> SafeString:
    """The cells of a week in a calendar without months: each date above its mark."""
    return mark_safe("".join(_dated_cell(mark) for mark in week))  # noqa: S308  escaped


def _dated_cell(mark: Mark) -> str:
    today = " today" if mark.is_today else ""
    return (
        f'<td class="{mark.state}{today}"><b aria-hidden="true">'
        f"{escape(words.day_or_month(mark))}</b><i>{escape(words.mark(mark))}</i></td>"
    )


@register.filter
def marks(week: Iterable[Mark]) -> SafeString:
    """The items of a list of class "marks": a week in a table."""
    return mark_safe("".join(_item(mark) for mark in week))  # noqa: S308  escaped


def _item(mark: Mark) -> str:
    today = " today" if mark.is_today else ""
    return f'<li class="{mark.state}{today}">{escape(words.mark_in_short(mark))}</li>'


@register.filter
def dots_of_day(day: Day) -> SafeString:
    """A dot for each session that a day asks for, without words: see components/dots.html."""
    return _dots(day.sessions_done, day.asked_min or 0, day.asked_max or 0)


@lru_cache(maxsize=512)
def _dots(done: int, least: int, most: int) -> SafeString:
    def dot(n: int) -> str:
        if n <= done:
            return '<i class="done"></i>'
        return '<i class="bonus"></i>' if n > least else "<i></i>"

    return mark_safe("".join(dot(n) for n in range(1, most + 1)))  # noqa: S308  no words in it


@register.filter
def judged(band: Band) -> SafeString:
    """What a share of sessions amounts to in words, with its mark; nothing in the first days."""
    if band not in words.BANDS:
        return SafeString("")
    return format_html('<small class="share share--{}">{}</small>', band, words.BANDS[band])


@register.filter
def scores(week: Iterable[Pain]) -> SafeString:
    """A list item for each score of a week."""
    said = (escape(words.pain_of_weekday(pain)) for pain in week)
    return mark_safe("".join(f"<li>{one}</li>" for one in said))  # noqa: S308  escaped


@register.filter
def dots(points: Sequence[Point]) -> SafeString:
    """The dots of a line, each with its score in words."""
    return format_html_join(
        "",
        '<circle class="chart__point" cx="{}" cy="{}" r="2.5"><title>{}</title></circle>',
        ((point.x, point.y, words.pain_on(point.pain)) for point in points),
    )

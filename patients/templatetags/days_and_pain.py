"""Days, pain and adherence in words: ``{{ mark|mark_in_words }}``. ``patients.words`` says how.

What a page has dozens of, the days of months and the scores of weeks, is written here: a
template takes several times as long.
"""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from patients import words
from patients.day_marks import Mark
from patients.facts import Pain
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
